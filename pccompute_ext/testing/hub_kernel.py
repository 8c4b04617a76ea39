"""Running code in a kernel of a Jupyter server elsewhere, by its REST API and a kernel's websocket."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import aiohttp

PATIENCE = 180.0
"""Seconds for one piece of code; far above what any takes, for machines that are busy."""


def run_code(server_url: str, token: str, code: str) -> str:
    """Run Python code in a new kernel, end the kernel, and return what the code printed.

    Raises
    ------
    RuntimeError
        The code raised an exception; the message is its traceback.
    TimeoutError
        It did not end within :data:`PATIENCE`.
    """
    return asyncio.run(asyncio.wait_for(_run(server_url, token, code), PATIENCE))


async def _run(server_url: str, token: str, code: str) -> str:
    async with aiohttp.ClientSession(headers={"Authorization": f"token {token}"}, raise_for_status=True) as session:
        async with session.post(f"{server_url}/api/kernels", json={"name": "python3"}) as answer:
            kernel = f"{server_url}/api/kernels/{(await answer.json())['id']}"
        try:
            # Hubs since version 5 take a token in a header only from what says that it is no page's script.
            async with session.ws_connect(f"{kernel}/channels", headers={"Sec-Fetch-Mode": "websocket"}, max_msg_size=0) as socket:
                return await _execute(socket, code)
        finally:
            async with session.delete(kernel):
                pass


async def _execute(socket: aiohttp.ClientWebSocketResponse, code: str) -> str:
    request = _execute_request(code)
    await socket.send_json(request)
    printed = ""
    while True:
        message = await socket.receive_json()
        if message["parent_header"].get("msg_id") != request["header"]["msg_id"]:
            continue
        content = message["content"]
        match message["msg_type"]:
            case "stream" if content["name"] == "stdout":
                printed += content["text"]
            case "error":
                raise RuntimeError("\n".join(content["traceback"]))
            case "status" if content["execution_state"] == "idle":
                return printed


def _execute_request(code: str) -> dict[str, Any]:
    header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "username": "", "session": uuid.uuid4().hex, "version": "5.3"}
    content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
    return {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}
