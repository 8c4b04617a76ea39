"""The form for a new cluster, from every kind of option that Dask Gateway has."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from dask_gateway_server.options import Bool, Float, Integer, Mapping, Options, Select, String

from pccompute_ext.backends.options_form import options_form
from pccompute_ext.errors import BackendFailed

OPTIONS = Options(
    String("image", default="base:1", label="Image"),
    Bool("gpu", default=False, label="GPU"),
    Integer("cores", default=2, min=1, max=8, label="Cores"),
    Integer("retries"),
    Float("memory", default=1.5, min=0.5, label="Memory (GiB)"),
    Select("profile", [("small", {"cpu": 1}), "large"], default="large", label="Profile"),
    Mapping("environment", default={"A": "1"}, label="Environment variables"),
)


def form_of(fields: Any = None, **defaults: Any) -> Any:
    return options_form(OPTIONS.get_specification() if fields is None else fields, defaults, None)


def test_every_kind_of_option_becomes_a_property() -> None:
    form = form_of()
    assert form.schema["properties"] == {
        "image": {"title": "Image", "type": "string", "default": "base:1"},
        "gpu": {"title": "GPU", "type": "boolean", "default": False},
        "cores": {"title": "Cores", "type": "integer", "default": 2, "minimum": 1, "maximum": 8},
        "retries": {"title": "retries", "type": "integer", "default": 0},
        "memory": {"title": "Memory (GiB)", "type": "number", "default": 1.5, "minimum": 0.5},
        "profile": {"title": "Profile", "type": "string", "default": "large", "enum": ["small", "large"]},
        "environment": {
            "title": "Environment variables",
            "type": "object",
            "default": {"A": "1"},
            "additionalProperties": {"type": "string"},
        },
    }
    assert list(form.schema["properties"]) == [field.field for field in OPTIONS.fields]


def test_what_the_form_takes_the_gateway_takes() -> None:
    form = form_of()
    jsonschema.validate(form.defaults, form.schema)
    assert OPTIONS.parse_options(form.defaults) == form.defaults


@pytest.mark.parametrize(
    "wrong",
    [
        {"cores": 9},
        {"cores": 0},
        {"cores": 1.5},
        {"memory": 0.4},
        {"profile": "medium"},
        {"gpu": "yes"},
        {"image": 1},
        {"environment": []},
        {"colour": "green"},
    ],
)
def test_what_the_gateway_refuses_the_form_refuses(wrong: dict[str, Any]) -> None:
    form = form_of()
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**form.defaults, **wrong}, form.schema)
    with pytest.raises((TypeError, ValueError)):
        OPTIONS.parse_options({**form.defaults, **wrong})


def test_dask_configuration_gives_the_defaults_of_options_that_the_gateway_has() -> None:
    form = form_of(image="mine:2", colour="green")
    assert form.defaults["image"] == "mine:2"
    assert "colour" not in form.defaults
    assert form.schema["properties"]["image"]["default"] == "mine:2"


def test_a_kind_of_option_that_is_not_known_yet_takes_anything() -> None:
    form = form_of([{"field": "when", "label": "When", "default": "now", "spec": {"type": "date"}}])
    assert form.schema["properties"]["when"] == {"title": "When", "default": "now"}


@pytest.mark.parametrize(
    "fields", [[{}], [None], [{"field": "a", "label": "A", "default": 1, "spec": None}], [{"field": "a", "label": "A", "default": 1, "spec": {}}]]
)
def test_a_description_that_makes_no_sense_is_told(fields: Any) -> None:
    with pytest.raises(BackendFailed, match="can't be read"):
        form_of(fields)


def test_no_options_make_an_empty_form() -> None:
    form = form_of([])
    assert (form.schema["properties"], form.defaults) == ({}, {})
