"""The form of an entry: as the operator wrote it, or as it can be told from the class."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from ..models import OptionsForm
from .own_entry import OwnEntry
from .own_options import arguments_of, checked
from .own_process import look_at_class


class OwnForm:
    """Looks at the class once, in a process of its own; what does not work is tried again."""

    def __init__(self, entry: OwnEntry) -> None:
        self._entry = entry
        self._looked: dict[str, dict[str, Any]] | None = None
        self._looking = asyncio.Lock()

    async def look(self) -> dict[str, dict[str, Any]]:
        """Return what the class takes.

        Raises
        ------
        Unavailable
            The class can't be imported.
        """
        async with self._looking:
            if self._looked is None:
                self._looked = await look_at_class(self._entry.python, self._entry.class_path)
            return self._looked

    async def properties(self) -> dict[str, dict[str, Any]]:
        """Return the JSON Schemas of all fields; raises as :meth:`look` does, where they are made from the class."""
        return await self.look() if self._entry.form is None else self._entry.form

    async def form(self, limit: int | None) -> OptionsForm:
        """Return the form; raises as :meth:`properties` does."""
        properties = await self.properties()
        defaults = self._defaults(properties)
        shown = {name: {"title": name, **schema, "default": defaults[name]} for name, schema in properties.items()}
        return OptionsForm(schema={"type": "object", "properties": shown, "additionalProperties": False}, defaults=defaults, limit=limit)

    async def chosen(self, options: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return all values of the form, and the arguments for the class.

        Raises
        ------
        Refused
            An option is not acceptable.
        Unavailable
            The class can't be imported.
        """
        properties = await self.properties()
        values = checked(properties, self._defaults(properties), options)
        fixed = {name: value for name, value in self._entry.defaults.items() if name not in properties}
        return values, arguments_of(properties, fixed, values, derived=self._entry.form is None)

    def _defaults(self, properties: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        return {name: self._entry.defaults.get(name, schema.get("default")) for name, schema in properties.items()}
