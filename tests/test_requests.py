"""Malformed requests: a 4xx with a clear message, never a 500, and nothing done."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pccompute_ext.errors import BackendFailed, BackendTimeout, ComputeError, CredentialNeeded, NotFound, Refused, Unavailable, WrongState
from pccompute_ext.handlers.base import MAX_BODY_BYTES
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.conftest import Api

NAME = "fake.0123456789abcdef0123456789abcdef"

MALFORMED = [
    pytest.param(b"", id="empty"),
    pytest.param(b"{", id="cut off"),
    pytest.param(b"null", id="null"),
    pytest.param(b"[]", id="a list"),
    pytest.param(b'"text"', id="a text"),
    pytest.param(b"\xff\xfe{}", id="not UTF-8"),
    pytest.param(b'{"count": NaN}', id="NaN"),
    pytest.param(b'{"count": Infinity}', id="infinity"),
    pytest.param(b'{"count": 1} trailing', id="something after it"),
    pytest.param(b"[" * 20_000, id="nested deeply"),
    pytest.param(b'{"options": ' + b'{"a": ' * 5_000 + b"1" + b"}" * 5_001, id="options nested deeply"),
]

BAD_COUNTS: list[Any] = [None, "", "2", True, False, -1, 1.5, 2.0000001, 1e300, 10**30, 10_001, [], {}, [1]]

BAD_IDS = [
    "0",
    "0" * 15,
    "0" * 17,
    "0123456789ABCDEF",
    "g" * 16,
    "..",
    "%2e%2e",
    "%00",
    "%ff",
    "a b",
    "é",
    "'; --",
    "<script>",
    "x" * 2000,
    "__init__",
]


def assert_refused(answer: Any, *statuses: int) -> None:
    assert answer.status in (statuses or (400,)), answer
    assert set(answer.body) == {"message", "code", "detail"}
    assert answer.body["message"]
    assert "Traceback" not in json.dumps(answer.body)
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("raw", MALFORMED)
@pytest.mark.parametrize("path", ["", "/scale", "/adapt"])
async def test_a_body_that_is_no_request(api: Api, fake: FakeBackend, path: str, raw: bytes) -> None:
    cluster_id = await running(api, fake)
    before = fake.calls.copy()
    assert_refused(await api.request("POST", f"clusters/{cluster_id}{path}" if path else "clusters", raw=raw))
    assert fake.calls["create"] == before["create"]
    assert fake.scalings == []


@pytest.mark.parametrize("count", BAD_COUNTS, ids=repr)
async def test_a_count_that_is_none(api: Api, fake: FakeBackend, count: Any) -> None:
    cluster_id = await running(api, fake)
    assert_refused(await api.request("POST", f"clusters/{cluster_id}/scale", {"count": count}))
    assert_refused(await api.request("POST", f"clusters/{cluster_id}/adapt", {"minimum": count, "maximum": 2}))
    assert_refused(await api.request("POST", f"clusters/{cluster_id}/adapt", {"minimum": 0, "maximum": count}))
    assert_refused(await api.request("POST", "clusters", {"backend": "fake", "scaling": {"mode": "manual", "count": count}}))
    assert fake.scalings == []
    assert fake.calls["create"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {"minimum": 3, "maximum": 2},
        {"minimum": 0},
        {"minimum": 0, "maximum": 0},
        {"minimum": 0, "maximum": None},
        {"minimum": 0, "maximum": 2, "interval": "1s"},
    ],
    ids=repr,
)
async def test_bounds_that_cross_or_are_missing(api: Api, fake: FakeBackend, body: dict[str, Any]) -> None:
    cluster_id = await running(api, fake)
    assert_refused(await api.request("POST", f"clusters/{cluster_id}/adapt", body))
    assert_refused(await api.request("POST", "clusters", {"backend": "fake", "scaling": {"mode": "adaptive", **body}}))
    assert fake.scalings == []
    assert fake.calls["create"] == 0


@pytest.mark.parametrize(
    "change",
    [
        {"backend": None},
        {"backend": 1},
        {"id": "0"},
        {"id": "0123456789ABCDEF"},
        {"id": None},
        {"options": []},
        {"options": None},
        {"scaling": {}},
        {"scaling": {"mode": "other", "count": 1}},
        {"scaling": {"count": 1}},
        {"scaling": [1, 2]},
        {"label": ""},
        {"label": "x" * 81},
        {"label": 5},
        {"unknown": 1},
    ],
    ids=repr,
)
async def test_a_cluster_that_cannot_be_asked_for(api: Api, fake: FakeBackend, change: dict[str, Any]) -> None:
    assert_refused(await api.request("POST", "clusters", {"backend": "fake", **change}))
    assert fake.calls["create"] == 0
    assert (await api.request("GET", "clusters")).body["clusters"] == []


async def test_the_message_says_where(api: Api) -> None:
    answer = await api.request("POST", "clusters", {"backend": "fake", "scaling": {"mode": "manual", "count": -1}})
    assert "$.scaling.count" in answer.body["message"]
    assert answer.body["code"] == "bad-request"


@pytest.mark.parametrize("body", [{}, {"label": ""}, {"label": "x" * 81}, {"label": 1}, {"name": "x"}, {"label": "a", "state": "failed"}], ids=repr)
async def test_a_name_that_is_none(api: Api, fake: FakeBackend, body: dict[str, Any]) -> None:
    assert_refused(await api.request("PATCH", f"clusters/{await running(api, fake)}", body))


@pytest.mark.parametrize("path", ["clusters", "clusters/{}/scale", "clusters/{}/adapt"])
async def test_a_huge_body(api: Api, fake: FakeBackend, path: str) -> None:
    raw = json.dumps({"backend": "fake", "options": {"image": "x" * MAX_BODY_BYTES}}).encode()
    answer = await api.request("POST", path.format(await running(api, fake)), raw=raw)
    assert_refused(answer, 413)
    assert answer.body["code"] == "too-large"
    assert fake.calls["create"] == 0


@pytest.mark.parametrize("cluster_id", BAD_IDS)
async def test_an_id_that_is_none(api: Api, cluster_id: str) -> None:
    for method, path, body in (
        ("GET", "", None),
        ("PATCH", "", {"label": "x"}),
        ("DELETE", "", None),
        ("GET", "/snippets", None),
        ("POST", "/scale", {"count": 1}),
        ("POST", "/adapt", {"maximum": 1}),
    ):
        assert_refused(await api.request(method, f"clusters/{cluster_id}{path}", body), 400, 404)
    assert_refused(await api.request("GET", f"backends/{cluster_id}/options"), 400, 404)


@pytest.mark.parametrize(("method", "path"), [("PUT", "clusters"), ("DELETE", "backends"), ("POST", ""), ("GET", "clusters/0/scale")])
async def test_a_verb_that_is_none(api: Api, method: str, path: str) -> None:
    answer = await api.request(method, path, {} if method in ("PUT", "POST") else None)
    assert_refused(answer, 405)
    assert answer.body["code"] == "method-not-allowed"
    assert "OPTIONS" in answer.headers["Allow"]
    assert method not in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("Gone."), 404),
        (WrongState("Not now."), 409),
        (Unavailable("Not here."), 409),
        (Refused("worker_cores must be <= 8.000000, got 99.0"), 422),
        (CredentialNeeded("Who are you?"), 424),
        (BackendFailed("It failed."), 502),
        (BackendTimeout("It is slow."), 504),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, ComputeError) else None,
)
async def test_an_error_of_the_backend_keeps_its_words(api: Api, fake: FakeBackend, error: ComputeError, status: int) -> None:
    fake.fail("options", error)
    answer = await api.request("GET", "backends/fake/options")
    assert_refused(answer, status)
    assert (answer.body["message"], answer.body["code"]) == (error.message, error.code)


async def test_an_unexpected_failure_tells_nothing_of_the_inside(api: Api, fake: FakeBackend, caplog: pytest.LogCaptureFixture) -> None:
    fake.fail("create", RuntimeError("a secret in the text of an exception"))
    answer = await api.request("POST", "clusters", {"backend": "fake"})
    assert_refused(answer, 502)
    assert "secret" not in json.dumps(answer.body)
    assert "a secret in the text" not in caplog.text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("backend", "id", "options", "scaling", "label", "count", "minimum", "maximum", "mode", "extra")
BODIES = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=5)


async def test_any_json_at_all_is_answered(api: Api, fake: FakeBackend, jp_asyncio_loop: Any) -> None:
    """Whatever comes, the answer is a success or a clear refusal."""
    cluster_id = await running(api, fake)
    bodies: list[Any] = []

    @settings(max_examples=150, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(BODIES | JSON)
    def collect(body: Any) -> None:
        bodies.append(body)

    collect()
    for body in bodies:
        for method, path in (("POST", "clusters"), ("PATCH", f"clusters/{cluster_id}"), ("POST", f"clusters/{cluster_id}/scale")):
            answer = await api.request(method, path, raw=json.dumps(body).encode())
            assert answer.status in (200, 202) or 400 <= answer.status < 500, (path, body, answer)


async def running(api: Api, fake: FakeBackend) -> str:
    """The id of a running cluster."""
    if NAME not in fake.known:
        fake.add(NAME)
    answer = await api.request("GET", "clusters")
    return str(answer.body["clusters"][0]["id"])
