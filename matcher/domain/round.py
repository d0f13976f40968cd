"""What goes into a matching round? Schools, mentors, agreements, a policy, and on a rerun the previous plan.

A round is called `given` in code, because `round` is a builtin.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from matcher.domain.errors import InvalidValueError
from matcher.domain.policy import MAX_MINUTES, Policy
from matcher.domain.vocabulary import (
    ELEMENTS,
    FIELDS,
    FINALITIES,
    HALF_DAYS,
    HIGHEST_RATING,
    LABEL_CRITERIA,
    PROVINCES,
    SCHOOL_TYPES,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from matcher.domain.plan import Plan
    from matcher.domain.travel import RoadTimes

Status = Literal["active", "reserve", "withdrawn"]
LockKind = Literal["required", "forbidden"]

MAX_MENTORS_WANTED = 3
MAX_SCHOOLS = 5


def _check_subset(what: str, values: Iterable[object], known: Collection[object]) -> None:
    unknown = [value for value in values if value not in known]
    if unknown:
        message = f"{what}: {unknown[0]} is niet gekend."
        raise InvalidValueError(message)


def _check_range(what: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        message = f"{what} is {value}; het moet tussen {low} en {high} liggen."
        raise InvalidValueError(message)


@dataclass(frozen=True, slots=True)
class Position:
    """A place on earth in WGS84 degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Refuse what is not on earth; raise InvalidValueError."""
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):  # noqa: PLR2004
            message = f"{self.latitude}, {self.longitude} ligt niet op aarde."
            raise InvalidValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school of the cohort and what it asks for.

    Tuples are in the order of their vocabulary and hold no doubles. `baseline` maps a label criterion
    (`1.1`) to its rating 0-4 and may be partial; empty where the school was not measured. `not_with`
    holds mentor ids and company keys. `extra` holds the columns of criteria that have no field here.
    """

    id: str
    name: str
    postcode: str
    municipality: str
    province: str
    position: Position
    school_types: tuple[str, ...]
    fields: tuple[str, ...]
    half_days: tuple[str, ...]
    chamber: str = ""
    finalities: tuple[str, ...] = ()
    mentors_wanted: int = 1
    not_with: tuple[str, ...] = ()
    baseline: Mapping[str, int] = field(default_factory=dict)
    street: str = ""
    contact: str = ""
    email: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a school that no cohort can hold; raise InvalidValueError."""
        if not self.id:
            message = "Een school heeft een schoolnummer nodig."
            raise InvalidValueError(message)
        _check_subset("provincie", [self.province], PROVINCES)
        _check_subset("onderwijsvorm", self.school_types, SCHOOL_TYPES)
        _check_subset("finaliteit", self.finalities, FINALITIES)
        _check_subset("richting", self.fields, FIELDS)
        _check_subset("halve dag", self.half_days, HALF_DAYS)
        _check_subset("criterium", self.baseline, LABEL_CRITERIA)
        _check_range(f"aantal mentoren van {self.id}", self.mentors_wanted, 1, MAX_MENTORS_WANTED)
        for criterion, rating in self.baseline.items():
            _check_range(f"nulmeting {criterion} van {self.id}", rating, 0, HIGHEST_RATING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor:
    """A company leader who offers help.

    `company_key` is what makes two mentors colleagues: the enterprise number, else the normalised name.
    `provinces` and `school_types` are those the mentor serves; empty means all. `max_minutes` is the
    travel limit one way, None for the policy's. `offer` holds key elements of the label (1-7);
    `not_with` school ids. A `reserve` mentor stands by; a `withdrawn` one helps nobody.
    """

    id: str
    company: str
    company_key: str
    sectors: tuple[str, ...]
    postcode: str
    municipality: str
    province: str
    position: Position
    half_days: tuple[str, ...]
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    company_number: str = ""
    provinces: tuple[str, ...] = ()
    max_minutes: int | None = None
    school_types: tuple[str, ...] = ()
    max_schools: int = 1
    max_schools_company: int | None = None
    offer: tuple[int, ...] = ()
    not_with: tuple[str, ...] = ()
    status: Status = "active"
    extra: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a mentor that no cohort can hold; raise InvalidValueError."""
        if not (self.id and self.company_key):
            message = "Een mentor heeft een mentornummer en een bedrijf nodig."
            raise InvalidValueError(message)
        _check_subset("provincie", (self.province, *self.provinces), PROVINCES)
        _check_subset("onderwijsvorm", self.school_types, SCHOOL_TYPES)
        _check_subset("halve dag", self.half_days, HALF_DAYS)
        _check_subset("aanbod", self.offer, ELEMENTS)
        _check_subset("status", [self.status], ("active", "reserve", "withdrawn"))
        _check_range(f"max. scholen van {self.id}", self.max_schools, 0, MAX_SCHOOLS)
        if self.max_minutes is not None:
            _check_range(f"max. reistijd van {self.id}", self.max_minutes, 1, MAX_MINUTES)

    @property
    def name(self) -> str:
        """First and last name, or the id where no name is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass(frozen=True, slots=True)
class Lock:
    """An agreement that a pair must (`required`) or may not (`forbidden`) be in the plan.

    `override` lets a required pair stand against a criterion's veto; it needs a reason.
    """

    school: str
    mentor: str
    kind: LockKind
    reason: str = ""
    override: bool = False


def _check_unique(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            message = f"{what} {one} komt twee keer voor."
            raise InvalidValueError(message)
        seen.add(one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """All that a matching round needs; schools and mentors stand in the order of their ids.

    `previous` is the published plan on a rerun; `withdrawn` maps mentors who left since to the reason.
    `roads` holds real road times where a routing server gave them. Ids named by locks and withdrawals
    must exist; raises InvalidValueError otherwise.
    """

    schools: tuple[School, ...]
    mentors: tuple[Mentor, ...]
    locks: tuple[Lock, ...] = ()
    policy: Policy = field(default_factory=Policy)
    previous: Plan | None = None
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    roads: RoadTimes | None = None

    def __post_init__(self) -> None:
        """Put rows in the order of their ids, so that no answer depends on the order of a file."""
        object.__setattr__(self, "schools", tuple(sorted(self.schools, key=lambda school: school.id)))
        object.__setattr__(self, "mentors", tuple(sorted(self.mentors, key=lambda mentor: mentor.id)))
        object.__setattr__(
            self,
            "locks",
            tuple(sorted(set(self.locks), key=lambda lock: (lock.school, lock.mentor, lock.kind))),
        )
        _check_unique("school", (school.id for school in self.schools))
        _check_unique("mentor", (mentor.id for mentor in self.mentors))
        _check_subset("school", (lock.school for lock in self.locks), {school.id for school in self.schools})
        _check_subset("mentor", (lock.mentor for lock in self.locks), {mentor.id for mentor in self.mentors})
        _check_subset("mentor", self.withdrawn, {mentor.id for mentor in self.mentors})

    def helps(self, mentor: Mentor) -> bool:
        """Tell whether a mentor takes part: active, not withdrawn, and with room for a school."""
        return mentor.status == "active" and mentor.max_schools > 0 and mentor.id not in self.withdrawn
