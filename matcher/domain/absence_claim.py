"""Why is a mentor not at a school? The kinds of claim that say so: see `claim`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Losses = Mapping[str, int | tuple[int, ...]]
"""What each goal loses, as prices have it: positive is worse, a tuple for the places."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Mentors who left the round, with the reason that was given."""

    mentors: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reserve:
    """Mentors who stand by: only a drop-out brings them in."""

    mentors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoCapacity:
    """Mentors who help no school this year (`max_scholen` 0)."""

    mentors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forbidden:
    """An agreement forbids these mentors at this school, with the reason that was given."""

    school: str
    mentors: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Vetoed:
    """A criterion keeps a pair apart; `facts` are the numbers that it looked at."""

    school: str
    mentor: str
    criterion: str
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotFitting:
    """So many mentors of the round that the criteria keep from a school; `criteria` counts for how many each does."""

    school: str
    count: int
    criteria: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NobodyElse:
    """The round has no mentors but those of the school itself."""

    school: str


@dataclass(frozen=True, slots=True)
class SameCompany:
    """These mentors are of the company of a colleague whom the school has already."""

    school: str
    mentors: tuple[str, ...]
    colleague: str


@dataclass(frozen=True, slots=True)
class CompanyFull:
    """The company (its key) wants at most `limit` schools, and in the plan its mentors are at these."""

    company: str
    limit: int
    mentors: tuple[str, ...]
    schools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectorMissing:
    """With one of these mentors a school would have nobody from a sector that the policy asks for."""

    school: str
    mentors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoSharedHalfDay:
    """These mentors share no half-day with the school and a mentor whom it has, as the policy asks."""

    school: str
    mentors: tuple[str, ...]
    colleague: str


@dataclass(frozen=True, slots=True)
class PlacesLocked:
    """All places of a school are locked for these mentors."""

    school: str
    mentors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoomLocked:
    """All schools that a mentor wants to help are locked."""

    mentor: str
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompanyLocked:
    """All schools that a company (its key) wants to help are locked."""

    company: str
    limit: int
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColleagueLocked:
    """A colleague of a mentor is locked at the school, and a company helps a school once."""

    school: str
    mentor: str
    colleague: str


@dataclass(frozen=True, slots=True)
class AgreementsInTheWay:
    """With this pair required, the agreements and the policy's own rules leave no plan."""

    school: str
    mentor: str


@dataclass(frozen=True, slots=True)
class StandsElsewhere:
    """A mentor without room helps another school; coming from there to here would change the goals by `losses`."""

    school: str
    mentor: str
    at: str
    losses: Losses


@dataclass(frozen=True, slots=True)
class BusyElsewhere:
    """So many more mentors who fit here have no room left; the first of them by their points here."""

    school: str
    mentors: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Unproven:
    """These mentors might still come here: the search ended before the plan was proven."""

    school: str
    mentors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeededElsewhere:
    """A mentor helps these schools instead; the best plan with the mentor here loses `losses` against this plan."""

    school: str
    mentor: str
    at: tuple[str, ...]
    losses: Losses


@dataclass(frozen=True, slots=True)
class EquallyGood:
    """A plan with this pair is as good on every goal; the mentor is at these schools now."""

    school: str
    mentor: str
    at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotChosen:
    """A mentor with room stays out: the best plan with the pair loses `losses` against this plan."""

    school: str
    mentor: str
    losses: Losses


@dataclass(frozen=True, slots=True)
class AgreementsClash:
    """There is no plan: the agreements contradict."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """There is no plan: the search was stopped before there was one."""


Absence = (
    Withdrawn | Reserve | NoCapacity | Forbidden | Vetoed | NotFitting | NobodyElse | SameCompany | CompanyFull
    | SectorMissing | NoSharedHalfDay | PlacesLocked | RoomLocked | CompanyLocked | ColleagueLocked
    | AgreementsInTheWay | StandsElsewhere | BusyElsewhere | Unproven | NeededElsewhere | EquallyGood | NotChosen
    | AgreementsClash | Stopped
)  # fmt: skip
"""Why a mentor is not at a school."""
