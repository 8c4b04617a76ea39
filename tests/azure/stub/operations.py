"""Operations that go on after their request was answered, as nearly all of Azure's do."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .resources import SUBSCRIPTION
from .web import Answer, Refusal, error

HOST = "management.azure.com"

_AGAIN_AFTER_MS = "40"


@dataclass
class Operation:
    """One, from its request on."""

    status: str = "InProgress"
    error: Any = None

    def finish(self, do: Callable[[], None]) -> None:
        """Do what it is for, unless it was given up before."""
        if self.status == "InProgress":
            try:
                do()
                self.status = "Succeeded"
            except Refusal as refusal:
                self.fail(refusal.answer)

    def fail(self, answer: Answer) -> None:
        if self.status == "InProgress":
            self.status, self.error = "Failed", answer.content["error"]


PREEMPTED = error(409, "OperationPreempted", "Operation execution has been preempted by a more recent operation.")


class Operations:
    """All, by id."""

    def __init__(self) -> None:
        self._all: dict[str, Operation] = {}

    def begin(self, namespace: str, location: str) -> tuple[Operation, dict[str, str]]:
        """Return a new one, and the headers that tell a client where to ask."""
        id = str(uuid.uuid4())
        operation = self._all[id] = Operation()
        place = f"/subscriptions/{SUBSCRIPTION}/providers/{namespace}/locations/{location or 'global'}"
        url = f"https://{HOST}{place}/operations/{id}?api-version=2024-03-01"
        return operation, {"Azure-AsyncOperation": url, "x-ms-retry-after-ms": _AGAIN_AFTER_MS}

    def answer(self, id: str) -> Answer:
        operation = self._all.get(id)
        if operation is None:
            return error(404, "NotFound", f"The operation {id} was not found.")
        content = {"name": id, "status": operation.status, **({"error": operation.error} if operation.error else {})}
        return Answer(content=content, headers={"x-ms-retry-after-ms": _AGAIN_AFTER_MS})
