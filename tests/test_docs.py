"""What the pages say is so: lists match the code, messages are quoted right, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from docs import generated
from pccompute_ext.app import ComputeApp
from pccompute_ext.backends.base import Backend
from pccompute_ext.backends.own_entry import OwnEntry
from pccompute_ext.backends.registry import GatewayEntry
from pccompute_ext.handlers.base import STATUS_OF
from pccompute_ext.handlers.routes import ROUTES
from tests.docs_blocks import ROOT, command_ids, pages


def test_every_part_that_is_made_from_the_code_is_on_a_page_and_full() -> None:
    made = {name: "\n".join(part()) for name, part in generated.PARTS.items()}
    used = [name for page in pages() for _, name, _ in generated.PART.findall(page.read_text(encoding="utf-8"))]
    assert sorted(used) == sorted(made)
    for trait in ComputeApp.class_own_traits(config=True):
        assert f"### `{trait}`" in made["settings"]
    for route in ROUTES:
        for verb, declared in route.operations():
            assert re.search(rf"`{verb.upper()} [^|]*` \| {re.escape(declared.summary)} \|", made["endpoints"])
    for error in STATUS_OF:
        assert f"`{error.code}`" in made["error-codes"]
    assert "### `Cluster`" in made["models"]


def test_a_page_is_made_whole() -> None:
    text = (ROOT / "docs/operators/settings.md").read_text(encoding="utf-8")
    assert "### `at_stop`" not in text
    assert "### `at_stop`" in generated.renew(text)


def test_the_keys_of_a_gateway_are_all_there() -> None:
    assert first_column("docs/operators/gateways.md", "key") == {f"`{field.encode_name}`" for field in msgspec.structs.fields(GatewayEntry)}


def test_the_keys_of_own_compute_are_all_there() -> None:
    told = first_column("docs/operators/own-compute.md", "key of an entry")
    assert told == {f"`{field.encode_name}`" for field in msgspec.structs.fields(OwnEntry)}


def test_every_command_that_a_plugin_adds_is_told() -> None:
    told = "\n".join(generated.commands())
    added = [name for path in (ROOT / "src/plugins").rglob("*.ts") for name in re.findall(r"addCommand\(CommandIDs\.(\w+)", path.read_text())]
    assert added
    assert told.count("| `pccompute:") == len(added)
    assert "| `pccompute:create-cluster` | New Cluster… | Create a Dask cluster |" in told
    assert set(re.findall(r"pccompute:[\w-]+", told)) <= command_ids()


def test_the_methods_of_a_backend_are_all_there() -> None:
    cells = " ".join(first_column("docs/developers/backends.md", "method"))
    told = set(re.findall(r"(\w+)\(", cells))
    assert told >= Backend.__abstractmethods__
    for name in told:
        assert hasattr(Backend, name), name


def test_messages_are_in_the_words_of_the_code() -> None:
    files = [path for pattern in ("pccompute_ext/**/*.py", "src/**/*.ts", "src/**/*.tsx") for path in ROOT.glob(pattern)]
    source = "\n".join(path.read_text() for path in files).replace("\\'", "'")
    for cell in first_column("docs/users/messages.md", "message"):
        for part in cell.strip('"').split("…"):
            assert part.strip(" ().:") in source, f"No message says {part!r} (any more): change docs/users/messages.md."


LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        if "://" in target:
            continue
        linked = page.parent / path if path else page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), target


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_files_and_modules_that_are_named_exist(page: Path) -> None:
    for name in re.findall(r"`((?:tests|docs|src|scripts|pccompute_ext|schema)/[\w./-]+)`", page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name


def anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE))


def rows(page: str, heading: str) -> list[tuple[str, ...]]:
    """The rows of all tables of a page whose first column has that heading."""
    found: list[tuple[str, ...]] = []
    inside = False
    for line in (ROOT / page).read_text(encoding="utf-8").splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|")) if line.startswith("|") else ()
        if not cells:
            inside = False
        elif cells[0] == heading:
            inside = True
        elif inside and not set(cells[0]) <= {"-"}:
            found.append(cells)
    assert found, f"{page} has no table of {heading!r}"
    return found


def first_column(page: str, heading: str) -> set[str]:
    return {row[0] for row in rows(page, heading)}
