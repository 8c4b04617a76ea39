"""The example of a backend in the documentation keeps the contract: it is taken out of the page and put through the contract's own tests.

Left out of those are the ones that quote a Dask Gateway's own words.
"""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

from pccompute_ext.backends.base import Backend
from pccompute_ext.errors import Refused
from pccompute_ext.snippets.wanted import Wanted
from tests.backends.kit import running
from tests.backends.test_contract import (
    test_a_cluster_from_its_beginning_to_its_end,
    test_a_watch_ends_by_itself_when_its_cluster_does,
    test_a_watch_tells_of_changes_until_it_is_closed,
    test_adaptive_bounds_hold_and_a_fixed_size_ends_them,
    test_closing_stops_the_clusters_where_asked,
    test_it_can_be_closed_twice,
    test_what_is_not_there_is_not_found,
)
from tests.docs_blocks import blocks

# Imported, they are collected here too, and get the fixture below.
__all__ = [
    "test_a_cluster_from_its_beginning_to_its_end",
    "test_a_watch_ends_by_itself_when_its_cluster_does",
    "test_a_watch_tells_of_changes_until_it_is_closed",
    "test_adaptive_bounds_hold_and_a_fixed_size_ends_them",
    "test_closing_stops_the_clusters_where_asked",
    "test_it_can_be_closed_twice",
    "test_what_is_not_there_is_not_found",
]

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@pytest.fixture
def example(tmp_path: Path) -> Iterator[ModuleType]:
    """The module in the documentation."""
    (block,) = blocks("python backend")
    path = tmp_path / "my_package.py"
    path.write_text(block.code)
    spec = importlib.util.spec_from_file_location("my_package", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["my_package"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["my_package"]


@pytest.fixture
def backend(example: ModuleType, jp_asyncio_loop: asyncio.AbstractEventLoop) -> Iterator[Backend]:
    made: Backend = example.LocalClusterBackend(id="example", label="Example")
    yield made
    jp_asyncio_loop.run_until_complete(made.close(stop_clusters=True))


async def test_its_options_are_a_form(backend: Backend) -> None:
    form = await backend.options()
    jsonschema.Draft202012Validator.check_schema(form.schema)
    jsonschema.validate(form.defaults, form.schema)
    with pytest.raises(Refused, match="colour"):
        await backend.create({"colour": "green"})


async def test_it_says_where_it_clamps(backend: Backend) -> None:
    scaled = await backend.scale(await running(backend), 9999)
    assert scaled.limit == backend.limit
    assert scaled.warning


async def test_its_code_connects(backend: Backend) -> None:
    name = await running(backend)
    await backend.scale(name, 1)
    (snippet,) = await backend.snippets(Wanted(name))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", snippet.code + "print(client.submit(lambda: 6 * 7).result())\n", stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out.decode().strip() == "42"
