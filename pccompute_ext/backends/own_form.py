"""The form of an entry: as the operator wrote it, or as it can be told from the class."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Mapping
from typing import Any, Final

from ..errors import Unavailable
from ..models import OptionsForm
from ..snippets.own_class import OwnClass, is_public
from .own_entry import OwnEntry
from .own_known import KNOWN
from .own_options import arguments_of, checked
from .own_process import ask, look_at_class

_FAILED_FOR: Final = 15.0
"""Seconds after which what did not work is tried again: it is a process each time, and is asked for every few seconds while somebody looks."""


class OwnForm:
    """Looks at the class once, in a process of its own; what does not work is tried again after a while."""

    def __init__(self, entry: OwnEntry) -> None:
        self._entry = entry
        self._known = KNOWN.get(entry.class_path)
        self._looked: dict[str, dict[str, Any]] | None = None
        self._failed: Unavailable | None = None
        self._failed_until = 0.0
        self._looking = asyncio.Lock()

    async def look(self) -> dict[str, dict[str, Any]]:
        """Return what the class takes.

        Raises
        ------
        Unavailable
            The class can't be imported, or its versions don't fit together.
        """
        async with self._looking:
            if self._looked is None:
                if self._failed is not None and time.monotonic() < self._failed_until:
                    raise Unavailable(self._failed.message)
                try:
                    self._looked = await self._look()
                except Unavailable as error:
                    self._failed, self._failed_until = error, time.monotonic() + _FAILED_FOR
                    raise
            return self._looked

    async def properties(self) -> dict[str, dict[str, Any]]:
        """Return the JSON Schemas of all fields; raises as :meth:`look` does, where they are made from the class."""
        return await self.look() if self._entry.form is None else self._entry.form

    async def form(self, limit: int | None) -> OptionsForm:
        """Return the form; raises as :meth:`properties` does."""
        properties = await self.properties()
        defaults = self._defaults(properties)
        shown = {name: {"title": name, **schema, "default": defaults[name]} for name, schema in properties.items()}
        schema: dict[str, Any] = {"type": "object", "properties": shown, "additionalProperties": False}
        if required := [name for name, described in properties.items() if described.get("minLength")]:
            schema["required"] = required
        return OptionsForm(schema=schema, defaults=defaults, limit=limit, presets=self._entry.presets)

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
        if self._known is not None:
            # Left empty, it is for the class to decide.
            return values, {**fixed, **{name: value for name, value in values.items() if value not in ("", {})}}
        return values, arguments_of(properties, fixed, values, derived=self._entry.form is None)

    async def answer(self, question: str, options: Mapping[str, Any]) -> Any:
        """Return what there is to say of the class; raises :class:`Unavailable` where that is nothing."""
        if self._known is None:
            raise Unavailable("Nothing more is known of this class of cluster.")
        return await ask(self._entry.python, self._known.answers, question, options)

    async def as_code(self, options: Mapping[str, Any]) -> OwnClass:
        """Return what makes a cluster with these options, unchecked; raises as :meth:`properties` does."""
        properties = await self.properties()
        values = {**self._defaults(properties), **{name: value for name, value in options.items() if name in properties}}
        fixed = {name: value for name, value in self._entry.defaults.items() if name not in properties}
        public = {name: value for name, value in fixed.items() if is_public(name, value)}
        return OwnClass(
            path=self._entry.class_path,
            arguments=arguments_of(properties, public, values, derived=self._known is None and self._entry.form is None),
            withheld=tuple(name for name in fixed if name not in public),
            data_region=properties.get("location", {}).get("x-expected"),
            subscribed="AZURE_SUBSCRIPTION_ID" in os.environ,
        )

    async def _look(self) -> dict[str, dict[str, Any]]:
        if self._known is None:
            return await look_at_class(self._entry.python, self._entry.class_path)
        await ask(self._entry.python, self._known.answers, "check", {})
        return {name: dict(schema) for name, schema in self._known.form.items()}

    def _defaults(self, properties: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        return {name: self._entry.defaults.get(name, schema.get("default")) for name, schema in properties.items()}
