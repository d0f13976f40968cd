"""Which columns may a cohort have?

The columns that a criterion looks at stand in that criterion's file, the others in
`own_columns.py`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from matcher.criteria import criteria
from matcher.domain.column import Column, Sheet
from matcher.intake.columns.own_columns import AGREEMENT_COLUMNS, MENTOR_COLUMNS, SCHOOL_COLUMNS

SHEETS: Final[tuple[Sheet, ...]] = ("Scholen", "Mentoren", "Afspraken")

MEASURED: Final[Sheet] = "Nulmeting"
"""The sheet with a row for each school and a column for each criterion, beside the schools or in their place."""

READ: Final[tuple[Sheet, ...]] = (*SHEETS, MEASURED)
"""The tables that a cohort may have."""

EXPLANATION: Final = "Uitleg"
"""The sheet of the template that explains the others, and is never read."""


@cache
def columns(sheet: Sheet) -> tuple[Column, ...]:
    """Give every column of a sheet: ours first, then those of the criteria, the baseline's at the end."""
    if sheet == MEASURED:
        theirs = [one for one in columns("Scholen") if one.field == "id" or one.field.startswith("baseline.")]
        return tuple(replace(one, sheet=MEASURED) for one in theirs)
    own = (*SCHOOL_COLUMNS, *MENTOR_COLUMNS, *AGREEMENT_COLUMNS)
    criteria_s = (one for criterion in criteria() for one in criterion.columns)
    found = [one for one in (*own, *criteria_s) if one.sheet == sheet]
    return tuple(sorted(found, key=lambda one: one.field.startswith("baseline.")))
