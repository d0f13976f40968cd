"""How do levels, readiness and dossiers look in the API?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from service.measuring.shapes import Link
from service.web.shapes import Note, Shape, Stamped
from service.web.values import At, Criterion, Day, Level, Line, MemberKey, Wanted, without_doubles


class LevelIn(Shape):
    """A level that a school holds, with its proof; it is entered, never worked out."""

    school: MemberKey
    level: Level
    since: Day
    proof: Note = Field("", examples=["certificaat 2027-114"])


class LevelOut(LevelIn):
    """A level that was entered."""

    id: str
    entered_by: str
    changed_at: At


class LabelApplicationIn(Shape):
    """How far a school's application is: when it went, what it asked, and what came back."""

    sent: Day | None = None
    asked: Wanted | None = None
    answered: Day | None = None
    given: Wanted | None = None
    plan: Note = ""


class LabelApplicationOut(LabelApplicationIn, Stamped):
    """How far a school's application is; version 0 where nobody noted anything."""

    school: str


class PracticeIn(Shape):
    """What a school shows for one key element: what it does, which criteria that shows, evidence, links."""

    element: int = Field(ge=1, le=7, description="Nummer van het kernelement.")
    what: Note = Field("", description="Wat de school doet.")
    criteria: Annotated[list[Criterion], Field(max_length=5), AfterValidator(without_doubles)] = Field(
        default=[], description="Criteria van dit kernelement die dit aantoont."
    )
    evidence: Note = Field("", description="Waaruit dat blijkt.")
    links: Annotated[list[Link], Field(max_length=20), AfterValidator(without_doubles)] = Field(default=[])


class PracticesIn(Shape):
    """What a school shows for the label, at most once per key element."""

    practices: list[PracticeIn] = Field(max_length=7)


class ElementEvidence(Shape):
    """What the measurement that counts names as evidence of a key element, each with its criterion."""

    element: int
    evidence: list[str]


class PracticesOut(PracticesIn, Stamped):
    """What a school shows for the label; version 0 where nobody wrote anything."""

    school: str
    measured: list[ElementEvidence]
    has_measurement: bool = Field(description="Is er een ingediende meting? Dan is er ook een dossier.")


class ReadinessRulesIn(Shape):
    """A table of rules as CSV with `;`: niveau;criteria;aantal;cijfer;bewijs. Empty: the product's own."""

    source: Line = Field("", examples=["regels van onze stuurgroep"])
    table: Annotated[str, Field(max_length=20_000)] = ""


class RuleOut(Shape):
    """A rule of readiness."""

    level: Level
    criteria: list[str]
    count: int
    rating: int
    evidence: bool


class ReadinessRulesOut(ReadinessRulesIn, Stamped):
    """The rules that hold; version 0 is the product's own."""

    rules: list[RuleOut]
    caveat: str


class ReadinessOut(Shape):
    """Whether a school is ready to apply for a level by these rules; an estimate of ours, with its caveat."""

    school: str
    name: str
    holds: Level
    level: Level | None = Field(description="Null: de school heeft het hoogste niveau.")
    measured: Literal["baseline", "final"] | None
    ready: bool
    short: int | None
    missing: list[str]
    source: str
    caveat: str


class DossierTableOut(Shape):
    """A section of a dossier: a row has a cell for each column."""

    title: str
    note: str
    columns: list[str]
    rows: list[list[str | int | date | None]]


class DossierOut(Shape):
    """What a school copies into the official application; the caveat belongs to it."""

    title: str
    caveat: str
    tables: list[DossierTableOut]
