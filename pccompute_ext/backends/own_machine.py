"""Clusters on this machine where there can be no gateway beside the server: Dask's own ``LocalCluster``, each with a supervisor."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, Final

from ..errors import Unavailable
from ..models import OptionsForm
from ..snippet_models import Snippet
from ..snippets.local import new_local_cluster
from ..snippets.wanted import Wanted
from .base import Health
from .local_machine import Machine, what_is_missing
from .options_form import options_form
from .own import OwnBackend
from .own_entry import Limits, OwnEntry
from .own_form import OwnForm

_CLASS: Final = "pccompute_ext.supervisor.machine.machine_cluster"
_NO_CERTIFICATES: Final = "Clusters on this machine are encrypted, and the package for that is missing. Install it with: pip install cryptography"


class MachineBackend(OwnBackend):
    """The same choices as with the gateway on this machine, and no gateway."""

    kind: ClassVar[str] = "local"

    def __init__(self, *, id: str, label: str, directory: Path) -> None:
        super().__init__(id=id, label=label, entry=OwnEntry(id=id, label=label, class_path=_CLASS, form={}), directory=directory)
        self._measured = False

    @property
    def address(self) -> str:
        return "LocalCluster"

    async def health(self) -> Health:
        if find_spec("cryptography") is None:
            return Health("unavailable", f"{_NO_CERTIFICATES}. There is no gateway here either: {what_is_missing()}")
        return Health("ready")

    async def options(self) -> OptionsForm:
        await self._measure()
        return await super().options()

    async def create(self, options: Mapping[str, Any]) -> str:
        if find_spec("cryptography") is None:
            raise Unavailable(_NO_CERTIFICATES)
        await self._measure()
        return await super().create(options)

    async def snippets(self, wanted: Wanted) -> list[Snippet]:
        return [*await super().snippets(wanted), new_local_cluster(wanted)]

    async def _measure(self) -> None:
        if not self._measured:
            machine = await asyncio.to_thread(Machine.this)
            form = options_form(machine.option_fields(), {}, machine.cores)
            self.entry = OwnEntry(
                id=self.id, label=self.label, class_path=_CLASS, form=form.schema["properties"], limits=Limits(workers=machine.cores)
            )
            self._form = OwnForm(self.entry)
            self._measured = True
