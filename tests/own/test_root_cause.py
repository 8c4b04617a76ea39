"""What really went wrong, out of a chain of errors."""

from __future__ import annotations

from types import SimpleNamespace

from pccompute_ext.supervisor.control import ControlError
from pccompute_ext.supervisor.root_cause import root_cause


class Answered(Exception):
    """As the SDK of Azure raises it, with what Azure said."""

    error = SimpleNamespace(code="SkuNotAvailable", message="The size is not to be had.")


def raised(*errors: Exception, explicit: bool = False) -> BaseException:
    """The last of a chain of errors, each raised while the one before was handled."""
    last: BaseException | None = None
    for error in errors:
        if explicit:
            error.__cause__ = last
        else:
            error.__context__ = last
        last = error
    assert last is not None
    return last


def test_the_first_error_is_told() -> None:
    assert root_cause(raised(OSError("full"), AttributeError("nic"))) == "OSError: full"
    assert root_cause(raised(OSError("full"), RuntimeError("start"), explicit=True)) == "OSError: full"
    assert root_cause(ExceptionGroup("several", [ValueError("one"), ValueError("two")])) == "ValueError: one"
    assert root_cause(TimeoutError()) == "TimeoutError"
    assert root_cause(ControlError("It can't fly.")) == "It can't fly."


def test_a_chain_that_bites_its_tail_ends() -> None:
    first, second = ValueError("first"), ValueError("second")
    first.__context__, second.__context__ = second, first
    assert root_cause(first) == "ValueError: second"


def test_what_azure_said_is_told_also_where_the_sdk_hides_it() -> None:
    words = "The size is not to be had. (SkuNotAvailable)"
    assert root_cause(raised(Answered("twice"), AttributeError("nic"))) == words
    # A step that fails late: the SDK's own error comes first.
    assert root_cause(raised(RuntimeError("Operation failed or canceled"), Answered("twice"), AttributeError("nic"))) == words


def test_no_secret_is_told() -> None:
    assert "hunter22" not in root_cause(ValueError("password=hunter22"))
