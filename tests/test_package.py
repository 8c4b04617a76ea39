"""The package can be found by Jupyter Server and by JupyterLab."""

import json
from pathlib import Path

import pccompute_ext

ROOT = Path(__file__).parents[1]


def test_version_is_that_of_the_npm_package() -> None:
    assert pccompute_ext.__version__ == json.loads((ROOT / "package.json").read_text())["version"]


def test_jupyterlab_finds_the_front_end_under_the_npm_name() -> None:
    assert pccompute_ext._jupyter_labextension_paths() == [{"src": "labextension", "dest": json.loads((ROOT / "package.json").read_text())["name"]}]


def test_jupyter_server_finds_the_application() -> None:
    (point,) = pccompute_ext._jupyter_server_extension_points()
    assert point["module"] == "pccompute_ext"
    assert point["app"].name == "pccompute_ext"
