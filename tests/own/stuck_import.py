"""A package that blocks for ever as it is imported."""

from __future__ import annotations

import time

while True:
    time.sleep(600)
