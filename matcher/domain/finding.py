"""What is odd in the input, where, and how is it mended?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from matcher.domain.counting import counted

Severity = Literal["error", "warning", "note"]

_FEW = 5
"""So many rows are named of those of which the same is said."""

SEVERITY_NAMES = {"error": "fout", "warning": "waarschuwing", "note": "opmerking"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark on one place of the input.

    `code` is a stable English word for programs; `message` and `remedy` are Dutch for people.
    `row` counts as the spreadsheet does, from 1; a place that does not apply is None.
    `value` is at most 80 characters of what stood there; `proposal` is the whole text that was probably meant
    instead (empty for none), `other_row` the row that says the same or contradicts, `table` the kind of table
    that stands there again. `who` is whom the row describes, for people (empty where it does not say), and `header`
    what the file itself calls the column (empty where that is our name).
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
    who: str = ""
    header: str = ""

    @property
    def place(self) -> str:
        """The Dutch name of the place, for instance `scholen.csv, rij 4, kolom PC (postcode)`."""
        parts = [self.file]
        if self.sheet is not None:
            parts.append(f"blad {self.sheet}")
        if self.row is not None:
            parts.append(f"rij {self.row}")
        if self.column is not None:
            parts.append(f"kolom {self.header} ({self.column})" if self.header else f"kolom {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        """One line for people: place, who, value, message, remedy."""
        shown = f" («{self.value}»)" if self.value else ""
        who = f", {self.who}" if self.who else ""
        return f"{self.place}{who}{shown}: {self.message} {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of several rows in the same words: the first finding, and all of them in their order."""

    first: Finding
    all: tuple[Finding, ...]

    def __str__(self) -> str:
        """One line for people; of several rows it names the first few at the end."""
        if len(self.all) == 1:
            return str(self.first)
        rows = [f"{one.row}{f' ({one.who})' if one.who else ''}" for one in self.all[:_FEW]]
        more = f" en nog {len(self.all) - _FEW}" if len(self.all) > _FEW else ""
        count = counted(len(self.all), "rij", "rijen")
        return f"{replace(self.first, row=None, who='')} Op {count}: {', '.join(rows)}{more}."


def once_each(findings: Iterable[Finding]) -> list[Said]:
    """Put findings together that say the same of the same text in a column, whatever their rows; in their order."""
    found: dict[object, list[Finding]] = {}
    for number, one in enumerate(findings):
        key: object = replace(one, row=None, who="") if one.row is not None and one.column and one.value else number
        found.setdefault(key, []).append(one)
    return [Said(each[0], tuple(each)) for each in found.values()]
