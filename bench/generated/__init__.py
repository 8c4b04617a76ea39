"""Many clusters for little: a real Dask Gateway, whose clusters have schedulers that are generated in one process.

The REST API, the authentication, the database and the proxy are the gateway's own, and so is the encryption between client and scheduler. What is not
real is behind it: a scheduler is a handler that tells generated figures over Dask's own protocol, and it has no tasks.
"""
