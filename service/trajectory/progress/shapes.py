"""How does progress look in the API?"""

from __future__ import annotations

from service.web.shapes import Count, Shape


class ElementOut(Shape):
    """A key element before and after; means of what was rated both times."""

    element: int
    name: str
    before: float | None
    after: float | None
    gain: float | None
    criteria: Count


class SchoolProgressOut(Shape):
    """A school's progress."""

    school: str
    name: str
    elements: list[ElementOut]
    gain: float | None
    notes: list[str]


class SpreadOut(Shape):
    """How some schools' gains lie."""

    schools: int
    mean: float | None
    median: float | None
    lowest: float | None
    highest: float | None


class CohortProgressOut(Shape):
    """A cohort's progress, with and without a mentor; the caveat belongs to it."""

    elements: list[ElementOut]
    everybody: SpreadOut
    with_mentor: SpreadOut
    without_mentor: SpreadOut
    sentence: str
    caveat: str
    schools: list[SchoolProgressOut]
