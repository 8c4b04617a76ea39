"""``jupyter pccompute doctor``: the check of a connection from a terminal, also where no Jupyter server runs."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from jupyter_core.paths import jupyter_data_dir

from ..access_models import CheckReport
from ..backends import registry
from ..backends.base import Backend
from ..backends.gateway_settings import GatewaySettings, configured_address
from ..credentials import SourceKind
from ..credentials.usual import usual_store
from ..doctor import Doctor
from ..errors import ComputeError
from ..region import DATA_REGION, Regions, metadata

_STORES: Final[tuple[SourceKind, ...]] = ("keyring", "file")

EPILOG = """
Without an address it checks the gateway that Dask's configuration names, by a file or by DASK_GATEWAY__ADDRESS. A credential is never
given on the command line, where others could see it: it is taken from the environment (JUPYTERHUB_API_TOKEN), from where
JupyterLab's panel keeps it, or from Dask's configuration. The exit code is 0 where nothing failed, 1 where something did, and 2 where
there is nothing to check.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the subcommand."""
    doctor = commands.add_parser("doctor", help="check the connection to a Dask Gateway", description=__doc__, epilog=EPILOG)
    doctor.add_argument("address", nargs="?", help="URL of the gateway")
    doctor.add_argument("--proxy-address", help="where its schedulers are reached; by default at the same host and port")
    doctor.add_argument("--auth", default="jupyterhub", help="jupyterhub (the default), basic, kerberos, or the path of a class")
    doctor.add_argument("--json", action="store_true", help="print the report as JSON")
    doctor.add_argument("--state-directory", type=Path, default=Path(jupyter_data_dir()) / "pccompute", help="where the panel keeps credentials")
    doctor.add_argument("--data-region", default=DATA_REGION, help="the region of Azure in which the data is; by default %(default)s")
    doctor.add_argument("--metadata-url", default=metadata.URL, help="where a machine of Azure is told its region; empty: not asked")
    doctor.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check, print the report, and return the exit code."""
    report = asyncio.run(_check(options))
    if report is None:
        sys.stderr.write("There is no gateway to check: give an address, or set DASK_GATEWAY__ADDRESS.\n")
        return 2
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(report)).decode() + "\n" if options.json else report.text)
    return 1 if any(step.state == "failed" for step in report.steps) else 0


async def _check(options: argparse.Namespace) -> CheckReport | None:
    log = logging.getLogger("pccompute")
    backend = await _backend(options, log)
    if backend is None:
        return None
    backend.use_credentials(usual_store(options.state_directory / "credentials", _STORES, log))
    try:
        regions = Regions(options.data_region, partial(metadata.region_of_this_machine, options.metadata_url, log))
        return await Doctor(log, regions=regions).check(backend)
    finally:
        await backend.close(stop_clusters=False)


async def _backend(options: argparse.Namespace, log: logging.Logger) -> Backend | None:
    if options.address is None:
        settings, label = GatewaySettings(), "Dask's configuration"
        if not await _is_configured():
            return None
    else:
        settings = GatewaySettings(address=options.address, proxy_address=options.proxy_address, auth=options.auth, entered=True)
        label = "Gateway"
    return await registry.load(registry.GATEWAY_CLASS, "gateway", label, log, settings=settings)


async def _is_configured() -> bool:
    try:
        return await configured_address() is not None
    except ComputeError:
        return True  # what is wrong with it is for the report
