"""Every code block in the documentation has a known kind, and is checked or run.

Blocks that run on real servers are in ``test_docs_real.py`` and ``test_docs_backend.py``.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask.config
import msgspec
import pytest
import yaml
from jupyter_server.serverapp import ServerApp
from traitlets import import_item
from traitlets.config import Config, Configurable
from traitlets.config.loader import PyFileConfigLoader

from pccompute_ext import models
from pccompute_ext.app import ComputeApp
from tests.docs_blocks import PLAIN, REAL, ROOT, Block, all_blocks, blocks, command_ids, pages

CONFIGURABLES: dict[str, type[Configurable]] = {
    "Backend": import_item("dask_gateway_server.backends.base.Backend"),
    "ClusterConfig": import_item("dask_gateway_server.backends.base.ClusterConfig"),
    "ComputeApp": ComputeApp,
    "DaskGateway": import_item("dask_gateway_server.app.DaskGateway"),
    "JupyterHub": import_item("jupyterhub.app.JupyterHub"),
    "JupyterHubAuthenticator": import_item("dask_gateway_server.auth.JupyterHubAuthenticator"),
    "Proxy": import_item("dask_gateway_server.proxy.core.Proxy"),
    "ServerApp": ServerApp,
    "Spawner": import_item("jupyterhub.spawner.Spawner"),
}

#: Variables that configuration reads, as an operator sets them.
ENVIRONMENT = {"DASK_GATEWAY_TOKEN": "0123456789abcdef"}

# -- blocks ------------------------------------------------------------------------------------------------------------


def test_every_block_has_a_known_kind() -> None:
    strange = {str(block): block.kind for block in all_blocks() if block.kind not in PLAIN + REAL}
    assert not strange


def test_every_fence_is_seen() -> None:
    """A fence that is not closed, or indented where the pattern does not look, would go unchecked."""
    for page in pages():
        text = page.read_text(encoding="utf-8")
        fences = len(re.findall(r"^\s*(?:```|~~~)", text, re.MULTILINE))
        directives = len(re.findall(r"^```+\{", text, re.MULTILINE))
        known = len([block for block in all_blocks() if block.page == page])
        assert fences == 2 * (known + directives), page


@pytest.mark.parametrize("kind", PLAIN)
def test_every_kind_is_used_and_checked(kind: str) -> None:
    assert blocks(kind)
    assert kind in CHECKS


@pytest.mark.parametrize("block", [block for kind in PLAIN for block in blocks(kind)], ids=str)
def test_a_block_is_right(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    CHECKS[block.kind](block, tmp_path)


def check_config(block: Block, directory: Path) -> None:
    """Loaded as Jupyter does, and set on the real traits; an unknown one would only be warned of."""
    check_traits(load_config(block.code, directory))


def load_config(code: str, directory: Path) -> Config:
    (directory / "config.py").write_text(code)
    config = PyFileConfigLoader("config.py", str(directory)).load_config()
    assert config
    return config


def check_traits(config: Config) -> None:
    for name, values in config.items():
        known = CONFIGURABLES[name].class_traits(config=True)
        for trait, value in values.items():
            assert trait in known, f"{name}.{trait}"
            # Without its constructor, which may start something.
            setattr(CONFIGURABLES[name].__new__(CONFIGURABLES[name]), trait, value)


def check_module(block: Block, directory: Path) -> None:
    namespace: dict[str, Any] = {"__name__": "example"}
    exec(compile(block.code, str(block), "exec"), namespace)


def check_dask(block: Block, directory: Path) -> None:
    """Read as Dask does; each key is one that Dask Gateway has."""
    known = gateway_keys()
    (directory / "gateway.yaml").write_text(block.code)
    loaded = dask.config.collect(paths=[str(directory)], env={})
    assert loaded == yaml.safe_load(block.code)
    for key in flat(loaded):
        assert key in known or key.startswith(("gateway.auth.kwargs.", "gateway.cluster.options.")), key


def check_helm_hub(block: Block, directory: Path) -> None:
    """Values of the chart of Zero to JupyterHub: only keys that it has, and what they become is valid."""
    values = yaml.safe_load(block.code)
    assert set(values) == {"hub", "singleuser"}
    assert set(values["hub"]) == {"services", "loadRoles"}
    assert set(values["singleuser"]) == {"image", "extraEnv", "extraFiles"}
    services = [{"name": name, **service} for name, service in values["hub"]["services"].items()]
    roles = [{"name": name, **role} for name, role in values["hub"]["loadRoles"].items()]
    check_traits(Config(JupyterHub={"services": services, "load_roles": roles}, Spawner={"environment": values["singleuser"]["extraEnv"]}))
    for file in values["singleuser"]["extraFiles"].values():
        assert set(file) == {"mountPath", "data"}
        assert file["mountPath"].startswith("/etc/jupyter/jupyter_server_config.")
        check_traits(Config(file["data"]))


def check_helm_gateway(block: Block, directory: Path) -> None:
    """Values of the chart of Dask Gateway: only keys that it has, and its configuration is valid."""
    values = yaml.safe_load(block.code)
    assert set(values) == {"gateway", "traefik"}
    assert set(values["gateway"]) == {"prefix", "auth", "extraConfig"}
    assert values["gateway"]["auth"] == {"type": "jupyterhub"}
    for code in values["gateway"]["extraConfig"].values():
        check_traits(load_config(code, directory))


def check_diagram(block: Block, directory: Path) -> None:
    """It may name no module that there is not."""
    for name in re.findall(r"[\w.]+\.(?:py|ts)\b", block.code):
        assert list(ROOT.glob(f"pccompute_ext/**/{name}")) + list(ROOT.glob(f"src/**/{name}")), name


def check_tree(block: Block, directory: Path) -> None:
    """Every path in it exists."""
    for path in paths_of(block.code):
        assert (ROOT / path).exists(), path


def paths_of(tree: str) -> Iterator[str]:
    folders: list[str] = []
    for line in tree.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        name = line.split()[0]
        yield "".join(folders[:depth]) + name
        if name.endswith("/"):
            folders[depth:] = [name]


def check_model(block: Block, directory: Path) -> None:
    msgspec.json.decode(block.code, type=getattr(models, block.kind.removeprefix("json ")))


def check_shortcuts(block: Block, directory: Path) -> None:
    commands = command_ids()
    for shortcut in json.loads(block.code)["shortcuts"]:
        assert shortcut["command"] in commands
        assert shortcut["keys"]


def check_shell(block: Block, directory: Path) -> None:
    """Bash can parse it, and everything that it calls is there."""
    subprocess.run(["bash", "-n"], input=block.code, text=True, check=True)
    for line in block.code.replace("\\\n", " ").splitlines():
        words = shlex.split(line)
        if words:
            assert words[0] in COMMANDS, f"{block}: {line}"
            COMMANDS[words[0]](words[1:])


CHECKS = {
    "bash": check_shell,
    "json CreateCluster": check_model,
    "json Error": check_model,
    "json shortcuts": check_shortcuts,
    "python config": check_config,
    "python module": check_module,
    "text diagram": check_diagram,
    "text tree": check_tree,
    "yaml dask": check_dask,
    "yaml dask-gateway": check_helm_gateway,
    "yaml jupyterhub": check_helm_hub,
}

# -- shell -------------------------------------------------------------------------------------------------------------


def check_make(words: list[str]) -> None:
    makefile = (ROOT / "Makefile").read_text()
    for word in words:
        name, assigns, _ = word.partition("=")
        pattern = rf"\$\({re.escape(name)}\)" if assigns else rf"^{re.escape(name)}:"
        assert re.search(pattern, makefile, re.MULTILINE), word


def check_pip(words: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    verb, wanted = words
    found = re.fullmatch(r"([\w-]+)(?:\[([\w,]+)\])?", wanted)
    assert verb == "install"
    assert found
    assert found[1] == project["name"]
    assert set(filter(None, (found[2] or "").split(","))) <= set(project["optional-dependencies"])


JUPYTER = {
    "lab": "jupyterlab.labapp.LabApp",
    "labextension": "jupyterlab.labextensions.LabExtensionApp",
    "server": "jupyter_server.serverapp.ServerApp",
}


def check_pccompute(words: list[str]) -> None:
    """The project's own program: its help tells the subcommand and the options."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    module, _, function = scripts["jupyter-pccompute"].partition(":")
    code = f"from {module} import {function}; {function}()"
    told = subprocess.run([sys.executable, "-c", code, words[0], "--help"], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    for option in (word for word in words[1:] if word.startswith("-")):
        assert option in told, option


def check_jupyter(words: list[str]) -> None:
    """The program, its subcommands and its options are there."""
    if words[0] == "pccompute":
        check_pccompute(words[1:])
        return
    names = [word for word in words if not word.startswith("--")]
    for option in (word for word in words if word.startswith("--")):
        assigned = re.fullmatch(r"--(\w+)\.(\w+)=(.*)", option)
        if assigned:
            assert assigned[2] in CONFIGURABLES[assigned[1]].class_traits(config=True), option
        else:
            assert option == "--paths", option
    if names:
        program = names.pop(0)
        app = import_item(JUPYTER[program])
        while names and isinstance(app.subcommands, dict) and names[0] in app.subcommands:
            found = app.subcommands[names.pop(0)][0]
            app = import_item(found) if isinstance(found, str) else found
        assert names in ([], ["pccompute-ext" if program == "labextension" else "pccompute_ext"]), words


def check_python(words: list[str]) -> None:
    if words[0] == "-m":
        subprocess.run([sys.executable, "-m", *words[1:2], "--help"], check=True, capture_output=True, cwd=ROOT)
        for option in (word for word in words[2:] if word.startswith("--")):
            assert option in subprocess.run([sys.executable, "-m", words[1], "--help"], capture_output=True, text=True, cwd=ROOT).stdout
    else:
        assert (ROOT / words[0]).exists(), words[0]


def check_export(words: list[str]) -> None:
    """A variable of Dask Gateway's is one that it has."""
    for word in words:
        name, _, value = word.partition("=")
        assert name.startswith("DASK_GATEWAY__"), word
        assert value
        key = name.removeprefix("DASK_").lower().replace("__", ".")
        assert key.replace("_", "-") in gateway_keys() or key.startswith("gateway.cluster.options."), word


def check_helm(words: list[str]) -> None:
    """A chart is of a repository that was added, and its values are those of the page."""
    match words:
        case ["repo", "add", name, url]:
            assert (name, url) in HELM_REPOSITORIES.items()
        case ["upgrade", "--install", _, chart, "--namespace", _, "--values", values]:
            repository, _, chart_name = chart.partition("/")
            assert repository in HELM_REPOSITORIES
            assert values == f"{chart_name}.yaml"
            assert blocks(f"yaml {chart_name}")
        case _:
            raise AssertionError(words)


def check_az(words: list[str]) -> None:
    """What is made has the names with which the entry on the same page uses it, and lets in the two ports of a scheduler."""
    named = {"--name dask", "--resource-group dask", "--name dask-vnet", "--name dask-nsg", "--nsg-name dask-nsg"}
    line = " ".join(words)
    assert words[: words.index("--name" if words[0] == "group" else "--resource-group")] in AZ_COMMANDS
    assert [name for name in named if name in line]
    if "rule" in words:
        assert "--destination-port-ranges 8786 8787" in line


AZ_COMMANDS = [["group", "create"], ["network", "vnet", "create"], ["network", "nsg", "create"], ["network", "nsg", "rule", "create"]]

HELM_REPOSITORIES = {"jupyterhub": "https://hub.jupyter.org/helm-chart/", "dask": "https://helm.dask.org/"}


def check_sudo(words: list[str]) -> None:
    """The Littlest JupyterHub has programs of its own, and its users' environment at a fixed place."""
    words = [word for word in words if word != "-E"]
    if words[0] == "tljh-config":
        assert words == ["tljh-config", "reload", "hub"]
    else:
        folder, _, program = words[0].rpartition("/")
        assert folder == "/opt/tljh/user/bin"
        COMMANDS[program](words[1:])


COMMANDS = {
    "az": check_az,
    "export": check_export,
    "helm": check_helm,
    "jupyter": check_jupyter,
    "make": check_make,
    "pip": check_pip,
    "python": check_python,
    "sudo": check_sudo,
}


def gateway_keys() -> set[str]:
    """Every key of Dask Gateway's configuration, with its sections."""
    import dask_gateway

    assert dask_gateway.__file__
    defaults = yaml.safe_load(Path(dask_gateway.__file__).with_name("gateway.yaml").read_text())
    return set(flat(defaults))


def flat(values: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, dict) and value:
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"
