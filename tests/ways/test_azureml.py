"""The setup of a compute instance, run as a whole by a real shell in folders that look like one; pip, conda and the service are stand-ins."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import given

from pccompute_ext.backends import azureml
from pccompute_ext.backends.azureml import compute_instance, identity
from pccompute_ext.snippets.catalog import gateway_ways
from pccompute_ext.snippets.place import GatewayPlace
from pccompute_ext.snippets.wanted import Wanted
from tests.ways.kit import few, filled, place, texts

ABOUT = "\ninstance=ann-1\ndomainsuffix=westeurope.instances.azureml.ms\n"

PYTHON = """#!/bin/sh
case "$1" in
  -c) exec '{python}' -c "import sys, types
sys.version_info = {version}
sys.modules['jupyterlab'] = types.SimpleNamespace(__version__='{lab}')
$2" ;;
  *) echo "{name} $*" >> '{notes}' ;;
esac
"""

CONDA = """#!/bin/sh
echo "conda $*" >> '{notes}'
mkdir -p '{envs}/pccompute/bin'
cp '{envs}/azureml_py310_sdkv2/bin/python' '{envs}/pccompute/bin/python'
"""


@dataclass(frozen=True)
class Instance:
    """Folders that look like a compute instance."""

    root: Path

    @classmethod
    def make(cls, root: Path, version: str, lab: str) -> Instance:
        root.mkdir()
        instance = cls(root)
        (root / "about").write_text(ABOUT)
        for name in ("jupyter_env", "azureml_py310_sdkv2", "azureml_py38"):
            values = {"python": sys.executable, "version": version, "lab": lab, "name": name, "notes": instance.notes}
            instance.program(f"envs/{name}/bin/python", PYTHON.format(**values))
        instance.program("bin/conda", CONDA.format(notes=instance.notes, envs=root / "envs"))
        instance.program("bin/sudo", f"#!/bin/sh\necho \"sudo $*\" >> '{instance.notes}'\n")
        return instance

    @property
    def notes(self) -> Path:
        return self.root / "notes"

    @property
    def noted(self) -> list[str]:
        return self.notes.read_text().splitlines() if self.notes.exists() else []

    def program(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)

    def run(self, where: GatewayPlace) -> subprocess.CompletedProcess[str]:
        (way,) = [way for way in gateway_ways(where, Wanted()) if way.id == "azureml"]
        assert way.code.count("/mnt/azmnt/.nbvm") == 1
        code = way.code.replace("/mnt/azmnt/.nbvm", str(self.root / "about")).replace("/anaconda", str(self.root))
        environment = {"HOME": str(self.root), "PATH": f"{self.root / 'bin'}:{os.environ['PATH']}"}
        return subprocess.run(["sh"], input=code, env=environment, capture_output=True, text=True, timeout=60, check=False)


KERNELS = [f"{name} -m pip install dask-gateway distributed" for name in ("azureml_py310_sdkv2", "azureml_py38")]


def test_the_panel_goes_where_jupyter_runs(tmp_path: Path) -> None:
    instance = Instance.make(tmp_path / "new", "(3, 11, 4)", "10.0.0")
    done = instance.run(place())
    assert (done.returncode, done.stderr) == (0, "")
    assert instance.noted == [*KERNELS, "jupyter_env -m pip install --upgrade pccompute-ext", "sudo systemctl restart jupyter.service"]
    assert done.stdout == "Reload JupyterLab.\nSign in to the gateway in the panel.\n"


@pytest.mark.parametrize(("version", "lab"), [("(3, 10, 11)", "4.2.0"), ("(3, 12, 1)", "3.6.8")])
def test_a_jupyter_that_is_too_old_gets_another_beside_it(tmp_path: Path, version: str, lab: str) -> None:
    instance = Instance.make(tmp_path / "old", version, lab)
    shutil.rmtree(instance.root / "envs" / "azureml_py38")
    done = instance.run(place(auth="none"))
    assert (done.returncode, done.stderr) == (0, "")
    envs = instance.root / "envs"
    pip = "azureml_py310_sdkv2 -m pip install"
    made = f"conda create --yes --override-channels -c conda-forge --prefix {envs}/pccompute python=3.12"
    assert instance.noted == [f"{pip} dask-gateway distributed", made, f"{pip} --upgrade jupyterlab pccompute-ext"]
    assert f"{envs}/pccompute/bin/jupyter lab --no-browser --port=8890" in done.stdout
    assert done.stdout.endswith("It is at https://ann-1-8890.westeurope.instances.azureml.ms/\n")
    instance.run(place())
    assert instance.noted.count(made) == 1


def test_elsewhere_nothing_is_changed(tmp_path: Path) -> None:
    instance = Instance.make(tmp_path / "elsewhere", "(3, 12)", "4.0.0")
    (instance.root / "about").unlink()
    done = instance.run(place())
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "This is not an Azure ML compute instance.\n"
    assert instance.noted == []
    assert not (instance.root / ".config").exists()


@few
@given(text=texts)
def test_it_configures_the_gateway_whatever_its_address_holds(tmp_path: Path, text: str) -> None:
    root = tmp_path / "instance"
    instance = Instance(root) if root.exists() else Instance.make(root, "(3, 11)", "4.0.0")
    assert instance.run(place(address=text, proxy_address=text, image=text, text=text)).returncode == 0
    section = filled(yaml.safe_load((instance.root / ".config/dask/gateway.yaml").read_text())["gateway"])
    assert (section["address"], section["proxy-address"], section["cluster"]["options"]["image"]) == (text, text, text)


def test_on_the_instance_itself_only_the_kernels_are_left_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compute_instance() is None, "These tests run on no compute instance."
    (tmp_path / "about").write_text(ABOUT)
    monkeypatch.setattr(azureml, "ABOUT", tmp_path / "about")
    assert compute_instance() == "ann-1"
    (tmp_path / "about").write_text("")
    assert compute_instance() == "this compute instance"
    usual = place()
    here = GatewayPlace(usual.opening, usual.outside, usual.hub, usual.image, compute_instance="ann-1")
    instance = Instance.make(tmp_path / "here", "(3, 12)", "4.0.0")
    assert instance.run(here).returncode == 0
    assert instance.noted == KERNELS
    assert next(way.title for way in gateway_ways(here, Wanted()) if way.id == "azureml").endswith("ann-1")


def test_the_identity_of_an_instance_is_named_to_the_sdk() -> None:
    told = {"MSI_ENDPOINT": "http://127.0.0.1", "DEFAULT_IDENTITY_CLIENT_ID": "an-id"}
    assert identity(told) == {"AZURE_CLIENT_ID": "an-id"}
    assert identity({**told, "AZURE_CLIENT_ID": "chosen"}) == {}
    assert identity({"DEFAULT_IDENTITY_CLIENT_ID": "an-id"}) == {}
