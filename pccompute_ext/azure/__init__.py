"""Clusters of virtual machines in the user's own Azure subscription, by Dask Cloud Provider's ``AzureVMCluster``.

All of this runs in processes of the Python that runs the clusters, where pccompute need not be installed. The Jupyter server imports nothing of it
but :mod:`.form` and :mod:`.versions`, which are data alone.
"""
