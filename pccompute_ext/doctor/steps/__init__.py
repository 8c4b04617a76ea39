"""The steps, in their order."""

from __future__ import annotations

from ..step import Step
from .address import look_up_name, reach_address, read_settings
from .gateway import find_gateway
from .sign_in import read_options, verify_token

STEPS = (
    Step("settings", "Settings", read_settings),
    Step("name", "The gateway's name", look_up_name, needs=("settings",)),
    Step("reach", "Connection to the gateway", reach_address, needs=("name",)),
    Step("gateway", "Whether it is a Dask Gateway", find_gateway, needs=("reach",)),
    Step("token", "Credential", verify_token, needs=("settings",), seconds=45.0),
    Step("options", "Options of clusters", read_options, needs=("gateway", "token")),
)
"""What builds on something that failed is skipped."""
