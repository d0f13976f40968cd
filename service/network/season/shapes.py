"""How do a season and a year of sessions look on the wire?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

import matcher
from service.cohorts.members.values import Degrees, HalfDays
from service.jobs.shapes import JobState
from service.network.season.change_shapes import OutdatedOut, SessionChangeOut, ToldDay
from service.rounds.run.shapes import ConflictOut, GoalOut
from service.web.shapes import Key, Shape
from service.web.values import At, FullLine, Line

Day = Annotated[date, Field(strict=False, ge=date(2000, 1, 1), le=date(2101, 12, 31), examples=["2027-01-13"])]
HalfDay = Literal["ma-vm", "ma-nm", "di-vm", "di-nm", "wo-vm", "wo-nm", "do-vm", "do-nm", "vr-vm", "vr-nm"]
RoundNumber = Annotated[int, Field(ge=1, le=9)]
Seconds = Annotated[int, Field(ge=1, le=300, description="Langste rekentijd.")]
Schools = Annotated[list[Line], Field(max_length=200, description="Schoolnummers of namen.")]


class LocationIn(Shape):
    """A place that can receive: a school, the company of a mentor, or another place with its postcode."""

    name: FullLine = Field(examples=["Provinciehuis"])
    postcode: Line = ""
    municipality: Line = ""
    street: Line = ""
    latitude: Degrees | None = None
    longitude: Degrees | None = None
    capacity: int | None = Field(None, ge=0, le=500, description="Scholen tegelijk; anders 8.")
    max_times: int | None = Field(None, ge=0, le=12, description="Sessies dit jaar; anders 1.")
    half_days: HalfDays = Field(default=[], description="Leeg: alle.")
    school: Line = Field("", description="Schoolnummer, als het om een school van de cohorte gaat.")
    mentor: Line = Field("", description="Mentornummer, als het om het bedrijf van een mentor gaat.")


class BlackoutIn(Shape):
    """When a school, a mentor or a place does not suit; school `alle` is a free day of everybody."""

    school: Line = ""
    mentor: Line = ""
    host: Line = Field("", description="Naam van de plaats.")
    first: Day
    last: Day | None = None
    part: Literal["", "vm", "nm"] = ""
    kind: Literal["away", "exams"] = Field(
        "away", description="Bij exams gelden de gewone examenweken niet voor die school."
    )
    reason: Line = ""


class GroupMoveIn(Shape):
    """A school that goes to another group of its round."""

    school: Line = Field(description="Schoolnummer of naam.")
    session: Line = Field(description="De uid van de sessie waar de school heen gaat.")


class ShiftIn(Shape):
    """A session that goes to another day or to another host; what is left out stays as it is."""

    session: Line = Field(description="De uid van de sessie.")
    host: Line | None = Field(None, description="Nummer of naam van de gastheer.")
    day: Day | None = None
    half_day: HalfDay | None = Field(None, description="Anders hetzelfde dagdeel, waar dat kan.")


class PinIn(Shape):
    """What a session of a round must hold; what is left out is free."""

    round: RoundNumber
    schools: Schools = Field(default=[])
    host: Line | None = None
    day: Day | None = None
    half_day: HalfDay | None = None
    reason: Line = ""


class AbsenceIn(Shape):
    """A school that is in no group of a round, and why."""

    school: Line = Field(description="Schoolnummer of naam.")
    round: RoundNumber
    reason: FullLine = Field(examples=["meerdaagse uitstap"])


class RemoteIn(Shape):
    """A school that takes part online in a round where the others meet."""

    school: Line = Field(description="Schoolnummer of naam.")
    round: RoundNumber


class AgreementIn(Shape):
    """Two schools that must sit in one group at least once a year, or never."""

    kind: Literal["meet", "apart"] = Field(description="meet: moeten elkaar ontmoeten; apart: nooit samen.")
    schools: Annotated[list[Line], Field(min_length=2, max_length=2, description="Schoolnummers of namen.")]
    reason: Line = ""


class WindowIn(Shape):
    """When a round may be, both days counted, at what hours, in which groups, and what it is about."""

    round: RoundNumber
    first: Day | None = Field(None, description="Met last; zonder beide valt de ronde in een eigen maand.")
    last: Day | None = None
    online: bool = Field(default=False, description="Iedereen neemt online deel: geen gastheer, geen reistijd.")
    link: Line = Field("", description="Waar wie online deelneemt, binnenkomt.", examples=["https://meet.example/stem"])
    hours: Line = Field("", description="Eigen uren van deze ronde.", examples=["13.30-16.30"])
    group_size: int | None = Field(None, ge=2, le=50, description="Scholen per groep in deze ronde.")
    theme: Literal["leerplan", "professionalisering", "samenwerking"] | None = Field(
        None, description="Anders kiest elke groep wat bij de nulmeting past."
    )


class SeasonIn(Shape):
    """A year to plan from the published plan; with `previous` it is repaired with as few changes as can be."""

    rounds: RoundNumber = Field(3, description="Aantal rondes.")
    group_size: int | None = Field(None, ge=2, le=50, description="Scholen per groep; anders 6 tot 7.")
    plenary: list[RoundNumber] = Field([], max_length=9, description="Rondes met alle scholen samen.")
    travel_first: bool = Field(default=False, description="Minder reizen gaat voor vaker mengen.")
    travel_margin: int = Field(
        matcher.TRAVEL_MARGIN, ge=0, le=100, description="Procent dat de verste school meer mag reizen."
    )
    longest_trip: int = Field(
        matcher.LONGEST_TRIP, ge=1, le=240, description="Minuten die een school hoogstens rijdt, enkele rit."
    )
    windows: list[WindowIn] = Field([], max_length=9, description="Anders valt elke ronde in een eigen maand.")
    locations: list[LocationIn] = Field([], max_length=500)
    blackouts: list[BlackoutIn] = Field([], max_length=2000)
    pins: list[PinIn] = Field([], max_length=100)
    absences: list[AbsenceIn] = Field([], max_length=500, description="Wie een ronde mist, en waarom.")
    remote: list[RemoteIn] = Field([], max_length=500, description="Wie online deelneemt, in welke ronde.")
    moves: list[GroupMoveIn] = Field([], max_length=100, description="Bij herstel: wie naar een andere groep gaat.")
    shifts: list[ShiftIn] = Field(
        [], max_length=100, description="Bij herstel: welke sessie naar een andere dag of gastheer gaat."
    )
    agreements: list[AgreementIn] = Field(
        [], max_length=100, description="Wie elkaar moet ontmoeten, en wie nooit samen in een groep zit."
    )
    previous: Key | None = Field(None, description="Het seizoen dat hersteld wordt.")
    host_out: list[Line] = Field([], max_length=50, description="Gastheren die uitvallen: nummer of naam.")
    today: Day | None = Field(None, description="Bij herstel: sessies voor deze dag zijn geweest. Anders vandaag.")
    seconds: Seconds = 60


class MeetingOut(Shape):
    """A session: one group of a round, at its host."""

    uid: str
    round: int
    day: ToldDay
    half_day: str
    start: str
    end: str
    host: str
    schools: list[str]
    minutes: list[int]
    mentors: list[str]
    absent_mentors: list[str]
    beyond_hours: list[str] = Field(default=[], description="Wie van de mentoren buiten zijn uren komt.")
    theme: str | None
    reasons: list[str]
    online: list[str] = Field(default=[], description="Scholen die online deelnemen en niet rijden.")
    link: str = ""


class SeasonGoalOut(GoalOut):
    """What the year reaches on a goal, and what people call it."""

    words: str


class YearOut(Shape):
    """What came out of a season."""

    status: Literal["proven", "feasible", "conflict", "unfinished"]
    goals: list[SeasonGoalOut]
    sessions: list[MeetingOut]
    conflict: ConflictOut | None
    notes: list[str]
    travel_source: str


class HostOut(Shape):
    """A place that can receive: sessions name it by its id."""

    id: str
    name: str
    municipality: str
    kind: str = Field("", description="school, company, other, of online: dan is het geen plaats.")


class SeasonOut(Shape):
    """A season: `state` tells whether it is public, `job_state` how far the computing is."""

    id: str
    cohort: str
    round: str
    state: Literal["draft", "published", "superseded"]
    job: str | None
    job_state: JobState | None
    repairs: str | None = Field(description="Het seizoen dat dit herstelt.")
    published_at: At | None
    version: int
    created_at: At
    asked: dict[str, Any] = Field(default={}, description="Wat gevraagd werd; niet in lijsten.")
    hosts: list[HostOut] = Field(default=[], description="Wie kan ontvangen; niet in lijsten.")
    year: YearOut | None = Field(None, description="Niet in lijsten.")
    changes: list[SessionChangeOut] = Field(
        default=[], description="Wat een herstel verandert aan het gepubliceerde jaar; niet in lijsten."
    )
    outdated: list[OutdatedOut] = Field(
        default=[],
        description="Komende sessies die niet meer uitnodigen wie het plan vraagt; niet in lijsten.",
    )
    newcomers: list[str] = Field(default=[], description="Scholen die er later bijkwamen; niet in lijsten.")
