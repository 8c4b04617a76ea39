"""Which kernel of this server a Dask client belongs to.

The id of a client ends in a UUID of version 1 that Dask makes with the process's id as its clock sequence: fourteen bits of it, and beside it the
machine's node id and the time. Together they tell one of this machine's kernels apart.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import uuid
from collections.abc import Collection, Mapping
from typing import Any, Final

from jupyter_server.serverapp import ServerApp

from .models import ClientUse

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")

_PID_BITS: Final = (1 << 14) - 1

# Set in a node id that is made up, by every process anew.
_RANDOM_NODE: Final = 1 << 40

# 100 ns steps since the Gregorian calendar's begin, at the beginning of 1970.
_UUID_EPOCH: Final = 0x01B21DD213814000


class KernelClients:
    """Finds the notebooks of clients."""

    def __init__(self, server: ServerApp) -> None:
        self._server = server

    async def __call__(self, ids: Collection[str]) -> Mapping[str, ClientUse]:
        """See :data:`pccompute_ext.users.Resolver`."""
        parsed = {id: found for id in ids if (found := read_id(id)) is not None}
        pids = self._pids() if parsed else {}
        if not pids:
            return {}
        owners = await asyncio.to_thread(find_owners, parsed, pids)
        if not owners:
            return {}
        sessions = await self._sessions()
        return {id: describe(kernel, sessions.get(kernel)) for id, kernel in owners.items()}

    def _pids(self) -> dict[int, str]:
        """The kernels by process id, as far as they are processes of this machine."""
        manager = self._server.kernel_manager
        found = {}
        for kernel_id in manager.list_kernel_ids():
            provisioner = getattr(manager.get_kernel(kernel_id), "provisioner", None)
            pid = getattr(provisioner, "pid", None) or getattr(getattr(provisioner, "process", None), "pid", None)
            if isinstance(pid, int):
                found[pid] = kernel_id
        return found

    async def _sessions(self) -> dict[str, Mapping[str, Any]]:
        sessions = await self._server.session_manager.list_sessions()
        return {session["kernel"]["id"]: session for session in sessions if session.get("kernel")}


def read_id(id: str) -> uuid.UUID | None:
    """The UUID at the end of a client's id, if it is one that tells something."""
    found = _UUID.search(id)
    value = uuid.UUID(found[0]) if found else None
    return value if value is not None and value.version == 1 else None


def find_owners(ids: Mapping[str, uuid.UUID], kernels: Mapping[int, str]) -> dict[str, str]:
    """The kernel's id for each client's id that belongs to one. Reads of processes: not for the event loop.

    A client may live in a child of the kernel's process, as where a kernel is started through another program.
    """
    import psutil

    node = uuid.getnode()
    processes: dict[int, list[tuple[float, str]]] = {}
    for pid, kernel in kernels.items():
        # Processes may end while they are looked at.
        with contextlib.suppress(psutil.Error):
            root = psutil.Process(pid)
            for process in (root, *root.children(recursive=True)):
                processes.setdefault(process.pid & _PID_BITS, []).append((process.create_time(), kernel))
    owners = {}
    for id, value in ids.items():
        if not (value.node == node or value.node & node & _RANDOM_NODE):
            continue
        made_at = (value.time - _UUID_EPOCH) / 1e7
        # A process that came later than the client has only inherited the number. A second of tolerance: clocks are set now and then.
        fitting = [kernel for began, kernel in processes.get(value.clock_seq & _PID_BITS, []) if began <= made_at + 1]
        if len(set(fitting)) == 1:
            owners[id] = fitting[0]
    return owners


def describe(kernel: str, session: Mapping[str, Any] | None) -> ClientUse:
    """For people: a notebook by its name, anything else as what it is."""
    if session is None:
        return ClientUse(label="A kernel without a notebook", kernel=kernel)
    path, name = str(session.get("path") or ""), str(session.get("name") or "")
    if session.get("type") == "notebook":
        return ClientUse(label=name or path.rpartition("/")[2] or "A notebook", notebook=path or None, kernel=kernel)
    return ClientUse(label=name or path.rpartition("/")[2] or "A console", notebook=path or None, kernel=kernel)
