"""What is a school, and what is a mentor? Each field of both, checked when the value is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from matcher.domain.errors import InvalidValueError
from matcher.domain.policy import MAX_MINUTES
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

    from matcher.domain.position import Position


Status = Literal["active", "reserve", "withdrawn"]


MAX_MENTORS_WANTED = 3


MAX_SCHOOLS = 5


def check_subset(what: str, values: Iterable[object], known: Collection[object]) -> None:
    """Refuse a value that is not in a closed list; raises InvalidValueError."""
    unknown = [value for value in values if value not in known]
    if unknown:
        message = f"{what}: {unknown[0]} is niet gekend."
        raise InvalidValueError(message)


def check_range(what: str, value: int, low: int, high: int) -> None:
    """Refuse a number outside its range, both ends included; raises InvalidValueError."""
    if not low <= value <= high:
        message = f"{what} is {value}; het moet tussen {low} en {high} liggen."
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
        check_subset("provincie", [self.province], PROVINCES)
        check_subset("onderwijsvorm", self.school_types, SCHOOL_TYPES)
        check_subset("finaliteit", self.finalities, FINALITIES)
        check_subset("richting", self.fields, FIELDS)
        check_subset("halve dag", self.half_days, HALF_DAYS)
        check_subset("criterium", self.baseline, LABEL_CRITERIA)
        check_range(f"aantal mentoren van {self.id}", self.mentors_wanted, 1, MAX_MENTORS_WANTED)
        for criterion, rating in self.baseline.items():
            check_range(f"nulmeting {criterion} van {self.id}", rating, 0, HIGHEST_RATING)


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
        check_subset("provincie", (self.province, *self.provinces), PROVINCES)
        check_subset("onderwijsvorm", self.school_types, SCHOOL_TYPES)
        check_subset("halve dag", self.half_days, HALF_DAYS)
        check_subset("aanbod", self.offer, ELEMENTS)
        check_subset("status", [self.status], ("active", "reserve", "withdrawn"))
        check_range(f"max. scholen van {self.id}", self.max_schools, 0, MAX_SCHOOLS)
        if self.max_minutes is not None:
            check_range(f"max. reistijd van {self.id}", self.max_minutes, 1, MAX_MINUTES)

    @property
    def name(self) -> str:
        """First and last name, or the id where no name is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.id
