"""How does the report of a cohort look: sections with a title, a note and rows?"""

from __future__ import annotations

from datetime import date

from service.web.shapes import Shape


class SectionOut(Shape):
    """A section of the report: a row has a cell for each column."""

    title: str
    note: str
    columns: list[str]
    rows: list[list[str | int | float | date | None]]


class ReportOut(Shape):
    """What came of a cohort; the caveat belongs to it."""

    title: str
    caveat: str
    sections: list[SectionOut]
