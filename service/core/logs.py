"""What does the service tell about its work? One JSON line on stderr for each thing, with ids and never with values.

The text of an exception may hold what somebody typed: only its kind and where it arose are told. Libraries log
through the standard library; of those the sentence is told without what was filled in.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping

    Processor = Callable[[Any, str, MutableMapping[str, Any]], MutableMapping[str, Any]]

MOST_FRAMES = 40


def configure(*listeners: Processor) -> None:
    """Begin to log; each listener hears every line before it is written."""
    structlog.configure(
        processors=[
            *listeners,
            structlog.processors.add_log_level,
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
