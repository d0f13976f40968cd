"""What do the cells of one XLSX sheet say? One walk over its XML; runs in the workbook's own process."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from xml.parsers import expat

MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 200
LAST_ROW: Final = 1_048_576

_REFERENCE = re.compile(r"([A-X]?[A-Z]{1,2})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = 26
_DAY_SECONDS = 86_400
_LEAP = 60
"""The serial of the 29th of February 1900, a day that only spreadsheets know."""

Attributes = dict[str, str]


class ForbiddenXmlError(ValueError):
    """A part declares a document type, which no workbook needs."""


def walk(content: bytes, start: Callable[[str, Attributes], None], end: Callable[[str, str], None]) -> None:
    """Walk over XML by local names: `start(name, attributes)`, `end(name, text)` with the text just before the end."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    texts: list[str] = []
    local: dict[str, str] = {}

    def bare(name: str) -> str:
        found = local.get(name)
        if found is None:
            found = local[name] = name.rpartition(" ")[2]
        return found

    def on_start(name: str, attributes: Attributes) -> None:
        texts.clear()
        if " " in "".join(attributes):
            attributes = {bare(key): value for key, value in attributes.items()}
        start(local.get(name) or bare(name), attributes)

    def on_end(name: str) -> None:
        end(local.get(name) or bare(name), "".join(texts))
        texts.clear()

    def on_doctype(*_: object) -> None:
        raise ForbiddenXmlError

    parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
    parser.CharacterDataHandler = texts.append
    parser.StartDoctypeDeclHandler = on_doctype
    parser.Parse(content, True)  # noqa: FBT003  # expat's own way to say that this is all


class Sheet:
    """Reads one sheet: rows of `[column, value]` pairs, and what a value does not tell."""

    def __init__(self, texts: Sequence[str], formats: Sequence[str], *, is_1904: bool) -> None:
        """Know the shared texts, the number format of every style, and whether days are counted from 1904."""
        self._texts, self._formats, self._is_1904 = texts, formats, is_1904
        self._rows: list[tuple[int, list[tuple[int, object]]]] = []
        self._hidden: list[int] = []
        self._hidden_columns: set[int] = set()
        self._formulas: dict[str, bool] = {}
        self._merged: list[str] = []
        self._stray: str | None = None
        self._too_large = False
        self._row, self._column, self._is_hidden = 0, -1, False
        self._cells: list[tuple[int, object]] = []
        self._cell: Attributes = {}
        self._value, self._inline, self._formula = "", [""], False
        self._has_value, self._in_cell, self._aside = False, False, 0

    def read(self, content: bytes) -> dict[str, Any]:
        """Read the part; raises ValueError for rows and cells that no spreadsheet has."""
        walk(content, self._start, self._end)
        if self._too_large:
            return {"too_large": True}
        told = {"rows": self._rows, "merged": self._merged, "formulas": self._formulas}
        columns = {place for _, cells in self._rows for place, _ in cells} if self._hidden_columns else set()
        hidden = {"hidden_rows": self._hidden, "hidden_columns": sorted(columns & self._hidden_columns)}
        return told | hidden | {"stray": self._stray}

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            if not 0 < self._row <= LAST_ROW:
                raise ValueError(f"no such row: {self._row}")
            self._column, self._cells = -1, []
            self._is_hidden = attributes.get("hidden") in {"1", "true"}
        elif name == "f":
            self._formula = self._in_cell
        elif name == "rPh":
            self._aside += 1
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = (int(attributes.get(end, "1")) for end in ("min", "max"))
            self._hidden_columns.update(range(max(first, 1) - 1, min(last, MAX_COLUMNS)))
        elif name == "mergeCell":
            self._merged.append(attributes.get("ref", ""))

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            match = _REFERENCE.fullmatch(reference)
            if match is None:
                raise ValueError(f"no such cell: {reference}")
            self._column = _place(match[1])
        self._cell, self._in_cell, self._formula = attributes, True, False
        self._value, self._has_value, self._inline = "", False, []

    def _end(self, name: str, text: str) -> None:
        if name == "v" and self._in_cell:
            self._value, self._has_value = text, True
        elif name == "t" and self._in_cell and not self._aside:
            self._inline.append(unescaped(text))
        elif name == "c":
            self._finish_cell()
        elif name == "row":
            self._finish_row()
        elif name == "rPh":
            self._aside -= 1

    def _finish_cell(self) -> None:
        self._in_cell = False
        kind = self._cell.get("t", "n")
        if self._formula:  # an empty text is a saved value too, and says so by its type
            saved = self._has_value and (bool(self._value) or kind == "str")
            self._formulas[f"{letters(self._column)}{self._row}"] = saved
        value = self._shown(kind)
        if value is not None and value != "":
            self._cells.append((self._column, value))

    def _finish_row(self) -> None:
        if not self._cells:
            return
        if self._row > MAX_ROWS and len(self._rows) > MAX_ROWS // 2:
            self._too_large = True
        far = {place: value for place, value in self._cells if place >= MAX_COLUMNS or self._row > MAX_ROWS}
        if seen := [place for place, value in far.items() if not is_blank(value)]:
            self._stray = f"{letters(seen[-1])}{self._row}"
        elif left := [one for one in self._cells if one[0] not in far] if far else self._cells:
            self._rows.append((self._row, left))
            self._hidden += [self._row] if self._is_hidden else []

    def _shown(self, kind: str) -> object:
        """Give a cell as JSON: text as a string, a number as `{"n": text}`, a date as `{"d": text}`."""
        if kind == "inlineStr" or not self._value:
            return "".join(self._inline)
        if kind == "n":
            return number(float(self._value), self._style(), is_1904=self._is_1904)
        if kind == "s":
            return self._texts[int(self._value)]
        if kind == "b":
            return "WAAR" if self._value in {"1", "true"} else "ONWAAR"
        return moment(datetime.fromisoformat(self._value.rstrip("Z"))) if kind == "d" else unescaped(self._value)

    def _style(self) -> str:
        style = int(self._cell.get("s", "0"))
        return self._formats[style] if 0 <= style < len(self._formats) else ""


def is_blank(value: object) -> bool:
    """Whether nobody sees what a cell holds: spaces alone."""
    return isinstance(value, str) and not value.strip()


def unescaped(text: str) -> str:
    """Undo `_x000D_`, in which each text of a workbook writes characters that XML can't hold."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def number(value: float, style: str = "", *, is_1904: bool = False) -> object:
    """Give a number as Belgian Excel shows it: a date day first, at most 15 digits, zeros as the format asks."""
    if style == "date":
        return _dated(value, is_1904=is_1904)
    if not value.is_integer():
        return {"n": f"{value:.15g}"}
    before, _, zeros = style.partition("|")
    return {"n": before + str(int(value)).zfill(len(zeros))}


def _dated(value: float, *, is_1904: bool) -> object:
    """Turn a count of days into a date, or a time of day; what is no day is an error of Excel."""
    if 0 <= value < 1 and not is_1904:
        return moment((datetime(1, 1, 1) + timedelta(days=value)).time())  # noqa: DTZ001
    first = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30 if value >= _LEAP else 31)  # noqa: DTZ001
    try:
        return moment(first + timedelta(seconds=round(value * _DAY_SECONDS)))
    except OverflowError:
        return "#VALUE!"


def moment(value: datetime | date | time) -> object:
    """Write a day as `{"d": "20/01/2027"}`, with its time where that is a minute or more from midnight."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if not isinstance(value, datetime):
        return {"d": f"{value:%d/%m/%Y}"}
    rounded = value + timedelta(seconds=59) if (value.hour, value.minute) == (23, 59) else value
    if (rounded.hour, rounded.minute) == (0, 0):
        return {"d": f"{rounded:%d/%m/%Y}"}
    return {"d": f"{value:%d/%m/%Y %H:%M}"}


@lru_cache(maxsize=1 << 10)  # every row names the same columns
def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * _LETTERS + ord(letter) - 64
    return place - 1


def letters(place: int) -> str:
    """Name a column, from 0, as a spreadsheet does."""
    before, last = divmod(place, _LETTERS)
    return (letters(before - 1) if before else "") + chr(65 + last)
