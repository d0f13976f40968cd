"""What does the service tell about its work? One JSON line on stderr for each thing, with ids and never with values.

The text of an exception may hold what somebody typed: only its kind and where it arose are told. Libraries log
through the standard library; of those the sentence is told without what was filled in.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import structlog

Processor = Callable[[Any, str, MutableMapping[str, Any]], MutableMapping[str, Any]]

MOST_FRAMES = 40
THIN_SECONDS = 60.0
MOST_ALIKE = 5
"""Lines of one kind that are told in a minute."""

MOST_KINDS, LONGEST_KIND = 1000, 200
CHANGING = re.compile(r"0x[0-9a-f]+|[0-9]+")
"""What tells two lines of one kind apart: addresses in memory, ports, counts."""

NEVER_LEFT_OUT = ("unexpected",)
"""Who saw it was given its number."""


def configure(*listeners: Processor) -> None:
    """Begin to log; each listener hears every line before it is written."""
    structlog.configure(
        processors=[
            *listeners,
            structlog.processors.add_log_level,
            Thinned(),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            only_kind_of_error,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.root.handlers[:] = [_Libraries()]
    logging.root.setLevel(logging.WARNING)


class Thinned:
    """Leaves out what is told over and over: a few lines a minute of each kind, and then how many there were.

    What names a request or job is told each time, for somebody may look for its number; save where nobody is known
    to have asked anything (no route), as anyone can do that without end.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing told."""
        self._clock = clock
        self._told: dict[tuple[str, ...], tuple[float, int]] = {}
        self._lock = threading.Lock()

    def __call__(self, _logger: Any, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:  # noqa: ANN401 - any logger
        """Pass a line on; raises DropEvent for one that was told often enough."""
        kind = _kind_of(line)
        if kind is None:
            return line
        with self._lock:
            moment = self._clock()
            begun, count = self._told.get(kind, (moment, 0))
            if moment - begun >= THIN_SECONDS:
                more = count - MOST_ALIKE
                begun, count = moment, 0
                if more > 0:
                    line["left_out"] = more
            if len(self._told) > MOST_KINDS:
                self._told.clear()
            self._told[kind] = (begun, count + 1)
        if count >= MOST_ALIKE:
            raise structlog.DropEvent
        return line


def _kind_of(line: MutableMapping[str, Any]) -> tuple[str, ...] | None:
    """Tell lines apart that may be left out; None for a line that never is."""
    event = str(line.get("event", ""))
    if event == "request":
        return (event, str(line.get("status"))) if line.get("route") == "-" else None
    if event in NEVER_LEFT_OUT or line.get("level") not in ("warning", "error", "critical") or "job" in line:
        return None
    return (
        event,
        str(line.get("library", "")),
        CHANGING.sub("#", str(line.get("text", ""))[:LONGEST_KIND]),
        str(line.get("error", "")),
    )


def only_kind_of_error(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:  # noqa: ANN401 - any logger
    """Replace an exception by its kind and its places in the code."""
    error = line.pop("exc_info", None)
    error = sys.exc_info()[1] if error is True else error[1] if isinstance(error, tuple) else error
    if isinstance(error, BaseException):
        line["trace"] = places_of(error)
    return line


def places_of(error: BaseException) -> list[str]:
    """Give kind and places, from the error back to its causes; the deepest place of each first."""
    return list(_places(error))[:MOST_FRAMES]


def _places(error: BaseException) -> Iterator[str]:
    seen: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in seen:
        seen.append(found)
        yield type(found).__name__
        frames = []
        at = found.__traceback__
        while at is not None:
            frames.append(f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno} {at.tb_frame.f_code.co_name}")
            at = at.tb_next
        yield from reversed(frames)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


class _Libraries(logging.Handler):
    """Pass on what libraries log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record as a line of ours."""
        levels = {"CRITICAL": "critical", "ERROR": "error", "WARNING": "warning"}
        say = getattr(structlog.get_logger(record.name), levels.get(record.levelname, "info"))
        say("library", library=record.name, text=str(record.msg), exc_info=record.exc_info)
