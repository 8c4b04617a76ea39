"""The stand-in as a whole, as tests use it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pccompute_ext.backends.local_leftovers import MARKER, new_mark

from . import sign_in
from .black_hole import BlackHole
from .certificates import make_certificates
from .compute import Disks, VirtualMachines
from .lifecycle import Lifecycle
from .machine import Machine
from .manager import ResourceManager
from .network import Interfaces, PublicAddresses
from .operations import HOST
from .proxy import Proxy, serving
from .resources import SUBSCRIPTION, Resource, Resources, id_of
from .script import Fault, Hold, Script
from .sign_in import SignIn
from .subscription import GROUP, LOCATION, SECURITY_GROUP, VNET, furnish
from .web import Answer


class Azure:
    """One subscription, from :func:`running` on."""

    def __init__(self, directory: Path, mark: str) -> None:
        self._directory = directory
        self._mark = mark
        self._script = Script()
        self._resources = Resources()
        furnish(self._resources)
        self._sign_in = SignIn(self._script)
        self._vms = VirtualMachines(self._resources, self._boot, self._halt)
        kinds = [PublicAddresses(self._resources), Interfaces(self._resources), self._vms, Disks(self._resources)]
        lifecycle = Lifecycle(self._resources, kinds, self._script)
        self._manager = ResourceManager(self._resources, lifecycle, self._script, self._sign_in.knows)
        self._trusted, context = make_certificates(directory, [HOST, sign_in.HOST])
        self._proxy = Proxy({HOST: self._manager, sign_in.HOST: self._sign_in}, context)
        self._machines: dict[str, Machine | BlackHole] = {}
        self.drops_packets = False
        """Whether a machine that has not booted leaves who connects to it without an answer, as behind a firewall, rather than refuse."""
        self._lock = threading.Lock()

    @property
    def environment(self) -> dict[str, str]:
        """With which processes find it, and may sign in."""
        trusted = str(self._trusted)
        return {
            "HTTPS_PROXY": self._proxy.url,
            "https_proxy": self._proxy.url,
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
            "REQUESTS_CA_BUNDLE": trusted,
            "SSL_CERT_FILE": trusted,
            "AZURE_TENANT_ID": sign_in.TENANT,
            "AZURE_CLIENT_ID": sign_in.CLIENT,
            "AZURE_CLIENT_SECRET": self._sign_in.secret,
            "AZURE_SUBSCRIPTION_ID": SUBSCRIPTION,
        }

    @property
    def arguments(self) -> dict[str, Any]:
        """With which an ``AzureVMCluster`` fits into the subscription."""
        return {
            "subscription_id": SUBSCRIPTION,
            "location": LOCATION,
            "resource_group": GROUP,
            "vnet": VNET,
            "security_group": SECURITY_GROUP,
            "vm_size": "Standard_D2s_v5",
        }

    @property
    def requests(self) -> list[str]:
        """What it was asked, in order: ``PUT virtualMachines/<name>``."""
        return list(self._manager.requests)

    @property
    def strangers(self) -> list[str]:
        """Other hosts that somebody wanted to reach through it."""
        return list(self._proxy.strangers)

    def token(self) -> str:
        """Return a new token, as another way to sign in would."""
        return self._sign_in.give()

    def resources(self) -> list[str]:
        """What there is beyond the subscription as it was given, each as ``virtualMachines/<name>``."""
        return sorted(f"{one.kind}/{one.name}" for one in self._resources if not one.given)

    def resources_of(self, cluster_id: str) -> list[str]:
        """The same, of one cluster of Dask Cloud Provider."""
        found = (one for one in self._resources if one.tags.get("cluster-id") == cluster_id or f"dask-{cluster_id}-" in one.name)
        return sorted(f"{one.kind}/{one.name}" for one in found)

    def fail(self, step: str, answer: Answer, *, times: int = 1, after: int = 0, late: bool = False) -> None:
        """See :meth:`.script.Script.fail`; the answers are in :mod:`.errors`."""
        self._script.fail(step, answer, times=times, after=after, late=late)

    def hold(self, step: str, *, after: int = 0, early: bool = False) -> Hold:
        """See :meth:`.script.Script.hold`. To hold ``boot`` gives a machine that does not start its command."""
        return self._script.hold(step, after=after, early=early)

    def let_go_on(self) -> None:
        """Release all that is held, and forget what else is planned."""
        self._script.end()

    def show_closed(self, subscription: str) -> None:
        """Let the sign-in see another subscription, into which it may not look."""
        self._manager.closed.append(subscription)

    def allow_cores(self, cores: int | None) -> None:
        """Set the quota of the subscription."""
        self._vms.cores = cores

    def add_leftover(self, cluster_id: str, group: str = GROUP) -> list[str]:
        """Add what a cluster leaves whose owner was forgotten: an address, a network interface and a disk."""
        tags = {"creator": "dask-cloudprovider", "cluster-id": cluster_id}
        name = f"dask-cloudprovider-nic-{cluster_id}"
        for of_type, called, marked in (
            ("Microsoft.Network/networkInterfaces", name, tags),
            ("Microsoft.Network/publicIPAddresses", name, tags),
            ("Microsoft.Compute/disks", f"dask-{cluster_id}-scheduler_OsDisk_1_0", {}),
        ):
            properties: dict[str, Any] = {"provisioningState": "Succeeded", **({"ipConfigurations": []} if of_type.endswith("Interfaces") else {})}
            self._resources.add(Resource(id_of(group, of_type, called), group, of_type, called, LOCATION, marked, properties))
        return self.resources_of(cluster_id)

    def machines(self) -> dict[str, Machine]:
        """Those that have power, by name."""
        with self._lock:
            return {id.rpartition("/")[2]: machine for id, machine in self._machines.items() if isinstance(machine, Machine)}

    def end(self) -> None:
        """Halt everything."""
        self._script.end()
        with self._lock:
            machines, self._machines = self._machines, {}
        for machine in machines.values():
            machine.halt()

    def _boot(self, id: str, address: str, custom_data: str) -> None:
        match self._script.take("boot"):
            case Hold() as hold:
                if self.drops_packets:
                    self._machines[id] = BlackHole(address)
                hold.then(lambda: self._start(id, address, custom_data))
            case Fault():
                return
            case None:
                self._start(id, address, custom_data)

    def _start(self, id: str, address: str, custom_data: str) -> None:
        if self._resources.find(id) is None:
            return
        self._halt(id)
        directory = Path(tempfile.mkdtemp(dir=self._directory, prefix=f"{id.rpartition('/')[2]}-"))
        with self._lock:
            self._machines[id] = Machine(address, custom_data, directory, {MARKER: self._mark})

    def _halt(self, id: str) -> None:
        with self._lock:
            machine = self._machines.pop(id, None)
        if machine is not None:
            machine.halt()


@contextmanager
def running() -> Iterator[Azure]:
    """Run one; all that it has started ends with it, and also when this process ends in any other way."""
    mark = new_mark()
    directory = tempfile.mkdtemp(prefix="pccompute-azure-")
    command = [sys.executable, "-m", "pccompute_ext.testing.reaper", mark, directory]
    reaper = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    azure = Azure(Path(directory), mark)
    try:
        with serving(azure._proxy):
            yield azure
            azure.end()
    finally:
        azure.end()
        assert reaper.stdin is not None
        reaper.stdin.close()
        reaper.wait()
