"""What goes into a matching round? Schools, mentors, agreements, a policy, and on a rerun the previous plan.

A round is called `given` in code, because `round` is a builtin.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from matcher.domain.errors import InvalidValueError
from matcher.domain.lock import Lock
from matcher.domain.mentor import Mentor
from matcher.domain.older_documents import LATER
from matcher.domain.plan import Plan
from matcher.domain.policy import Policy, without_later_goals
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
    `roads` holds real road times where a routing server gave them. `activated` are mentors who stood in reserve and
    were put in service by hand: they are active. `resting` are required agreements of mentors who left. Ids named
    by locks and withdrawals must exist; raises InvalidValueError otherwise.
    """

    schools: tuple[School, ...]
    mentors: tuple[Mentor, ...]
    locks: tuple[Lock, ...] = ()
    policy: Policy = field(default_factory=Policy)
    previous: Plan | None = None
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    roads: RoadTimes | None = None
    activated: tuple[str, ...] = field(default=(), metadata=LATER)
    resting: tuple[Lock, ...] = field(default=(), metadata=LATER)

    def __post_init__(self) -> None:
        """Put rows in the order of their ids, so that no answer depends on the order of a file."""
        object.__setattr__(self, "schools", tuple(sorted(self.schools, key=lambda school: school.id)))
        mentors = (replace(one, status="active") if self._in_service(one) else one for one in self.mentors)
        object.__setattr__(self, "mentors", tuple(sorted(mentors, key=lambda mentor: mentor.id)))
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

    def _in_service(self, mentor: Mentor) -> bool:
        return mentor.status == "reserve" and mentor.id in self.activated

    def left_because(self, mentor: str) -> str:
        """Give the reason why a mentor left, empty where none was told."""
        told = self.withdrawn.get(mentor, "")
        return "" if told == NO_REASON else told

    def as_then(self, policy: Policy) -> Round:
        """Give the round without the goals that an older policy did not know, so that its plans can be told by it."""
        goals = without_later_goals(self.policy.goals, policy.goals)
        return self if goals == self.policy.goals else replace(self, policy=replace(self.policy, goals=goals))

    @property
    def reserves_help(self) -> bool:
        """Whether reserves count: on a rerun where somebody dropped out. Older orders of goals knew no reserves."""
        if self.previous is None or "reserves_used" not in self.policy.goals:
            return False
        return bool(self.withdrawn) or any(one.status == "withdrawn" for one in self.mentors)

    def helps(self, mentor: Mentor) -> bool:
        """Tell whether a mentor takes part: active or a reserve who counts, not withdrawn, and with room."""
        if mentor.max_schools < 1 or mentor.id in self.withdrawn:
            return False
        return mentor.status == "active" or (mentor.status == "reserve" and self._stands_in(mentor))

    def _stands_in(self, mentor: Mentor) -> bool:
        """Tell whether a reserve may help: after a drop-out, or because the previous plan used them after one."""
        if self.reserves_help:
            return True
        if self.previous is None or not self.previous.uses_reserves:
            return False
        return any(pair.mentor == mentor.id for pair in self.previous.pairs)
