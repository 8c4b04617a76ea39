"""Python that users get: nothing in it becomes other code than it is, and it has the form that formatters give it.

The stand-ins for Dask show what values the code hands over, and prove nothing else: that the code connects is for ``test_real.py``.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pccompute_ext.models import Adaptive, Manual
from pccompute_ext.snippet_models import SnippetNames
from pccompute_ext.snippets.catalog import gateway_ways, machine_ways
from pccompute_ext.snippets.clusters import connect
from pccompute_ext.snippets.names import Names
from pccompute_ext.snippets.opening import Configured, Explicit, FromFile
from pccompute_ext.snippets.own import own
from pccompute_ext.snippets.python import Source, lay_out, literal
from pccompute_ext.snippets.wanted import Wanted
from tests.ways.kit import HOSTILE, calm, names, openings, place, texts, values, ways

PYTHON = ("connect", "new-cluster", "script", "local")


def shape(code: str) -> str:
    """The code without the values in it."""

    class Blank(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.Constant:
            return ast.copy_location(ast.Constant(None), node)

    return ast.dump(Blank().visit(ast.parse(code)))


@pytest.fixture
def dask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MagicMock]:
    """Stand-ins that note what they are called with, also for the places of credentials."""
    stub = MagicMock()
    kept = json.dumps({"address": "A", "proxy_address": "P", "username": "U", "password": "W", "secret": "S"})
    stub.get_password.return_value = kept
    for name in ("dask_gateway", "dask", "dask.distributed", "keyring"):
        module = ModuleType(name)
        for member in ("Gateway", "GatewayCluster", "BasicAuth", "JupyterHubAuth", "LocalCluster", "get_password"):
            setattr(module, member, getattr(stub, member))
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr("getpass.getpass", lambda prompt: "asked")
    monkeypatch.setattr("builtins.input", lambda prompt: "asked")
    monkeypatch.setattr(Path, "read_text", lambda self: kept)
    monkeypatch.setenv("TOKEN", "token")
    return stub


@calm
@given(value=values)
def test_a_value_is_itself(value: Any) -> None:
    assert ast.literal_eval(lay_out("", literal(value))) == value
    assert ast.literal_eval(lay_out("", literal([value] * 9))) == [value] * 9


@calm
@given(text=texts)
def test_what_comes_from_outside_is_a_value_whatever_it_holds(text: str) -> None:
    for hostile, plain in zip(openings(text), openings("plain"), strict=True):
        assert shape(python(hostile, text)) == shape(python(plain, "plain")), hostile


def python(opening: Any, cluster: str) -> str:
    source = Source(Names())
    connect(source, opening, cluster)
    return source.text()


@calm
@given(text=texts, options=st.dictionaries(names, values, max_size=4), low=st.integers(0, 9))
def test_executed_it_hands_over_just_what_was_chosen(dask: MagicMock, text: str, options: dict[str, Any], low: int) -> None:
    wanted = Wanted(None, options, Adaptive(minimum=low, maximum=low + 1))
    for opening in openings(text):
        dask.reset_mock()
        code = ways(place(opening=opening), wanted)["new-cluster"].code
        namespace: dict[str, Any] = {}
        exec(compile(code, "snippet", "exec"), namespace)
        configured = isinstance(opening, Configured)
        made = dask.GatewayCluster if configured else dask.Gateway.return_value.new_cluster
        assert made.call_args.kwargs in (options, {"cluster_options": options})
        made.return_value.adapt.assert_called_once_with(minimum=low, maximum=low + 1)
        assert namespace["client"] is made.return_value.get_client.return_value
        assert namespace["cluster"] is made.return_value
        if isinstance(opening, Explicit):
            assert dask.Gateway.call_args.args == (text,)
            assert "credential" not in namespace


def test_options_that_are_called_like_parameters_are_still_options(dask: MagicMock) -> None:
    options = {"auth": "none", "shutdown_on_close": 1, "class": 2}
    exec(ways(place(), Wanted(None, options))["new-cluster"].code, {})
    dask.GatewayCluster.assert_called_once_with(cluster_options=options)


@calm
@given(text=texts)
def test_a_script_holds_addresses_and_no_credential(text: str) -> None:
    for auth in ("jupyterhub", "basic", "none", "kerberos"):
        where = place(address=text, proxy_address=text, auth=auth, username=text.replace("{", ""))
        plain = place(address="a", proxy_address="b", auth=auth, username="c")
        assert shape(ways(where)["script"].code) == shape(ways(plain)["script"].code)


def test_a_credential_is_looked_up_or_asked_for_and_never_written_down() -> None:
    for opening, found in zip(
        openings("/kept"),
        ["from_name", "Gateway(", 'os.environ["TOKEN"]', 'getpass("password: ")', "connection_file", *["credential_file", "keyring", "getpass("] * 2],
        strict=True,
    ):
        assert found in python(opening, "abc"), opening
    kept = Explicit("http://a", None, "basic", {"username": "ann", "password": "hunter2"})
    assert "hunter2" not in python(kept, "abc")
    assert "BasicAuth(" in python(kept, "abc")


def test_a_hostile_class_path_is_not_made_into_code() -> None:
    with pytest.raises(ValueError, match="class"):
        python(Explicit("http://a", None, HOSTILE, {"value": "1"}), "abc")
    with pytest.raises(ValueError, match="name"):
        python(Explicit("http://a", None, "basic", {HOSTILE: "1"}), "abc")
    assert "from my.auth import Token\n" in python(Explicit("http://a", None, "my.auth.Token", {"value": "{T}"}), "abc")


def test_names_that_are_taken_are_left_alone() -> None:
    taken = ["client", "cluster", "cluster_2", "gateway", "connection", "connection_file"]
    wanted = Wanted("abc", {}, Manual(count=1), Names(taken))
    for snippet in [*gateway_ways(place(opening=Explicit("http://a")), wanted), *machine_ways(FromFile(Path("f")), wanted)]:
        assert (snippet.names is not None) == (snippet.language == "python"), snippet.id
        if snippet.names is not None:
            assert (snippet.names.cluster, snippet.names.client) == ("cluster_3", "client_2")
            stored = {node.id for node in ast.walk(ast.parse(snippet.code)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
            assert stored.isdisjoint(taken), snippet.id
            assert {"cluster_3", "client_2"} <= stored


def test_a_scheduler_without_a_gateway_leaves_a_client_alone() -> None:
    taken = ["client", "connection", "connection_file", "address", "security"]
    snippet = own(Path("f"), Wanted("c" * 24 + "1234abcd", names=Names(taken)))
    assert snippet.names == SnippetNames(cluster=None, client="client_2")
    stored = {node.id for node in ast.walk(ast.parse(snippet.code)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    assert stored == {f"{name}_2" for name in taken}
    # By this a kernel knows again whose client it is.
    assert 'name="1234abcd"' in snippet.code
    assert "c1234abcd" not in snippet.code


def test_on_this_machine_a_new_cluster_is_one_of_dask_alone(dask: MagicMock) -> None:
    wanted = Wanted(None, {"worker_cores": 2, "worker_memory": 1.5, "environment": {"A": HOSTILE}}, Manual(count=1))
    (snippet,) = machine_ways(None, wanted)
    assert snippet.id == "new-cluster"
    exec(snippet.code, {})
    dask.LocalCluster.assert_called_once_with(
        n_workers=0, threads_per_worker=2, memory_limit="1.5GiB", env={"A": HOSTILE}, dashboard_address="127.0.0.1:0"
    )
    dask.LocalCluster.return_value.scale.assert_called_once_with(1)


def formatted(code: str) -> str:
    """As ruff would have it, with the settings that it has by default."""
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--no-cache", "--stdin-filename=snippet.py", "-"]
    return subprocess.run(command, input=code, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONUTF8": "1"}).stdout


def test_it_has_the_form_that_formatters_give_it() -> None:
    samples = ["/short", "https://a-very-long-address.of-a-gateway.example.com/services/dask-gateway/and/so/on", 'it\'s "quoted"', '"', "Größe\n日本"]
    options: list[dict[str, Any]] = [
        {},
        {"worker_cores": 0.1, "big": 1e300, "gpu": False},
        {"environment": {"A_LONG_NAME_OF_A_VARIABLE": "a rather long value of it", "ANOTHER": "value"}, "list": [1, "2"], "none": None},
        {"class": "keyword", "a long list": ["something long enough"] * 6},
        {"image": "registry.example.com/a/very/long/name/of/an/image/that/does/not/fit/on/a/line:2026.11.25", "worker_cores": 2},
    ]
    codes = []
    for text in samples:
        for place_of_it, opening in enumerate(openings(text)):
            # How options are laid out does not depend on the gateway.
            for chosen in options if place_of_it < 2 else options[-1:]:
                for cluster in (None, text):
                    for scaling in (None, Adaptive(minimum=0, maximum=10), Manual(count=2)):
                        found = ways(place(opening=opening, address=text, proxy_address=text), Wanted(cluster, chosen, scaling))
                        codes += [found[id].code for id in PYTHON if id in found]
    unique = sorted(set(codes))
    assert len(unique) > 100
    # One file, as if they were written one below the other: starting the formatter for each would take long.
    together = "\n".join(f"if True:\n    pass\n\n{code}" for code in unique)
    assert formatted(together) == together
