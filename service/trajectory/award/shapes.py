"""How does the Award look on the wire: criteria, jurors with their ties, scores, and what was decided?"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainSerializer, StringConstraints, WithJsonSchema

from service.web.shapes import Key, Shape, Stamped
from service.web.values import At, Deed, FullLine, MemberKey

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,40}$")]


def _bare(value: float) -> float:
    """Give a whole number as one: what was kept before halves counted reads the same."""
    return int(value) if value % 1 == 0 else value


Score = Annotated[
    float,
    Field(ge=0, le=10, multiple_of=0.5),
    AfterValidator(_bare),
    PlainSerializer(_bare, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 10, "multipleOf": 0.5}),
]
"""A score: a whole or a half number."""


class AwardCriterionShape(Shape):
    """A criterion of the jury and its weight, a ratio."""

    key: Slug = Field(examples=["samenwerking"])
    name: FullLine
    weight: int = Field(ge=0, le=1000)


class JurorShape(Shape):
    """A juror, with the ties that were declared: a school's number to what the tie is."""

    id: Key
    name: FullLine
    ties: dict[MemberKey, Deed] = Field(default={}, max_length=100)


class AwardIn(Shape):
    """What the jury decides on: criteria with weights, schools, jurors."""

    name: FullLine = Field(examples=["Award Voka School of the Future 2027"])
    criteria: list[AwardCriterionShape] = Field(min_length=1, max_length=20)
    schools: list[MemberKey] = Field(min_length=1, max_length=100)
    jurors: list[JurorShape] = Field(default=[], max_length=50)


class AwardOut(AwardIn, Stamped):
    """What the jury decides on, and how many readings were scored."""

    scored: int
    signed: bool


class JuryIn(Shape):
    """How the readings are shared."""

    readings: int = Field(3, ge=1, le=50, description="Zoveel juryleden lezen een school.")
    most: int | None = Field(None, ge=1, le=100, description="Zoveel scholen leest een jurylid hoogstens.")
    seed: int = Field(0, ge=0, le=2**31 - 1)


class JuryAskedOut(Shape):
    """That the readings are being shared."""

    job: str


class ReadingOut(Shape):
    """Who reads which school, and whether it was scored."""

    school: str
    juror: str
    scored: bool


class JuryOut(Stamped):
    """Who reads what; `notes` say where readings are missing, `faults` where a tie was declared since."""

    readings: list[ReadingOut]
    missing: int
    loads: dict[str, int]
    notes: list[str]
    faults: list[str]


class ScoresIn(Shape):
    """What a juror gives a school: every criterion, 0 to 10, also a half."""

    scores: dict[Slug, Score] = Field(examples=[{"idee": 8, "samenwerking": 7}], max_length=20)


class ScoresOut(ScoresIn):
    """What a juror gave a school."""

    school: str
    juror: str


class RankedOut(Shape):
    """A school in the ranking; `exact` is its total as a fraction."""

    school: str
    name: str
    rank: int
    total: float
    exact: str
    means: dict[str, float]
    readings: int


class WeightRangeOut(Shape):
    """Between which weights of a criterion the winner stays the winner."""

    criterion: str
    weight: int
    low: float
    high: float | None


class DecisionOut(Shape):
    """The ranking and how sure it is; more winners than one are a tie, which the jury breaks."""

    ranking: list[RankedOut]
    winners: list[str]
    unscored: list[str]
    ranges: list[WeightRangeOut]
    slack: float | None
    sentences: list[str]


class SignedOut(Shape):
    """The signed record: `record` is what was signed, byte for byte; `public_key` says by whom."""

    record: str
    public_key: str
    winners: list[str]
    signed_at: At


class CheckedOut(Shape):
    """Whether a record is sound, by this installation, and adds up."""

    sound: bool
    sentence: str
    document: dict[str, Any] | None
