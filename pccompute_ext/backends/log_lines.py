"""From a scheduler's or worker's log to lines that can be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any, Final, cast, get_args

from ..detail_models import LogLevel, LogLine

_LONGEST: Final = 4000
"""Characters of one line; a traceback has some hundreds to thousands."""

# Dask's own form of a line, unless somebody configured another.
_FORM: Final = re.compile(r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) - (?P<logger>\S+) - (?P<level>[A-Z]+) - (?P<message>.*)", re.DOTALL)


def lines_of_answer(answer: Any) -> list[LogLine]:
    """From the answer to ``get_logs`` with timestamps, which has the newest first.

    Raises
    ------
    ValueError
        It is something else.
    """
    if not isinstance(answer, Sequence) or isinstance(answer, str | bytes):
        raise ValueError("not a log")
    lines = []
    for entry in reversed(answer):
        created, level, text = entry
        known = _FORM.fullmatch(text)
        # The time is told apart, so it need not be read twice, in the time zone of who knows where.
        message = f"{known['logger']}: {known['message']}" if known else text
        lines.append(LogLine(time=datetime.fromtimestamp(created, UTC), level=_level(level), message=message[:_LONGEST]))
    return lines


def lines_of_page(page: str, most: int) -> list[LogLine]:
    """From a scheduler's log page, which has the newest first. Times are left in the text: their time zone is not known."""
    parser = _Paragraphs()
    parser.feed(page)
    parser.close()
    lines = []
    for text in reversed(parser.paragraphs[:most]):
        known = _FORM.fullmatch(text)
        lines.append(LogLine(level=_level(known["level"]) if known else None, message=text[:_LONGEST]))
    return lines


def _level(name: Any) -> LogLevel | None:
    level = str(name).lower()
    return cast(LogLevel, level) if level in get_args(LogLevel) else None


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            self._open = True
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self._open:
            self._open = False
            self.paragraphs[-1] = self.paragraphs[-1].strip()

    def handle_data(self, data: str) -> None:
        if self._open:
            self.paragraphs[-1] += data
