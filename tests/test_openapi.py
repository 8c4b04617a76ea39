"""The shipped OpenAPI document is what the code says, and what a running server does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import missing_required_header, positive_data_acceptance

from pccompute_ext import openapi
from pccompute_ext.handlers.routes import ROUTES
from tests.server_process import ServerProcess


def test_the_shipped_document_is_up_to_date() -> None:
    assert openapi.PATH.read_text(encoding="utf-8") == openapi.render(), "Run `python -m pccompute_ext.openapi`."


def test_check_tells_whether_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(openapi, "PATH", tmp_path / "openapi.json")
    assert openapi.main(["--check"]) == 1
    assert "out of date" in capsys.readouterr().err
    assert openapi.main([]) == 0
    assert openapi.main(["--check"]) == 0


def test_every_route_is_described() -> None:
    described = {(path, verb) for path, item in openapi.document()["paths"].items() for verb in item if verb != "parameters"}
    assert described == {(("/pccompute/" + route.path).rstrip("/"), verb) for route in ROUTES for verb, _ in route.operations()}


def test_every_schema_is_a_valid_one() -> None:
    for schema in openapi.document()["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.fixture(scope="module")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A real server with a backend in memory: thousands of requests would be too many for a real gateway."""
    backend = {"class": "pccompute_ext.testing.fake_backend.FakeBackend", "id": "fake", "label": "Fake", "kwargs": {"limit": 4}}
    server = ServerProcess(tmp_path_factory.mktemp("openapi"), {}, {"other_backends": [backend], "configured_gateway": False})
    try:
        server.start()
        yield server
    finally:
        server.close()


def beyond_json_schema(value: Any) -> bool:
    """Whether a body breaks a rule that a JSON Schema can't tell: bounds must not cross, and ``2.0`` is no whole number."""
    if isinstance(value, dict):
        bounds = value.get("minimum", 0), value.get("maximum", 0)
        crossed = "maximum" in value and all(isinstance(bound, int) for bound in bounds) and bounds[0] > bounds[1]
        return crossed or any(beyond_json_schema(inner) for inner in value.values())
    return isinstance(value, float) and value.is_integer()


# What is right by the schema may still be refused, by the backend in its own words; but never as malformed.
ACCEPTED = ["2xx", 404, 409, 422]
configuration = schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}})
schema = schemathesis.openapi.from_path(openapi.PATH, config=configuration)


@schema.parametrize()
@settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.timeout(600)
def test_a_running_server_keeps_to_the_document(case: schemathesis.Case[Any], running_server: ServerProcess) -> None:
    case.call_and_validate(
        base_url=running_server.url.removesuffix("/pccompute"),
        headers={"Authorization": f"token {running_server.token}"},
        # The first insists on 401 where Jupyter Server says 403; test_auth.py asks every URL without a credential.
        excluded_checks=[missing_required_header, *([positive_data_acceptance] if beyond_json_schema(case.body) else [])],
        timeout=120,
    )
