"""The code that users get: it can't be turned into other code, it holds no secret, and it runs as it is."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pccompute_ext.snippets import connect
from pccompute_ext.snippets.signed_in import KeptCredential, signed_in
from pccompute_ext.testing.gateway_user import GatewayUser

names = st.text(min_size=1)
HOSTILE = "x')\nimport os; os.system('echo')  # \"\"\""


def shape(code: str) -> str:
    """The code without the values in it."""

    class Blank(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.Constant:
            return ast.copy_location(ast.Constant(None), node)

    return ast.dump(Blank().visit(ast.parse(code)))


def constants(code: str) -> list[Any]:
    return [node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]


@given(names)
def test_a_name_is_a_value_whatever_it_holds(name: str) -> None:
    for code, plain in (
        (connect.configured(name), connect.configured("plain")),
        (connect.explicit(name, "http://a"), connect.explicit("plain", "http://a")),
        (connect.from_file(name, Path("f")), connect.from_file("plain", Path("f"))),
    ):
        assert shape(code) == shape(plain)
        assert name in constants(code)


@given(names.filter(lambda text: "{" not in text), names.filter(lambda text: "{" not in text))
def test_an_address_and_a_user_are_values_whatever_they_hold(address: str, user: str) -> None:
    code = connect.explicit("n", address, f"gateway://{address}", "basic", {"username": user})
    assert shape(code) == shape(connect.explicit("n", "a", "b", "basic", {"username": "u"}))
    assert {address, user} <= set(constants(code))


@given(st.text(min_size=1).filter(lambda text: "\0" not in text))
def test_a_path_is_a_value_whatever_it_holds(path: str) -> None:
    assert str(Path(path)) in constants(connect.from_file("n", Path(path)))


def test_code_for_a_configured_gateway() -> None:
    assert connect.configured("abc") == (
        "from dask_gateway import GatewayCluster\n\ncluster = GatewayCluster.from_name('abc')\nclient = cluster.get_client()\nclient\n"
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("http://a",), "gateway = Gateway('http://a')"),
        (("http://a", 8786), "gateway = Gateway('http://a', proxy_address=8786)"),
        (("http://a", "gateway://b:1", "jupyterhub"), "gateway = Gateway('http://a', proxy_address='gateway://b:1', auth='jupyterhub')"),
        (
            ("http://a", None, "jupyterhub", {"api_token": "{MY_TOKEN}"}),
            "gateway = Gateway('http://a', auth=JupyterHubAuth(api_token=os.environ['MY_TOKEN']))",
        ),
        (
            ("http://a", None, "basic", {"username": "ann", "password": "hunter2"}),
            "gateway = Gateway('http://a', auth=BasicAuth(username='ann', password=getpass('password: ')))",
        ),
        (("http://a", None, "my.auth.Token", {"value": "{T}"}), "gateway = Gateway('http://a', auth=Token(value=os.environ['T']))"),
        (("{GATEWAY}",), "gateway = Gateway(os.environ['GATEWAY'])"),
    ],
)
def test_code_for_a_gateway_that_is_named(arguments: tuple[Any, ...], line: str) -> None:
    code = connect.explicit("abc", *arguments)
    assert line in code.splitlines()
    assert "hunter2" not in code
    compile(code, "snippet", "exec")
    imported = {alias.name for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names}
    used = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    assert used - imported == {"gateway", "cluster", "client"}


def test_a_hostile_class_path_is_not_made_into_code() -> None:
    with pytest.raises(ValueError, match="class"):
        connect.explicit("abc", "http://a", None, HOSTILE, {"value": "1"})
    with pytest.raises(ValueError, match="name"):
        connect.explicit("abc", "http://a", None, "basic", {HOSTILE: "1"})


COMPUTE = "\nassert cluster.name\nprint('result', client.submit(sum, range(10)).result(timeout=90))\nclient.close()\ncluster.close()\n"


def run(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:__main__", "-c", code + COMPUTE],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def cluster(gateway_user: GatewayUser) -> str:
    """A cluster with one worker."""
    name = gateway_user.create()
    gateway_user.wait_until_running(name)
    gateway_user.scale(name, 1)
    return name


@pytest.mark.integration
def test_all_code_runs_as_it_is_and_computes(gateway_user: GatewayUser, cluster: str, tmp_path: Path) -> None:
    gateway = gateway_user.gateway
    assert run(connect.configured(cluster), gateway_user.environment).endswith("result 45\n")

    credential = {"PC_USER": gateway_user.name, "PC_PASSWORD": gateway.password}
    explicit = connect.explicit(cluster, gateway.address, gateway.proxy_address, "basic", {"username": "{PC_USER}", "password": "{PC_PASSWORD}"})
    assert run(explicit, credential).endswith("result 45\n")

    connection = tmp_path / "connection.json"
    connection.write_text(
        json.dumps(
            {
                "address": gateway.address,
                "proxy_address": gateway.proxy_address,
                "username": gateway_user.name,
                "password": gateway.password,
            }
        )
    )
    assert run(connect.from_file(cluster, connection), {}).endswith("result 45\n")
    assert cluster in gateway_user.clusters(), "Closing the client or the cluster's handle must not stop the cluster."


# -- with a credential that was entered --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["token", "password"])
@pytest.mark.parametrize("kept", ["file", "keyring", "asked"])
def test_code_with_an_entered_credential_names_where_it_is(kind: Literal["token", "password"], kept: Literal["file", "keyring", "asked"]) -> None:
    code = signed_in("abc", "https://a", "gateway://a:443", KeptCredential(kind, kept, "service", "https://a", Path("kept.json")))
    compile(code, "snippet", "exec")
    assert ("kept.json" in code) == (kept == "file")
    assert ("keyring.get_password" in code) == (kept == "keyring")
    assert ("getpass(" in code) == (kept == "asked")
    assert ("JupyterHubAuth(" in code) == (kind == "token")


def test_nothing_from_outside_becomes_code_with_an_entered_credential() -> None:
    hostile = signed_in(HOSTILE, HOSTILE, HOSTILE, KeptCredential("token", "file", HOSTILE, HOSTILE, Path(HOSTILE)))
    assert shape(hostile) == shape(signed_in("n", "a", "b", KeptCredential("token", "file", "s", "o", Path("f"))))
    hostile = signed_in(HOSTILE, HOSTILE, HOSTILE, KeptCredential("token", "keyring", HOSTILE, HOSTILE))
    assert shape(hostile) == shape(signed_in("n", "a", "b", KeptCredential("token", "keyring", "s", "o")))
