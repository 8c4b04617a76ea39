"""What every kind of backend must do, on real servers."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any

import jsonschema
import pytest

from pccompute_ext.backends.base import Backend, Health, ObservedScaling
from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.errors import ComputeError, NotFound, Refused, WrongState

from .kit import PATIENCE, fields_of, gone, running, seen, state_of, until

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


async def test_it_is_ready_and_tells_its_options(backend: Backend) -> None:
    assert await backend.health() == Health("ready")
    form, fields = await backend.options(), fields_of(backend)
    jsonschema.Draft202012Validator.check_schema(form.schema)
    jsonschema.validate(form.defaults, form.schema)
    assert set(form.defaults) == set(form.schema["properties"]) >= {fields.number, fields.environment}
    assert form.schema["additionalProperties"] is False
    assert form.schema["properties"][fields.number]["title"] == fields.title


async def test_a_cluster_from_its_beginning_to_its_end(backend: Backend) -> None:
    assert await backend.clusters() == []
    before = datetime.now(UTC) - timedelta(seconds=1)
    fields = fields_of(backend)
    name = await running(backend, **fields.one_core, **{fields.environment: {"COLOUR": "green"}})
    (listed,) = await backend.clusters()
    assert (listed.name, listed.state, listed.reason) == (name, "running", None)
    assert listed.options[fields.environment] == {"COLOUR": "green"}
    assert listed.created is not None
    assert before <= listed.created <= datetime.now(UTC)
    assert await backend.describe(name) == listed

    empty = await backend.observe(name)
    assert (empty.workers.ready, empty.workers.requested, empty.workers.arriving) == (0, 0, 0)
    assert (empty.cores, empty.live.kind) == (0, "stream")
    assert empty.tasks is not None
    assert (empty.tasks.processing, empty.tasks.waiting, empty.tasks.erred, empty.clients) == (0, 0, 0, 0)

    await backend.scale(name, 1)
    full = await seen(backend, name, lambda observation: observation.workers.ready == 1)
    assert (full.workers.requested, full.workers.arriving, full.cores) == (1, 0, 1)
    assert full.scaling == ObservedScaling("manual", count=1)
    assert full.memory.limit
    assert full.memory.limit > 2**28

    await backend.stop(name)
    await gone(backend, name)
    assert await backend.clusters() == []
    await backend.stop(name)


async def test_options_that_do_not_fit_are_refused_in_the_gateways_words(backend: Backend) -> None:
    fields = fields_of(backend)
    with pytest.raises(Refused, match=rf"{fields.number} must be <= \d+.* got {fields.too_much}"):
        await backend.create({fields.number: fields.too_much})
    with pytest.raises(Refused, match=r"Unknown fields \['colour'\]"):
        await backend.create({"colour": "green"})
    assert await backend.clusters() == []


async def test_too_many_workers_are_clamped_and_it_says_so(backend: Backend) -> None:
    name = await running(backend)
    scaled = await backend.scale(name, 9999)
    assert scaled.limit is not None
    assert scaled.warning == (
        f"Scale request of 9999 workers would exceed resource limit of {scaled.limit} workers. Scaling to {scaled.limit} instead."
    )
    assert (await backend.observe(name)).workers.requested == scaled.limit == backend.limit
    # While they arrive, fewer are wanted: that is what stays.
    assert (await backend.scale(name, 0)).warning is None
    observation = await backend.observe(name)
    assert (observation.workers.requested, observation.scaling) == (0, ObservedScaling("manual", count=0))

    adapted = await backend.adapt(name, 0, 9999)
    assert adapted.limit == scaled.limit
    assert adapted.warning is not None
    assert f"maximum={scaled.limit}, minimum=0 instead" in adapted.warning
    assert (await backend.observe(name)).scaling == ObservedScaling("adaptive", minimum=0, maximum=scaled.limit)


async def test_adaptive_bounds_hold_and_a_fixed_size_ends_them(backend: Backend) -> None:
    name = await running(backend)
    await backend.adapt(name, 1, 1)
    adapted = await seen(backend, name, lambda observation: observation.workers.ready == 1)
    assert adapted.scaling == ObservedScaling("adaptive", minimum=1, maximum=1)
    assert adapted.workers.requested == 1
    await backend.scale(name, 0)
    fixed = await seen(backend, name, lambda observation: observation.workers.ready == 0)
    assert fixed.scaling == ObservedScaling("manual", count=0)


async def test_a_watch_tells_of_changes_until_it_is_closed(backend: Backend) -> None:
    name = await running(backend)
    async with asyncio.timeout(PATIENCE), aclosing(backend.watch(name)) as observations:  # type: ignore[type-var]
        first = await anext(observations)
        assert first.scaling == ObservedScaling("manual", count=0)
        await backend.adapt(name, 0, 1)
        async for observation in observations:
            if observation.scaling == ObservedScaling("adaptive", minimum=0, maximum=1):
                break
    await backend.stop(name)
    with pytest.raises((WrongState, NotFound)):
        await seen(backend, name, lambda _: False)


async def test_a_watch_ends_by_itself_when_its_cluster_does(backend: Backend) -> None:
    name = await running(backend)

    async def stop_and_follow() -> None:
        async for _ in backend.watch(name, interval=0.2):
            await backend.stop(name)

    with pytest.raises((WrongState, NotFound)):
        await asyncio.wait_for(stop_and_follow(), PATIENCE)


async def test_what_is_not_there_is_not_found(backend: Backend) -> None:
    name = "0" * 32
    for ask in (
        backend.describe(name),
        backend.scale(name, 1),
        backend.adapt(name, 0, 1),
        backend.observe(name),
        anext(backend.watch(name)),
    ):
        with pytest.raises(NotFound) as raised:
            await ask
        assert name not in str(raised.value)
    await backend.stop(name)
    assert await state_of(backend, name) is None


async def test_details_are_told_and_nothing_shows_a_secret(backend: Backend, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    name = await running(backend)
    await backend.scale(name, 1)
    observation = await seen(backend, name, lambda observation: observation.workers.ready == 1)
    (worker,) = await backend.workers(name)
    assert [source.source for source in (await backend.logs(name, 5)).sources] == ["scheduler", worker.name]
    versions = await backend.versions(name)
    assert (versions.problem, list(versions.workers)) == (None, [versions.scheduler])
    assert versions.scheduler["distributed"] == version("distributed")
    with pytest.raises(NotFound):
        await backend.versions("0" * 32)
    report = await backend.describe(name)
    await backend.stop(name)
    await gone(backend, name)
    errors = []
    for ask in (backend.describe(name), backend.scale(name, 1), backend.observe(name)):
        try:
            errors.append(repr(await ask))
        except ComputeError as error:
            errors.append(f"{error!r} {error}")
    told = "\n".join([caplog.text, repr(backend), repr(vars(backend)), repr(report), repr(observation), repr(worker), repr(versions), *errors])
    for secret in (name, "PRIVATE KEY", *passwords(backend)):
        assert secret not in told


def passwords(backend: Backend) -> list[str]:
    """The password inside, wherever the kind of backend has it."""
    if isinstance(backend, OwnBackend):
        # There is no password but the keys of the certificates, and what a sign-in needs.
        return list(filter(None, [os.environ.get("AZURE_CLIENT_SECRET")]))
    inner: Any = getattr(backend, "_gateway", backend)
    password = inner.connection.settings.auth_kwargs["password"]
    assert password
    return [password]


async def test_it_can_be_closed_twice(backend: Backend) -> None:
    await backend.close(stop_clusters=True)
    await backend.close(stop_clusters=True)


async def test_closing_stops_the_clusters_where_asked(backend: Backend) -> None:
    name = await running(backend)
    await backend.close(stop_clusters=True)

    async def ended() -> bool:
        return await state_of(backend, name) in (None, "stopping", "stopped")

    await until(ended, "the end of the cluster")
