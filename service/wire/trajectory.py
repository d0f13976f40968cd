"""How do selection, action plan, label, outcomes and progress look on the wire?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from service.wire.members import FullLine, Line, MemberKey
from service.wire.rounds import JobState
from service.wire.shapes import Count, Key, Note, Shape, Stamped

Day = Annotated[date, Field(strict=False, ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Level = Literal["none", "Competent", "Proficient", "Expert"]
Wanted = Literal["Competent", "Proficient", "Expert"]
Criterion = Annotated[str, StringConstraints(pattern=r"^[1-7]\.[1-5]$")]
Deed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
MOST_SEATS = 1000


class RemarkOut(Shape):
    """What deserves a look, and what to do about it."""

    severity: Literal["error", "warning", "note"]
    code: str
    criterion: str | None
    message: str
    remedy: str


class LimitShape(Shape):
    """At least or at most so many selected schools of a group."""

    dimension: Literal["province", "school_type", "network"]
    value: FullLine = Field(examples=["West-Vlaanderen"])
    side: Literal["least", "most"]
    number: int = Field(ge=0, le=MOST_SEATS)


class SelectionPolicyIn(Shape):
    """How schools are selected."""

    seats: int = Field(20, ge=1, le=MOST_SEATS)
    limits: list[LimitShape] = Field(default=[], max_length=50)
    goals: list[Literal["seats", "priority", "balance"]] = Field(
        default=["seats", "priority", "balance"], max_length=3, description="Volgorde van de doelen; plaatsen eerst."
    )
    waiting_places: int | None = Field(None, ge=0, le=MOST_SEATS, description="Leeg: iedereen op de wachtlijst.")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="Nummer van de loting.")


class SelectionPolicyOut(SelectionPolicyIn, Stamped):
    """How schools are selected; version 0 is the product's own."""


class SelectionIn(Shape):
    """What to select; with `ledger_of` schools of an earlier cohort bring their priority along."""

    ledger_of: Key | None = Field(None, description="Vorige cohorte, voor de voorrang van wie toen tekortkwam.")


class ReplaceIn(Shape):
    """A school that leaves, and why; its place is selected again while all others stay."""

    school: MemberKey
    reason: Deed = Field(examples=["de directie stopt ermee"])


class ChoiceOut(Shape):
    """What a candidate got, and why."""

    school: str
    name: str
    outcome: Literal["chosen", "waiting", "not_chosen"]
    priority: int
    place: int
    reason: str


class SelectionOut(Shape):
    """A selection; nothing is there but its job as long as that is busy."""

    id: str
    job: str
    job_state: JobState | None
    failure: str
    status: Literal["proven", "feasible", "conflict", "unfinished"] | None
    choices: list[ChoiceOut]
    goals: list[dict[str, Any]]
    notes: list[str]
    conflict: dict[str, Any] | None
    dropped: str | None
    ledger: dict[str, int]
    accepted_at: datetime | None
    version: int
    changed_at: datetime | None


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
    changed_at: datetime


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


class ContactShape(Shape):
    """A contact of a pair."""

    day: Day
    kind: Literal["visit", "call", "session", "other"] = "visit"
    minutes: int = Field(60, ge=1, le=1440)


class OutcomeIn(Shape):
    """How the mentoring of a pair went."""

    contacts: list[ContactShape] = Field(default=[], max_length=200)
    school_satisfaction: int | None = Field(None, ge=1, le=5)
    mentor_satisfaction: int | None = Field(None, ge=1, le=5)
    stopped: Day | None = None
    stop_reason: Literal["", "job_change", "no_time", "school_stopped", "no_click", "other"] = ""
    stop_note: Note = Field("", description="Alleen voor coördinatoren.")
    replaced: bool = False


class OutcomeOut(OutcomeIn, Stamped):
    """What became of a pair."""

    school: str
    mentor: str
    points: int
    in_plan: bool = Field(description="Of het koppel in het gepubliceerde plan staat.")


class OutcomeSummaryOut(Shape):
    """How the mentoring of a cohort went, added up."""

    pairs: int
    contacts: int
    without_contact: int
    school_satisfaction: float | None
    mentor_satisfaction: float | None
    stopped: dict[str, int]
    sentence: str


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


class LedgerOut(Shape):
    """A school's priority in the next cohort."""

    school: str
    priority: int
    reason: str


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
