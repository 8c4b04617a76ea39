"""Logs as they are shown: in order, without what gives access to anything."""

from __future__ import annotations

import pytest

from pccompute_ext.backends.log_lines import lines_of_answer, lines_of_page
from pccompute_ext.backends.scheduler_identity import read_workers
from pccompute_ext.errors import BackendFailed
from pccompute_ext.redaction import redact

PAGE = """<html><body><p class="title">Logs</p><h1>x</h1>
  <p> 2026-01-02 03:04:05,678 - distributed.core - WARNING - Event loop &lt;blocked&gt;
Traceback </p>
  <p> of another form </p>
</body></html>"""


def test_the_newest_line_is_the_last() -> None:
    text = "2026-01-02 03:04:05,678 - distributed.scheduler - INFO - Clear task state"
    first, second = lines_of_answer([(1000.5, "ERROR", "another form"), (1000.0, "INFO", text)])
    assert (first.message, first.level, first.time and first.time.timestamp()) == ("distributed.scheduler: Clear task state", "info", 1000.0)
    assert (second.message, second.level) == ("another form", "error")


def test_a_page_is_read_with_its_times_since_their_zone_is_not_known() -> None:
    other, warning, title = lines_of_page(PAGE, 10)
    assert (other.message, other.level) == ("of another form", None)
    assert warning.message == "2026-01-02 03:04:05,678 - distributed.core - WARNING - Event loop <blocked>\nTraceback"
    assert (warning.level, warning.time) == ("warning", None)
    assert title.message == "Logs"
    assert len(lines_of_page(PAGE, 1)) == 1


@pytest.mark.parametrize("answer", [None, "text", {"status": "error"}, [1], [("INFO", "no time")]])
def test_an_answer_that_is_no_log(answer: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        lines_of_answer(answer)


@pytest.mark.parametrize("identity", [None, [], {}, {"workers": []}, {"workers": {"a": {}}}, {"workers": {"a": {"nthreads": "x"}}}])
def test_an_answer_that_is_no_list_of_workers(identity: object) -> None:
    with pytest.raises(BackendFailed):
        read_workers(identity)


def test_a_worker_that_has_not_told_its_figures_yet() -> None:
    (worker,) = read_workers({"workers": {"tls://x": {"name": "w", "nthreads": 2, "memory_limit": None, "last_seen": 5, "status": "init"}}})
    assert (worker.name, worker.cpu, worker.memory.limit, worker.memory.used, worker.tasks) == ("w", None, None, None, None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Connecting to https://bob:hunter2@example.org/x", "Connecting to https://…@example.org/x"),
        ("Authorization: Bearer abc123456789", "Authorization: Bearer …"),
        ("sent 'token 0123456789abcdef'", "sent 'token …'"),
        ("AZURE_STORAGE_KEY and HUB_TOKEN=abcd1234;", "AZURE_STORAGE_KEY and HUB_TOKEN=…;"),
        ("{'password': 'hunter22'}", "{'password': '…'}"),
        ("GET /blob?sv=2&sig=ab%2Fcd&se=1", "GET /blob?sv=2&sig=…&se=1"),
        ("got eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2lnbmF0dXJl", "got …"),
        ("-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----…-----END PRIVATE KEY-----"),
        ("cluster ab12 is up", "cluster … is up"),
        ("The token is missing; the basic idea", "The token is missing; the basic idea"),
        ("Register worker tls://127.0.0.1:8786 name: w0", "Register worker tls://127.0.0.1:8786 name: w0"),
    ],
)
def test_what_gives_access_is_left_out(text: str, shown: str) -> None:
    assert redact(text, ["ab12", ""]) == shown
