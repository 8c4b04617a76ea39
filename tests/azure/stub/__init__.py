"""A stand-in on loopback for Azure: its sign-in and its resource manager, behind an HTTPS proxy with certificates of its own.

The Azure SDK and Dask Cloud Provider reach it unpatched, by the environment alone. What it calls a virtual machine runs the command of its cloud-init
as a process on this machine, at a loopback address of its own, so it needs Linux.
"""
