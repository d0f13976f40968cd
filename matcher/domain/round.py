"""What goes into a matching round? Schools, mentors, agreements, a policy, and on a rerun the previous plan.

A round is called `given` in code, because `round` is a builtin.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from matcher.domain.errors import InvalidValueError
from matcher.domain.lock import Lock
from matcher.domain.mentor import Mentor
from matcher.domain.plan import Plan
from matcher.domain.policy import Policy
from matcher.domain.school import School
from matcher.domain.travel import RoadTimes

NO_REASON: Final = "uitgevallen"
"""What rounds hold in the place of a reason that was not told."""


def _check_unique(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            message = f"{what} {one} komt twee keer voor."
            raise InvalidValueError(message)
        seen.add(one)


def _check_subset(what: str, values: Iterable[str], known: Collection[str]) -> None:
    for one in values:
        if one not in known:
            raise InvalidValueError(f"{what}: {one} is niet gekend.")


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

    def left_because(self, mentor: str) -> str:
        """Give the reason why a mentor left, empty where none was told."""
        told = self.withdrawn.get(mentor, "")
        return "" if told == NO_REASON else told

    def helps(self, mentor: Mentor) -> bool:
        """Tell whether a mentor takes part: active, not withdrawn, and with room for a school."""
        return mentor.status == "active" and mentor.max_schools > 0 and mentor.id not in self.withdrawn
