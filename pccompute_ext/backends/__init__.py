"""The places where clusters run, one module a kind, all behind the contract in :mod:`pccompute_ext.backends.base`."""
