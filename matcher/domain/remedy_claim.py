"""Where do places stay open whatever the plan, and what would fill one? The kinds of claim that say so: see `claim`.

What is asked of somebody (`AskWider` to `FindMentor`) is a change of the data that is proposed; `FillsMore` tells what
the changes that are told with it bring together. Agreements are kept; rules that a policy adds are left aside.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShortOf:
    """These schools ask for `asked` mentors; of all who can come, `mentors`, they get at most `filled`.

    `beside` are schools that are short themselves, and what they need is not there for these; empty where these are as
    short without them.
    """

    schools: tuple[str, ...]
    mentors: tuple[str, ...]
    asked: int
    filled: int
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskWider:
    """A mentor could go to a school with this much more; what is empty or 0 stays as it is.

    `far`: the drive is more than half as long again as the mentor's limit.
    """

    school: str
    mentor: str
    half_days: tuple[str, ...] = ()
    max_minutes: int = 0
    provinces: tuple[str, ...] = ()
    school_types: tuple[str, ...] = ()
    far: bool = False


@dataclass(frozen=True, slots=True)
class AskMore:
    """A mentor would help so many schools: one more than now."""

    mentor: str
    schools: int


@dataclass(frozen=True, slots=True)
class AskCompany:
    """A company (its key) would send mentors to so many schools: one more than now."""

    company: str
    schools: int


@dataclass(frozen=True, slots=True)
class PutInService:
    """A mentor who stands by would help."""

    mentor: str


@dataclass(frozen=True, slots=True)
class LiftBan:
    """The agreement that forbids a pair would go, with the reason that was given."""

    school: str
    mentor: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LiftLock:
    """The agreement that requires a pair would go, with the reason that was given."""

    school: str
    mentor: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LiftNotWith:
    """A pair that a mentor, a school or both declared (`niet_met`) would be let through."""

    school: str
    mentor: str
    by_mentor: bool
    by_school: bool


@dataclass(frozen=True, slots=True)
class FindMentor:
    """Somebody new from a sector (its code) who lives near a school and is free on every half-day."""

    school: str
    sector: str


@dataclass(frozen=True, slots=True)
class FillsMore:
    """With what is asked, `places` more can be filled in the round, and at least one more of these schools.

    Those `beside` them (see `ShortOf`) need get no fewer than now.
    """

    schools: tuple[str, ...]
    places: int
    beside: tuple[str, ...] = ()


Ask = AskWider | AskMore | AskCompany | PutInService | LiftBan | LiftLock | LiftNotWith | FindMentor
"""What may be asked of people so that a place is filled."""

Short = ShortOf | Ask | FillsMore
"""What is said where places stay open whatever the plan."""
