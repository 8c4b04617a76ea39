"""What becomes of clusters that Azure does not want, or that never come up."""

from __future__ import annotations

import pytest

from pccompute_ext.backends.own import OwnBackend
from tests.backends.kit import gone, state_of, until

from .clusters import ours, reached
from .conftest import MakeOwn
from .stub import errors
from .stub.azure import Azure
from .stub.web import Answer

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


async def failed(own: OwnBackend, name: str) -> str:
    """Wait until a cluster has failed, and return why."""

    async def has_failed() -> bool:
        return await state_of(own, name) == "failed"

    await until(has_failed, "the failure")
    report = await own.describe(name)
    assert report.remains == ()
    # There is nothing more to see to.
    assert await own.clusters() == []
    return report.reason or ""


@pytest.mark.parametrize(
    ("step", "answer", "late", "words"),
    [
        ("PUT virtualMachines", errors.SKU, False, "The requested VM size for resource"),
        ("PUT virtualMachines", errors.ALLOCATION, True, "Allocation failed. We do not have sufficient capacity"),
        ("PUT networkInterfaces", errors.FORBIDDEN, False, "The client 'pccompute'"),
        ("GET subnets", errors.EXPIRED, False, "The access token expiry UTC time"),
    ],
)
async def test_an_error_is_told_in_azures_words(own: OwnBackend, azure: Azure, step: str, answer: Answer, late: bool, words: str) -> None:
    azure.fail(step, answer, late=late)
    # What is left is deleted, even if that takes several tries.
    azure.fail("DELETE networkInterfaces", errors.NIC_RESERVED)
    name = await own.create({})
    assert words in await failed(own, name)
    assert ours(azure) == []


async def test_a_quota_that_is_used_up_is_told(own: OwnBackend, azure: Azure) -> None:
    azure.allow_cores(1)
    name = await own.create({})
    assert "Current Limit: 1, Current Usage: 0, Additional Required: 2" in await failed(own, name)
    assert ours(azure) == []


async def test_a_sign_in_that_is_refused_is_told(own: OwnBackend, azure: Azure) -> None:
    # For as long as it is, what is left could not be looked for either.
    azure.fail("token", errors.WRONG_SECRET, times=99)
    name = await own.create({})
    assert (await failed(own, name)).startswith("Azure refuses the sign-in of this server: AADSTS7000215: Invalid client secret provided.")
    assert ours(azure) == []


async def test_a_machine_that_never_boots_is_given_up(make_own: MakeOwn, azure: Azure) -> None:
    azure.hold("boot")
    own = make_own(start_within=5)
    name = await own.create({})
    assert (await failed(own, name)).startswith("It did not start within 5 seconds, so it was given up.")
    assert ours(azure) == []


async def test_a_machine_that_gives_no_answer_can_be_given_up_at_once(own: OwnBackend, azure: Azure) -> None:
    azure.drops_packets = True
    hold = azure.hold("boot")
    name = await own.create({})
    await reached(hold)

    async def waits() -> bool:
        return "Waiting for scheduler" in (await own.describe(name)).progress[-1]

    await until(waits, "the wait for the scheduler")
    await own.stop(name)
    await gone(own, name)
    assert ours(azure) == []
