"""What must survive a restart of the server: one private file for each cluster."""

from __future__ import annotations

import logging
from pathlib import Path


class Records:
    """Records in a directory, which is made private to the user.

    Parameters
    ----------
    directory
        Made (0700) where it is missing. Holds full names of clusters, which are secrets.
    """

    def __init__(self, directory: Path, log: logging.Logger) -> None:
        self.directory = directory
        self.log = log
