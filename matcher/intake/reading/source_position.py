"""Where in the input are we, and what is odd there?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict, Unpack

from matcher.domain.column import Remark
from matcher.domain.finding import Finding, Severity
from matcher.intake.reading.limits import MAX_SHOWN

_MAX_SENTENCE = 400
"""Characters of a sentence that repeats what stood somewhere."""


def shown(value: str, longest: int = MAX_SHOWN) -> str:
    """Cut a text to 80 characters, with what can't be printed made visible."""
    cut = value[:longest]
    return cut if cut.isprintable() else "".join(one if one.isprintable() else "�" for one in cut)


class More(TypedDict, total=False):
    """What some findings tell besides (see Finding)."""

    proposal: str
    other_row: int | None
    table: str


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and where it applies its sheet, row (from 1) and column; makes findings of itself."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def at(self, row: int | None = None, column: str | None = None) -> Place:
        """Go to a row or a column of the same sheet."""
        return Place(self.file, self.sheet, self.row if row is None else row, self.column if column is None else column)

    def error(self, code: str, message: str, remedy: str, value: str | None = None, **more: Unpack[More]) -> Finding:
        """Make a finding that stops the import."""
        return self._finding("error", code, message, remedy, value, **more)

    def warning(self, code: str, message: str, remedy: str, value: str | None = None, **more: Unpack[More]) -> Finding:
        """Make a finding that deserves a look."""
        return self._finding("warning", code, message, remedy, value, **more)

    def note(self, code: str, message: str, remedy: str, value: str | None = None, **more: Unpack[More]) -> Finding:
        """Make a finding that only tells what was done."""
        return self._finding("note", code, message, remedy, value, **more)

    def remark(self, remark: Remark, value: str) -> Finding:
        """Turn what a column's reader says into a finding."""
        said = (remark.severity, remark.code, remark.message, remark.remedy)
        return self._finding(*said, value or None, proposal=remark.proposal)

    def _finding(
        self, severity: Severity, code: str, message: str, remedy: str, value: str | None, **more: Unpack[More]
    ) -> Finding:
        return Finding(
            severity=severity,
            code=code,
            message=shown(message, _MAX_SENTENCE),
            remedy=shown(remedy, _MAX_SENTENCE),
            file=shown(self.file),
            sheet=None if self.sheet is None else shown(self.sheet),
            row=self.row,
            column=None if self.column is None else shown(self.column),
            value=None if value is None else shown(value),
            proposal=shown(more.get("proposal", ""), _MAX_SENTENCE),
            other_row=more.get("other_row"),
            table=more.get("table", ""),
        )
