"""What goes into a year of the learning network? Schools, hosts, rounds, and what they can't or must.

A season is planned as a whole: its rounds of small groups, each group at a host on one half-day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Final, Literal

from matcher.domain.absence import Absence
from matcher.domain.agreement import Agreement
from matcher.domain.older_documents import LATER
from matcher.domain.period import Hours, Period, refuse_if
from matcher.domain.policy import Policy
from matcher.domain.position import Position
from matcher.domain.session_round import THEMES, Pin, Remote, SessionRound, check_known
from matcher.domain.travel import RoadTimes
from matcher.domain.travel_margin import TRAVEL_MARGIN
from matcher.domain.vocabulary import HALF_DAYS, SCHOOL_TYPES
from matcher.domain.year import Year

__all__ = ["THEMES", "Guide", "Host", "Participant", "Pin", "Remote", "Season", "SessionRound"]

HostKind = Literal["school", "company", "other", "online"]
First = Literal["mixing", "travel"]

ELEMENT_THEMES: Final = {
    1: "leerplan",
    2: "leerplan",
    3: "leerplan",
    4: "professionalisering",
    5: "professionalisering",
    6: "samenwerking",
    7: "samenwerking",
}
"""The theme that helps with each key element of the label; our judgement."""

PREFERRED_HALF_DAYS: Final = ("wo-nm", "di-nm", "do-nm")
"""Wednesday afternoon first: most schools have no lessons then."""

MOST_MARGIN: Final = 100
"""Percent: beyond it the most travelled school would not count at all."""

LONGEST_TRIP: Final = 90
"""Minutes one way that a school travels at most to a session, unless a season says otherwise."""

MORNING: Final = Hours(time(9), time(12))
AFTERNOON: Final = Hours(time(13, 30), time(16, 30))

FIRST_STAMP: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When a year was planned, unless somebody says so."""


def _check_unique(what: str, ids: Iterable[object]) -> None:
    seen: set[object] = set()
    for one in ids:
        refuse_if(one in seen, f"{what} {one} komt twee keer voor.")
        seen.add(one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A place that can receive a session.

    A host of kind `school` bears the id of its school, a `company` its company key; of kind `online` is no
    place at all, and serves one group of an online round. `capacity` counts
    the schools it can receive at once, its own included; `max_times` the sessions in a season;
    `half_days` those on which it receives, empty for all.
    """

    id: str
    name: str
    kind: HostKind
    position: Position
    capacity: int = 8
    max_times: int = 1
    half_days: tuple[str, ...] = ()
    unavailable: tuple[Period, ...] = ()
    street: str = ""
    postcode: str = ""
    municipality: str = ""

    def __post_init__(self) -> None:
        """Refuse a host that no season can hold; raise InvalidValueError."""
        refuse_if(not self.id, "Een locatie heeft een naam of nummer nodig.")
        refuse_if(self.capacity < 0 or self.max_times < 0, f"{self.name}: plaatsen en keren zijn nooit negatief.")
        check_known("soort locatie", [self.kind], ("school", "company", "other", "online"))
        check_known("halve dag", self.half_days, HALF_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A mentor as a guest of the sessions: invited with the schools it was matched with.

    `half_days` are those on which the mentor can come, empty for all; `usual` those on which the mentor visits schools,
    empty where that is not known: a session on another one is outside the mentor's hours.
    """

    id: str
    name: str
    company: str = ""
    email: str = ""
    half_days: tuple[str, ...] = ()
    unavailable: tuple[Period, ...] = ()
    usual: tuple[str, ...] = field(default=(), metadata=LATER)

    def can_come(self, day: date, half_day: str) -> bool:
        """Tell whether the mentor is free then."""
        busy = any(period.covers(day, half_day) for period in self.unavailable)
        return not busy and (not self.half_days or half_day in self.half_days)

    def is_beyond_hours(self, half_day: str) -> bool:
        """Tell whether a half-day is none of those on which the mentor visits schools."""
        return bool(self.usual) and half_day not in self.usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A school of the cohort as the learning network sees it.

    `mentors` are ids of guides. `themes` are those it would gain most from, best first. `exams` are its
    own exam blocks instead of the usual ones; None keeps the usual ones, empty means none.
    """

    id: str
    name: str
    position: Position
    school_types: tuple[str, ...] = ()
    mentors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    unavailable: tuple[Period, ...] = ()
    exams: tuple[Period, ...] | None = None
    municipality: str = ""
    contact: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        """Refuse a school that no season can hold; raise InvalidValueError."""
        refuse_if(not self.id, "Een school heeft een schoolnummer nodig.")
        check_known("onderwijsvorm", self.school_types, SCHOOL_TYPES)
        check_known("thema", self.themes, THEMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """All that a year of the learning network needs; rows stand in the order of their ids.

    `id` names the season for ever: events in calendars hang on it. `school_year` is the year it starts
    in. `spacing_days` lie at least between two sessions of a school (21: the same weekday three weeks
    later is allowed), `host_spacing_days` between two of a host. `half_days` are those that may serve,
    best first. `free` adds free periods to the school holidays. `remote` are who takes part online.
    `agreements` name two schools that must meet, or never sit together, one for each two. `history` counts
    earlier meetings of two schools (ids in order). `first` puts mixing before travel or the reverse. The
    school that travels most may travel `travel_margin` percent more than the lowest that was found, where
    that spares all schools together. On a rerun `previous` is the
    published year and sessions before `today` have been held: they stay. `stamp` is the moment of planning.
    Travel counts one way, from `roads` or else estimated as the policy says; nobody travels longer than
    `longest_trip` minutes to a session that is still to come (None, as in older documents: no limit). With
    `rising_repeats` a second meeting of the same two schools is one repeat, a third three more, a fourth five; without,
    as in older documents, each counts one.
    """

    id: str
    school_year: int
    participants: tuple[Participant, ...]
    hosts: tuple[Host, ...]
    rounds: tuple[SessionRound, ...]
    guides: tuple[Guide, ...] = ()
    spacing_days: int = 21
    host_spacing_days: int = 21
    longest_trip: int | None = field(default=None, metadata=LATER)
    rising_repeats: bool = field(default=False, metadata=LATER)
    half_days: tuple[str, ...] = PREFERRED_HALF_DAYS
    morning: Hours = MORNING
    afternoon: Hours = AFTERNOON
    free: tuple[Period, ...] = ()
    first: First = "mixing"
    travel_margin: int = TRAVEL_MARGIN
    pins: tuple[Pin, ...] = ()
    agreements: tuple[Agreement, ...] = field(default=(), metadata=LATER)
    absences: tuple[Absence, ...] = ()
    remote: tuple[Remote, ...] = field(default=(), metadata=LATER)
    history: Mapping[tuple[str, str], int] = field(default_factory=dict)
    previous: Year | None = None
    today: date | None = None
    stamp: datetime = FIRST_STAMP
    policy: Policy = field(default_factory=Policy)
    roads: RoadTimes | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        """Put rows in order and refuse names that nobody bears; raise InvalidValueError."""
        for name in ("participants", "hosts", "guides"):
            object.__setattr__(self, name, tuple(sorted(getattr(self, name), key=lambda one: one.id)))
            _check_unique(name, (one.id for one in getattr(self, name)))
        object.__setattr__(self, "rounds", tuple(sorted(self.rounds, key=lambda one: one.number)))
        _check_unique("ronde", (one.number for one in self.rounds))
        check_known("halve dag", self.half_days, HALF_DAYS)
        refuse_if(self.spacing_days < 0 or self.host_spacing_days < 0, "Een tussentijd is nooit negatief.")
        refuse_if(self.longest_trip is not None and self.longest_trip < 1, "De langste rit duurt minstens één minuut.")
        refuse_if(
            not 0 <= self.travel_margin <= MOST_MARGIN, f"De marge op de reistijd ligt tussen 0 en {MOST_MARGIN} %."
        )
        refuse_if(self.stamp.tzinfo is None, "Het tijdstip van plannen heeft een tijdzone nodig.")
        self._check_names()

    def _check_names(self) -> None:
        schools = {one.id for one in self.participants}
        rounds = {one.number for one in self.rounds}
        check_known("mentor", (one for school in self.participants for one in school.mentors), self.guide_ids)
        check_known("ronde", [one.round for one in self.pins] + [one.round for one in self.absences], rounds)
        check_known("school", (one for pin in self.pins for one in pin.schools), schools)
        check_known("school", (one.school for one in self.absences), schools)
        check_known("ronde", (one.round for one in self.remote), rounds)
        check_known("school", (one.school for one in self.remote), schools)
        check_known("school", (one for each in self.agreements for one in each.schools), schools)
        _check_unique("De afspraak tussen", (" en ".join(one.schools) for one in self.agreements))
        check_known("locatie", (one.host for one in self.pins), {None, *(one.id for one in self.hosts)})
        other = self.previous is not None and self.previous.season != self.id
        refuse_if(other, "Het vorige jaar is dat van een ander seizoen.")
        refuse_if(any(a >= b for a, b in self.history), "Een ontmoeting telt twee verschillende scholen, op volgorde.")

    @property
    def guide_ids(self) -> frozenset[str]:
        """The ids of all mentors that are invited."""
        return frozenset(one.id for one in self.guides)

    def hours(self, half_day: str, number: int) -> Hours:
        """Give the hours of a session of round `number` on a half-day such as `wo-nm`."""
        own = next(one for one in self.rounds if one.number == number)
        if half_day.endswith("nm"):
            return own.afternoon or self.afternoon
        return own.morning or self.morning
