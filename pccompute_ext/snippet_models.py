"""The wire models of the code that users get. Conventions as in :mod:`pccompute_ext.models`."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, field

from .models import Adaptive, Manual, Model


class SnippetLink(Model, frozen=True, kw_only=True):
    """A page that a person needs for a snippet."""

    label: str
    url: str


class SnippetNames(Model, frozen=True, kw_only=True):
    """The variables that a piece of Python leaves behind."""

    cluster: Annotated[str | None, Meta(description="Of the cluster; null where there is a client alone.")]
    client: Annotated[str, Meta(description="Of the client that is connected to it.")]


class Snippet(Model, frozen=True, kw_only=True):
    """One way in, as code."""

    id: Annotated[str, Meta(description="Of the way: the same for every cluster and backend.")]
    title: str
    description: Annotated[str, Meta(description="When to use it.")]
    language: Annotated[str, Meta(description="python, sh, fish, powershell, yaml, json or markdown.")]
    code: str
    filename: Annotated[str | None, Meta(description="The name under which it has to be saved, where it is a file.")] = None
    links: list[SnippetLink] = field(default_factory=list)
    names: Annotated[SnippetNames | None, Meta(description="null where it leaves none behind that are known.")] = None


class SnippetList(Model, frozen=True, kw_only=True):
    """Every way in that applies, the usual one first."""

    snippets: list[Snippet]


TakenName = Annotated[str, Meta(min_length=1, max_length=200)]


class NewClusterCode(Model, frozen=True, kw_only=True):
    """A request for code that makes a cluster as it is chosen here."""

    options: dict[str, Any] = field(default_factory=dict)
    scaling: Adaptive | Manual | None = None
    taken: Annotated[list[TakenName], Meta(description="Names that are in use already, which the code leaves alone.")] = field(default_factory=list)
