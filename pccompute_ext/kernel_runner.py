"""Evaluates an expression in one of the server's kernels, without a trace in its history or its names."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from jupyter_client.session import new_id
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager

from .errors import BackendFailed, BackendTimeout, NotFound, Refused

_ANSWER_WITHIN: Final = 10.0
"""Seconds; a kernel that computes something answers only after that."""


class KernelRunner:
    """The kernels of one server."""

    def __init__(self, kernels: MappingKernelManager) -> None:
        self._kernels = kernels

    async def __call__(self, kernel_id: str, expression: str) -> str:
        """Return what the kernel shows as the expression's value.

        Raises
        ------
        NotFound
            There is no such kernel.
        Refused
            It is not one for Python.
        BackendTimeout
            It is busy.
        BackendFailed
            The expression failed.
        """
        if kernel_id not in self._kernels:
            raise NotFound("There is no such kernel. It may have ended.")
        kernel = self._kernels.get_kernel(kernel_id)
        language = getattr(kernel.kernel_spec, "language", "python")
        if str(language).lower() != "python":
            raise Refused(f"The kernel is for {language}; only a Python kernel has packages that could be compared.")
        client = kernel.client()
        # The kernel tells its clients apart by their sessions: with the same one, the first of two who ask at once is never answered.
        client.session = kernel.session.clone()
        client.session.session = new_id()
        client.start_channels(iopub=False, stdin=False, hb=False, control=False)
        try:
            request = client.execute("", silent=True, store_history=False, user_expressions={"value": expression}, allow_stdin=False)
            async with asyncio.timeout(_ANSWER_WITHIN):
                return _value(await _reply(client, request))
        except TimeoutError:
            raise BackendTimeout("The kernel does not answer: it is busy. Try again once it has finished.") from None
        finally:
            client.stop_channels()


async def _reply(client: Any, request: str) -> dict[str, Any]:
    while True:
        message: dict[str, Any] = await client.get_shell_msg()
        if message["parent_header"].get("msg_id") == request:
            return message


def _value(reply: dict[str, Any]) -> str:
    value = reply["content"].get("user_expressions", {}).get("value", {})
    if value.get("status") != "ok":
        raise BackendFailed("The kernel could not tell its versions.")
    return str(value["data"]["text/plain"])
