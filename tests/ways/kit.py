"""Gateways for the tests of code, and what an innocent or a hostile value may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pccompute_ext.models import Adaptive
from pccompute_ext.snippet_models import Snippet
from pccompute_ext.snippets.catalog import WAYS, gateway_ways
from pccompute_ext.snippets.kept_credential import KeptCredential
from pccompute_ext.snippets.opening import Configured, Explicit, FromFile, Opening, SignedIn
from pccompute_ext.snippets.place import GatewayPlace, Hub, Outside
from pccompute_ext.snippets.wanted import Wanted

#: All ways to the gateway of a hub. A cluster in one's own subscription is made without one.
GATEWAY_WAYS: Final = [id for id in WAYS if id != "azure"]

#: The same examples in each run, however busy the machine is.
calm = settings(deadline=None, derandomize=True, database=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

#: For examples that each start a program.
few = settings(calm, max_examples=20)

HOSTILE: Final = "x')\nimport os; os.system('echo')  # \"\"\" ${localEnv:HOME} {{a}} `b` $(c) \\' ‘d’ %e% \\"

# No program can be handed a null character, and half a character can't be written at all.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40) | st.sampled_from(
    [HOSTILE, "3.11", "None", "true", "{HOME}", "'", '"', "\\", "a\nb", "${localEnv:HOME}", "\U0001f600", "‘", "[1]", " ", "\x7f", "\x85", "\u2028"]
)
names = st.from_regex(r"[a-z][a-z_0-9]{0,8}", fullmatch=True) | texts
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def place(
    *,
    opening: Opening | None = None,
    address: str = "https://hub.example.com/services/dask-gateway",
    proxy_address: str = "gateway://hub.example.com:443",
    auth: str = "jupyterhub",
    username: str | None = None,
    image: str | None = "example.org/notebook:2026.1",
    text: str = "",
) -> GatewayPlace:
    """A gateway of a hub; ``text`` is added to all that is known of the hub."""
    hub = Hub(
        f"https://hub.example.com/{text}", f"https://hub.example.com/{text}hub/token", f"access{text}", f"ann{text}", f"https://a.b/user/{text}"
    )
    outside = Outside(address, proxy_address, auth, username=username)  # type: ignore[arg-type]
    return GatewayPlace(opening or Configured(), outside, hub if auth == "jupyterhub" else None, image)


def ways(where: GatewayPlace, wanted: Wanted | None = None) -> Mapping[str, Snippet]:
    return {snippet.id: snippet for snippet in gateway_ways(where, wanted or Wanted("c" * 32, {"worker_cores": 2}, Adaptive(minimum=0, maximum=4)))}


def openings(text: str) -> list[Opening]:
    """Every kind, with ``text`` wherever one has text."""
    path = Path(text)
    plain = re.sub("[{}]", "", text)
    return [
        Configured(),
        Explicit(text, text),
        Explicit(text, None, "jupyterhub", {"api_token": "{TOKEN}"}),
        Explicit(text, None, "basic", {"username": plain, "password": plain}),
        FromFile(path),
        *(
            SignedIn(text, text, KeptCredential(kind, kept, text, text, path))
            for kind in ("token", "password")
            for kept in ("file", "keyring", "asked")
        ),
    ]


def dask_reads(variables: Mapping[str, str]) -> dict[str, Any]:
    """What Dask Gateway makes of environment variables: the section ``gateway``, with templates filled."""
    from dask.config import collect_env

    return filled(collect_env(variables)["gateway"])


def filled(section: Mapping[str, Any]) -> dict[str, Any]:
    """A section of Dask's configuration as Dask Gateway uses it."""
    from dask_gateway.client import format_template

    return {key: filled(value) if isinstance(value, Mapping) else format_template(value) for key, value in section.items()}
