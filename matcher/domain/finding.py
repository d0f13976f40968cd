"""What is odd in the input, where, and how is it mended?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]

SEVERITY_NAMES = {"error": "fout", "warning": "waarschuwing", "note": "opmerking"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark on one place of the input.

    `code` is a stable English word for programs; `message` and `remedy` are Dutch for people.
    `row` counts as the spreadsheet does, from 1; a place that does not apply is None.
    `value` is at most 80 characters of what stood there; `proposal` is the whole text that was probably meant
    instead (empty for none), `other_row` the row that says the same or contradicts, `table` the kind of table
    that stands there again.
    """

    severity: Severity
    code: str
    message: str
    remedy: str
    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    proposal: str = ""
    other_row: int | None = None
    table: str = ""

    @property
    def place(self) -> str:
        """The Dutch name of the place, for instance `scholen.csv, rij 4, kolom postcode`."""
        parts = [self.file]
        if self.sheet is not None:
            parts.append(f"blad {self.sheet}")
        if self.row is not None:
            parts.append(f"rij {self.row}")
        if self.column is not None:
            parts.append(f"kolom {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        """One line for people: place, value, message, remedy."""
        shown = f" («{self.value}»)" if self.value else ""
        return f"{self.place}{shown}: {self.message} {self.remedy}".rstrip()
