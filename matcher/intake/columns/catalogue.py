"""Which columns may a cohort have?

The columns that a criterion looks at stand in that criterion's file, the others in
`own_columns.py`.
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from matcher.criteria import criteria
from matcher.domain.column import plain
from matcher.intake.columns.own_columns import AGREEMENT_COLUMNS, MENTOR_COLUMNS, SCHOOL_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.domain.column import Column, Sheet

SHEETS: Final[tuple[Sheet, ...]] = ("Scholen", "Mentoren", "Afspraken")

EXPLANATION: Final = "Uitleg"
"""The sheet of the template that explains the others, and is never read."""


@cache
def columns(sheet: Sheet) -> tuple[Column, ...]:
    """Give every column of a sheet: ours first, then those of the criteria, the baseline's at the end."""
    own = (*SCHOOL_COLUMNS, *MENTOR_COLUMNS, *AGREEMENT_COLUMNS)
    theirs = (one for criterion in criteria() for one in criterion.columns)
    found = [one for one in (*own, *theirs) if one.sheet == sheet]
    return tuple(sorted(found, key=lambda one: one.field.startswith("baseline.")))


@cache
def _by_header(sheet: Sheet) -> dict[str, Column]:
    spellings = {plain(synonym): one for one in columns(sheet) for synonym in one.synonyms}
    return spellings | {plain(one.name): one for one in columns(sheet)}


def column_of(header: str, sheet: Sheet) -> Column | None:
    """Find the column that a header means, whatever its case, accents, spaces or brackets."""
    known = _by_header(sheet)
    spellings = (header, re.sub(r"\([^)]*\)|\*", "", header), re.sub(r"[()*:?]", "", header))
    return next((known[plain(one)] for one in map(_undo_excel, spellings) if plain(one) in known), None)


def likely_column(header: str, sheet: Sheet, taken: Iterable[Column]) -> Column | None:
    """Give the column that a misspelt header probably means, None where none of those left is near."""
    left = {spelling: one for spelling, one in _by_header(sheet).items() if one not in taken}
    close = difflib.get_close_matches(plain(header), left, n=1, cutoff=0.8)
    return left[close[0]] if close else None


def _undo_excel(header: str) -> str:
    """Turn what Excel makes of the header `2.1` back: `2,1`, or the second of January."""
    if match := re.fullmatch(r"(\d{2})/(\d{2})/\d{4}", header):
        return f"{int(match[1])}.{int(match[2])}"
    return re.sub(r"^(\d),(\d)$", r"\1.\2", header.strip())
