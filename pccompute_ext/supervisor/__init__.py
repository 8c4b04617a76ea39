"""The process beside the Jupyter server that runs one Dask cluster of any class, outlives the server, and cleans up after the cluster.

One process a cluster, in a session of its own: ``python -m pccompute_ext.supervisor <directory>``. It needs Dask and the package of the cluster's
class, and nothing of Jupyter, so its Python may be another one than the server's.

The Jupyter server imports ``order``, ``state``, ``files``, ``lock`` and ``control_line`` of this package, which hold no Dask; the rest is for the
process alone.
"""
