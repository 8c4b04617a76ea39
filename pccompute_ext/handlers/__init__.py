"""The REST API. The handlers are thin: they ask the manager and answer; :mod:`~pccompute_ext.handlers.routes` lists them."""
