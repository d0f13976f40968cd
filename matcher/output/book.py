"""How is a workbook written that may be large, row after row, so that no cell of it can run?"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from matcher.domain.counting import counted
from matcher.engine.calls import Progress
from matcher.output.season_names import clean
from matcher.output.spreadsheet_text import safe

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

BORN: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same every time, so that the same plan gives the same file
WRAPPED: Final = {"text_wrap": True, "valign": "top"}
HEADER: Final = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E5F", "valign": "vcenter", "text_wrap": True}

_MOST_UNITS = 32_767
"""UTF-16 units that a cell may hold."""
_SMALLEST_PADDING = 5 / 7
"""What is added to a width in characters before it is written, in characters of seven pixels."""
_LIKE_ESCAPES = re.compile(r"_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
_INSIDE_ESCAPE = re.compile(r"(?<=_)(?=x[0-9A-Fa-f]{4}_)")


class Formula(NamedTuple):
    """What Excel works out itself; without a value, so that nothing stands there before it did."""

    text: str


Value: TypeAlias = str | int | float | dt.date | Formula | None


class Book:
    """A workbook being written: its formats, made once each, and how a value becomes a cell."""

    def __init__(self, written: Workbook, progress: Progress | None = None) -> None:
        """Write with XlsxWriter's workbook; `progress` hears which sheet is being written."""
        self._written, self._progress = written, progress
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def add(self, name: str) -> Worksheet:
        """Begin the next sheet."""
        return self._written.add_worksheet(name)

    def tell(self, sheet: str, rows: int) -> None:
        """Say how far a sheet is."""
        if self._progress is not None:
            self._progress(f"blad «{sheet}»" + (f", {counted(rows, 'rij', 'rijen')}" if rows else ""), None)

    def style(self, wanted: Mapping[str, object]) -> Format:
        """Give a format by its properties."""
        key = tuple(wanted.items())
        if key not in self._formats:
            self._formats[key] = self._written.add_format(dict(wanted))
        return self._formats[key]


@contextmanager
def new_book(target: Path | BytesIO, title: str = "", progress: Progress | None = None) -> Iterator[Book]:
    """Open a workbook to write in; it is whole when the block ends, and leaves nothing behind where that breaks off.

    Raises OSError where `target` can't be written.
    """
    import xlsxwriter  # noqa: PLC0415 - of all commands only those that write a workbook wait for it
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="in2stem-") as parts:
        place: Any = target if hasattr(target, "getbuffer") else str(target)
        written = xlsxwriter.Workbook(place, {"tmpdir": parts})
        written.set_properties({"author": "in2stem", "title": title, "created": BORN})
        yield Book(written, progress)
        if progress is not None:
            progress("werkboek bewaren", None)
        try:
            written.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error))
            raise cause from error


def put(sheet: Worksheet, row: int, column: int, value: Value, style: Format | None = None) -> None:
    """Write a value (rows and columns from 0); text stays text whatever it starts with, nothing writes nothing."""
    if isinstance(value, str):
        put_text(sheet, row, column, as_text(value), style)
    elif isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, style, "")
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, style)
    elif value is not None:
        sheet.write_number(row, column, value, style)


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """Write text as it is, which must not begin as a formula does."""
    if not text:
        return
    if _is_plain(text):
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_rich_string(row, column, *_pieces(text), *([style] if style is not None else []))


@lru_cache(maxsize=1 << 16)  # names come back in row after row
def as_text(value: str) -> str:
    """Give the text of a cell: on one line, guarded, no longer than a cell may be."""
    text = safe(clean(value))
    if 2 * len(text) <= _MOST_UNITS:
        return text
    return text.encode("utf-16-le")[: 2 * _MOST_UNITS].decode("utf-16-le", "ignore")


def width_of(characters: float) -> float:
    """Give what to ask of XlsxWriter so that a column is so many characters wide in the file."""
    return characters - _SMALLEST_PADDING


def _is_plain(text: str) -> bool:
    """Tell whether XlsxWriter writes a text as it stands: it takes one in `<r>` for its own, and misses an escape."""
    return not (text.startswith("<r>") or ("_x" in text and _LIKE_ESCAPES.search(text)))


def _pieces(text: str) -> list[str]:
    """Cut a text in at least three pieces of which none looks like an escaped character (ECMA-376-1, 22.9.2.19)."""
    found = _INSIDE_ESCAPE.split(text)
    while len(found) < 3:  # noqa: PLR2004 - XlsxWriter's fewest
        found[-1:] = [found[-1][:1], found[-1][1:]]
    return found
