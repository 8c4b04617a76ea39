"""What tests need, ours and other people's: a real Dask Gateway, and fixtures for it (:mod:`pccompute_ext.testing.fixtures`)."""
