"""A cluster of Dask Cloud Provider from its beginning to its end, as a program: its class unpatched, given its arguments as JSON."""

from __future__ import annotations

import json
import sys

from dask.distributed import Client
from dask_cloudprovider.azure import AzureVMCluster


def main() -> None:
    """Run the program."""
    with AzureVMCluster(n_workers=1, worker_options={"nthreads": 1}, **json.loads(sys.argv[1])) as cluster:
        with Client(cluster) as client:  # type: ignore[no-untyped-call]
            tell(f"computed {client.submit(sum, [40, 2]).result()}")
            cluster.scale(2)
            client.wait_for_workers(2, timeout=90)
            cluster.scale(0)
            cluster.sync(cluster._correct_state)
            tell(f"left {len(cluster.workers)}")
        tell(f"encrypted {cluster.scheduler_address.startswith('tls://127.')}")


def tell(line: str) -> None:
    """Write a line for the test."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
