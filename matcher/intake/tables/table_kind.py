"""Which table is it? Its columns, and how each of their headers may be written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from matcher.domain.column import Column, Sheet, plain
from matcher.intake.columns.catalogue import READ, columns

_BRACKETS: Final = re.compile(r"\([^)]*\)|\*")
_SIGNS: Final = re.compile(r"[()*:?]")
_COUNT: Final = re.compile(r"#\s*(?=\w)|\baant\.")
_DATE: Final = re.compile(r"(\d{2})/(\d{2})/\d{4}")
_CHAPTER: Final = re.compile(r"\d,\d")


@dataclass(frozen=True, eq=False)
class TableKind:
    """A table: what it is called, its columns, and the fields that make it what it is.

    A row is its header when it names the `keys` and `least` columns; fewer where the file or sheet is called so.
    With `makes_ids` rows may lack a number, which then follows from who they are.
    """

    sheet: Sheet
    columns: Sequence[Column]
    keys: frozenset[str] = frozenset()
    least: int = 3
    makes_ids: bool = False

    @cached_property
    def by_header(self) -> Mapping[str, Column]:
        """Every column by each of its headers, folded; a column's own name goes before another's synonym."""
        spellings = {plain(synonym): one for one in reversed(self.columns) for synonym in one.synonyms}
        return spellings | {plain(one.name): one for one in reversed(self.columns)}

    @cached_property
    def by_words(self) -> Mapping[tuple[str, ...], Column]:
        """Every column by the words of each of its headers."""
        named = [(name, one) for one in reversed(self.columns) for name in (*one.synonyms, one.name)]
        return {words_of(name): one for name, one in named}

    def column_of(self, header: str) -> Column | None:
        """Find the column that a header means, whatever its case, accents, spaces or brackets."""
        counted = _COUNT.sub("aantal ", header)
        spellings = dict.fromkeys((header, _BRACKETS.sub("", header), _SIGNS.sub("", header), counted))
        found = (self.by_header.get(plain(_undo_excel(one))) for one in spellings)
        return next((column for column in found if column is not None), None)

    def of_field(self, field: str) -> Column | None:
        """Give the column that fills a field."""
        return next((one for one in self.columns if one.field == field), None)

    def likely_column(self, header: str, taken: Iterable[Column]) -> Column | None:
        """Give the column that a misspelt header probably means, None where none of those left is near."""
        left = {spelling: one for spelling, one in self.by_header.items() if one not in taken}
        close = difflib.get_close_matches(plain(header), left, n=1, cutoff=0.8)
        return left[close[0]] if close else None


def _undo_excel(header: str) -> str:
    """Turn what Excel makes of the header `2.1` back: `2,1`, or the second of January."""
    if match := _DATE.fullmatch(header):
        return f"{int(match[1])}.{int(match[2])}"
    name = header.strip()
    return f"{name[0]}.{name[2]}" if _CHAPTER.fullmatch(name) else name


def words_of(text: str) -> tuple[str, ...]:
    """Split a header into words, folded as `plain` folds."""
    return tuple(plain(word) for word in re.findall(r"[^\W_]+", text))


_KEYS: Final[Mapping[Sheet, frozenset[str]]] = {
    "Scholen": frozenset({"id"}),
    "Mentoren": frozenset({"id"}),
    "Afspraken": frozenset({"school", "mentor", "kind"}),
    "Nulmeting": frozenset({"id"}),
}


def cohort_kinds() -> tuple[TableKind, ...]:
    """Give the tables of a cohort."""
    return tuple(TableKind(sheet, columns(sheet), _KEYS[sheet], makes_ids=sheet == "Mentoren") for sheet in READ)
