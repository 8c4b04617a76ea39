"""The ways that are not Python: whatever the values hold, what reads them gets just these values."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import assume, given
from markdown_it import MarkdownIt

from pccompute_ext.credentials.environment import place_of_token
from pccompute_ext.snippet_models import Snippet
from pccompute_ext.snippets.catalog import WAYS, gateway_ways, machine_ways
from pccompute_ext.snippets.opening import Explicit, FromFile
from pccompute_ext.snippets.text import fish, powershell
from pccompute_ext.snippets.variables import TOKEN
from pccompute_ext.snippets.wanted import Wanted
from tests.docs_blocks import ROOT
from tests.ways.container import container
from tests.ways.devcontainer import SCHEMA
from tests.ways.kit import GATEWAY_WAYS, HOSTILE, calm, dask_reads, few, filled, openings, place, texts, ways

SECRET = "a-token-of-a-person"


def hostile(text: str) -> Mapping[str, Snippet]:
    """All ways to a gateway of which every value is ``text``."""
    return ways(place(address=text, proxy_address=text, text=text), Wanted(text, {"image": text}))


def check_section(section: Mapping[str, Any], text: str) -> None:
    assert section["address"] == text
    assert section.get("proxy-address", section.get("proxy_address")) == text
    assert section["auth"]["type"] == "jupyterhub"
    assert section["cluster"]["options"]["image"] == text


def sourced(shell: str, code: str) -> dict[str, str]:
    """The variables that a shell exports after it has read the code, to which a person answers with a token."""
    done = subprocess.run([shell, "-c", f"{code}\nenv -0"], input=f"{SECRET}\n".encode(), capture_output=True, timeout=60, check=False)
    assert done.stderr == b""
    # What the shell itself printed stands before the first variable.
    printed = done.stdout.decode().removeprefix("Token: ").lstrip("\n")
    return dict(variable.split("=", 1) for variable in printed.split("\0") if "=" in variable)


@few
@given(text=texts)
def test_sh_gets_the_values(text: str) -> None:
    variables = sourced("sh", hostile(text)["shell-sh"].code)
    assert variables[TOKEN] == SECRET
    check_section(dask_reads({name: value for name, value in variables.items() if name.startswith("DASK_GATEWAY__")}), text)


@pytest.mark.integration
def test_fish_gets_the_values() -> None:
    assert shutil.which("fish"), "Install fish; `make integration` does."
    for text in (HOSTILE, "\\", "\\'", "'", "a\nb", "$HOME (date) {a,b} *~#", "Größe \U0001f600"):
        lines = [line for line in hostile(text)["shell-fish"].code.split("\n") if not line.startswith("#")]
        variables = sourced("fish", "\n".join(lines))
        assert variables[TOKEN] == SECRET
        check_section(dask_reads({name: value for name, value in variables.items() if name.startswith("DASK_GATEWAY__")}), text)


@calm
@given(text=texts)
def test_fish_and_powershell_by_the_rules_of_their_quotes(text: str) -> None:
    """PowerShell can't be had here: its rule for single quotes is that each kind of them, doubled, stands for itself, and nothing else is special."""
    inner = fish(text)[1:-1]
    assert re.fullmatch(r"(?:[^\\']|\\[\\'])*", inner)
    assert re.sub(r"\\([\\'])", r"\1", inner) == text
    inner = powershell(text)[1:-1]
    assert re.fullmatch("(?:[^'‘’‚‛]|(['‘’‚‛])\\1)*", inner)
    assert re.sub("(['‘’‚‛])\\1", r"\1", inner) == text
    code = hostile(text)["shell-powershell"].code
    quoted = "'(?:[^'‘’‚‛]|['‘’‚‛]{2})*'"
    asked = re.escape(f"$env:{TOKEN} = [System.Net.NetworkCredential]::new('', (Read-Host 'Token' -AsSecureString)).Password")
    assert re.fullmatch(rf"(?:(?:#[^\n]*|\$env:\w+ = {quoted}|{asked})\n)+", code)


@calm
@given(text=texts)
def test_yaml_gives_the_values(text: str) -> None:
    check_section(filled(yaml.safe_load(hostile(text)["dask-yaml"].code)["gateway"]), text)


@few
@given(text=texts)
def test_a_containers_command_has_the_values_and_no_token(text: str) -> None:
    assume(not text.startswith("-"))
    for program in ("docker", "podman"):
        options, image, token = container(program, hostile(text)[program].code, SECRET)
        assert image[0] == text
        assert image[1:3] == ["jupyter", "lab"]
        assert token == SECRET
        assert options.pop(TOKEN) is None, "It is handed on by name."
        check_section(dask_reads({name: value or "" for name, value in options.items()}), text)


@calm
@given(text=texts)
def test_a_devcontainer_is_one_by_its_schema_and_nothing_in_it_is_filled_in(text: str) -> None:
    described = json.loads(hostile(text)["codespaces"].code)
    jsonschema.validate(described, SCHEMA)
    variables = described["containerEnv"]
    for value in variables.values():
        assert not re.search(r"\$\{(?:local|container)?(?:[eE]nv|Workspace)", value)
    check_section(dask_reads(variables), text)
    assert TOKEN in described["secrets"]
    assert TOKEN not in variables


@calm
@given(text=texts)
def test_a_card_shows_the_values_as_they_are(text: str) -> None:
    where = place(text=text)
    tokens = MarkdownIt().parse(hostile(text)["vscode"].code)
    spans = [child.content for token in tokens for child in token.children or [] if child.type == "code_inline"]
    assert where.hub is not None
    # Within a line, Markdown has no way to tell one white space from another.
    for shown in (where.hub.url, where.hub.user, where.hub.server_url):
        assert " ".join((shown or "").split()) in [" ".join(span.split()) for span in spans]
    (fence,) = [token for token in tokens if token.type == "fence"]
    assert fence.info == "python"
    compile(fence.content, "card", "exec")
    assert not any(token.type.startswith("html") for token in tokens)


def test_only_ways_that_make_sense_are_offered() -> None:
    wanted, nothing_yet = Wanted("abc", {"image": "img"}), Wanted()
    everything = [way.id for way in gateway_ways(place(), wanted)]
    assert everything == GATEWAY_WAYS
    assert [way.id for way in gateway_ways(place(), nothing_yet)] == [id for id in GATEWAY_WAYS if id != "connect"]
    assert list(ways(place(auth="basic"))) == ["connect", "new-cluster", "script", "local"]
    assert set(GATEWAY_WAYS) - set(ways(place(auth="none"))) == {"vscode"}
    assert set(GATEWAY_WAYS) - set(ways(place(auth="kerberos"))) == {"docker", "podman", "vscode", "codespaces", "azureml"}
    assert set(GATEWAY_WAYS) - set(ways(place(image=None))) == {"docker", "podman", "codespaces"}
    unreachable = type(place())(Explicit("http://a"))
    assert list(ways(unreachable)) == ["connect", "new-cluster", "local"]
    (file,) = [opening for opening in openings("f") if isinstance(opening, FromFile)]
    assert [way.id for way in machine_ways(file, wanted)] == ["connect", "new-cluster"]
    assert [way.id for way in machine_ways(file, nothing_yet)] == ["new-cluster"]


def test_without_a_credential_none_is_asked_for() -> None:
    for way in ways(place(auth="none")).values():
        assert TOKEN not in way.code, way.id


def test_the_projects_own_devcontainer_is_one_by_its_schema() -> None:
    described = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    jsonschema.validate(described, SCHEMA)
    assert TOKEN in described["secrets"]
    command, target = described["postCreateCommand"].split()
    assert command == "make"
    assert f"\n{target}: " in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_in_a_codespace_the_token_is_told_to_be_its_secret() -> None:
    assert place_of_token({}) == "the environment variable JUPYTERHUB_API_TOKEN"
    assert place_of_token({"CODESPACES": "true"}) == "the secret JUPYTERHUB_API_TOKEN of this Codespace"


def test_the_page_tells_of_every_way() -> None:
    page = (ROOT / "docs/users/ways-in.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([\w-]+)`(?:, `([\w-]+)`)?(?:, `([\w-]+)`)? \|", page, re.MULTILINE)
    assert [id for row in told for id in row if id] == list(WAYS)
