"""Why can't the agreements hold together? The kinds of claim that say so: see `claim`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class BothWays:
    """A pair is required and forbidden at once."""

    school: str
    mentor: str


@dataclass(frozen=True, slots=True)
class LockedAway:
    """A pair is required of a mentor who takes no part: stands by, left, or helps no school this year."""

    school: str
    mentor: str
    why: Literal["reserve", "withdrawn", "no_school"]


@dataclass(frozen=True, slots=True)
class LockedUnfit:
    """A pair is required that criteria keep apart, and the agreement does not set them aside."""

    school: str
    mentor: str


@dataclass(frozen=True, slots=True)
class TooManyLocked:
    """One pair more is required than a school, a mentor or a company (its key) has room for: `limit`.

    `schools` and `mentors` are those of the pairs, in the same order.
    """

    of: Literal["school", "mentor", "company"]
    who: str
    limit: int
    schools: tuple[str, ...]
    mentors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColleaguesLocked:
    """Two mentors of one company are required at a school, and a company helps a school once."""

    school: str
    mentors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulesBroken:
    """These agreements (`lock_kinds` of each) leave no plan with the policy's own `rules`; without any one there is."""

    schools: tuple[str, ...]
    mentors: tuple[str, ...]
    lock_kinds: tuple[str, ...]
    rules: tuple[str, ...]


Clash = BothWays | LockedAway | LockedUnfit | TooManyLocked | ColleaguesLocked | RulesBroken
"""Why there is no plan."""
