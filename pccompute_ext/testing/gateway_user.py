"""One user of a test gateway: tests that share a gateway, each as a user of its own, don't see each other's clusters."""

from __future__ import annotations

import base64
import json
import time
import urllib.request
from dataclasses import dataclass
from typing import Any

from .children import START_TIMEOUT
from .gateway_process import GatewayProcess


@dataclass(frozen=True)
class GatewayUser:
    """A name at a gateway, and plain blocking requests in that name: what happens outside of the panel."""

    gateway: GatewayProcess
    name: str

    @property
    def environment(self) -> dict[str, str]:
        """What makes this gateway the configured one of a process, for this user."""
        return self.gateway.environment(self.name)

    @property
    def dask_config(self) -> dict[str, Any]:
        """The same as Dask configuration, for ``dask.config.set``."""
        return {
            "gateway.address": self.gateway.address,
            "gateway.proxy-address": self.gateway.proxy_address,
            "gateway.auth.type": "basic",
            "gateway.auth.kwargs": {"username": self.name, "password": self.gateway.password},
        }

    def clusters(self) -> dict[str, dict[str, Any]]:
        """The gateway's reports of this user's pending, running and stopping clusters, by name."""
        reports: dict[str, dict[str, Any]] = self._request("GET", "/api/v1/clusters/?status=PENDING,RUNNING,STOPPING")
        return reports

    def create(self, **options: Any) -> str:
        """Submit a cluster and return its name."""
        name: str = self._request("POST", "/api/v1/clusters/", {"cluster_options": options})["name"]
        return name

    def wait_until_running(self, name: str) -> None:
        """Wait for as long as a busy machine may need.

        Raises
        ------
        RuntimeError
            It does not run.
        """
        deadline = time.monotonic() + START_TIMEOUT
        while (state := self._request("GET", f"/api/v1/clusters/{name}")["status"]) != "RUNNING":
            if state != "PENDING" or time.monotonic() > deadline:
                raise RuntimeError(f"The cluster does not run, it is {state}.")
            time.sleep(0.05)

    def scale(self, name: str, count: int) -> None:
        self._request("POST", f"/api/v1/clusters/{name}/scale", {"count": count})

    def adapt(self, name: str, minimum: int, maximum: int) -> None:
        self._request("POST", f"/api/v1/clusters/{name}/adapt", {"minimum": minimum, "maximum": maximum, "active": True})

    def stop(self, name: str) -> None:
        self._request("DELETE", f"/api/v1/clusters/{name}")

    def stop_all(self) -> None:
        for name in self.clusters():
            self.stop(name)

    def _request(self, method: str, path: str, body: object = None) -> Any:
        credential = base64.b64encode(f"{self.name}:{self.gateway.password}".encode()).decode()
        request = urllib.request.Request(
            self.gateway.address + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Basic {credential}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None
