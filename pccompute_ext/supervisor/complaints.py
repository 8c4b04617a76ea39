"""What goes wrong in a cluster's class where nobody waits for it, as when it starts workers: it is only logged."""

from __future__ import annotations

import logging

from .root_cause import root_cause


class Complaints(logging.Handler):
    """Hears what the event loop of Dask's classes logs of callbacks that failed.

    Attributes
    ----------
    last
        The cause of the last one, in its own words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.last: str | None = None
        logging.getLogger("tornado.application").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self.last = root_cause(record.exc_info[1])

    def forget(self) -> None:
        """Begin anew."""
        self.last = None
