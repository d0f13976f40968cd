"""How do measurements look on the wire: sheets, what several people say together, and the needs that follow?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, StringConstraints, WithJsonSchema

from service.web.shapes import Note, Shape, Stamped
from service.web.values import At, Criterion, Day, Deed, MemberKey, RemarkOut

Moment = Literal["baseline", "final"]
Link = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^https?://\S+$")]

SubmittedAt = Annotated[
    datetime,
    PlainSerializer(datetime.isoformat, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""When a measurement was submitted, written as the matcher's document has it: an answer can be read back as one."""


class RatingShape(Shape):
    """A rating of a criterion, 0 to 4, with its evidence."""

    criterion: Criterion
    value: int = Field(ge=0, le=4)
    absent: bool = Field(default=False, description="De school zegt dat ze dit helemaal niet heeft.")
    evidence: list[Note] = Field(default=[], max_length=20)
    links: list[Link] = Field(default=[], max_length=20)


class SheetIn(Shape):
    """What one person of the school filled in; what is left out was not rated."""

    ratings: list[RatingShape] = Field(max_length=21)


class RaterIn(Shape):
    """Who fills in a sheet."""

    rater: MemberKey


class SheetOut(SheetIn):
    """A sheet of a draft, and what deserves a look before it is submitted."""

    rater: str
    measurement: str
    findings: list[RemarkOut]


class CombinedOut(Shape):
    """What several people say of a criterion together."""

    criterion: str
    name: str
    official: str
    values: list[int]
    median: float
    rating: int = Field(description="De mediaan, een half naar beneden: zo telt ze voor de koppels.")
    spread: int
    proven: bool


class MeasurementOut(Stamped):
    """A measurement; frozen once submitted. Who rated what is for coordinators."""

    id: str
    school: str
    moment: Moment
    state: Literal["draft", "submitted"]
    counts: bool = Field(description="Of dit de meting is die telt.")
    due: date | None
    submitted_at: SubmittedAt | None
    submitted_by: str
    replaces: str
    reason: str
    sheets: list[dict[str, object]]
    combined: list[CombinedOut]
    findings: list[RemarkOut]
    changed_at: At | None = None


class SchoolMeasurementsOut(Shape):
    """A school's measurements of one moment: a draft if there is one, and what was submitted, newest first."""

    draft: MeasurementOut | None
    submitted: list[MeasurementOut]


class MeasurementLine(Shape):
    """A measurement in short."""

    id: str
    school: str
    moment: Moment
    state: Literal["draft", "submitted"]
    counts: bool
    raters: int
    submitted_at: At | None


class SupersedeIn(Shape):
    """Why a submitted measurement is replaced."""

    reason: Deed = Field(examples=["drie leraren vulden te laat in"])


class DaysShape(Shape):
    """The last day on which each measurement is asked."""

    baseline: Day | None = None
    final: Day | None = None


class DaysOut(DaysShape, Stamped):
    """The last days; version 0 where none was set."""

    changed_at: At | None = None


class NeedOut(Shape):
    """A key element in which a school falls short, and why that counts."""

    element: int
    name: str
    shortfall: float
    share: float
    lowest: list[str]
    why: str


class NeedsOut(Shape):
    """What a school lacks, the largest first, and the themes that serve it best."""

    school: str
    name: str
    needs: list[NeedOut]
    themes: list[str]
    why_themes: str


class ShortfallOut(Shape):
    """The mean shortfall of a key element over the schools."""

    element: int
    name: str
    shortfall: float


class CohortNeedsOut(Shape):
    """What the cohort lacks together, in a sentence and per element, and what each school lacks."""

    measured: int
    sentence: str
    shortfalls: list[ShortfallOut]
    schools: list[NeedsOut]


class QuestionOut(Shape):
    """A criterion of the label and what we ask about it."""

    code: str
    element: int
    element_name: str
    name: str
    official: str
    question: str


class FormOut(Shape):
    """The questions of a measurement and the scale, our own."""

    scale: list[str]
    questions: list[QuestionOut]


class SchoolsRemindedOut(Shape):
    """Which schools have a reminder in the outbox, where it waits for a coordinator."""

    schools: list[str]
