"""Jupyter's configuration for the browser tests of own clusters: that of all others, and Dask's own LocalCluster."""

c = get_config()  # type: ignore[name-defined]  # noqa: F821
load_subconfig("jupyter_server_test_config.py")  # type: ignore[name-defined]  # noqa: F821

c.ComputeApp.own_compute = [
    {
        "id": "processes",
        "label": "Own processes",
        "class": "distributed.LocalCluster",
        "form": {
            "threads_per_worker": {
                "type": "integer",
                "title": "Threads of a worker",
                "minimum": 1,
                "maximum": 4,
                "default": 1,
            },
            "memory_limit": {"type": "string", "title": "Memory of a worker", "default": "512MiB"},
        },
        "defaults": {"n_workers": 0, "dashboard_address": "127.0.0.1:0"},
        "limits": {"workers": 2},
        "prices": {"scheduler": 0.1, "worker": 0.2, "currency": "USD"},
    }
]
c.ComputeApp.at_stop = {"own": "end"}
