"""What is the best plan of a tiny round, found by looking at every plan there is?

A second reading of the rules and goals, in plain Python: it shares no code with the matcher.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matcher.domain.mentor import Mentor
    from matcher.domain.plan import Pair
    from matcher.domain.round import Round

    Table = Sequence[Sequence[int]]

SchoolAndMentor = tuple[int, int]
Values = dict[str, int | tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A round as bare numbers; schools and mentors count from 0.

    `capacity` is 0 for a mentor who helps nobody; `limits` holds only companies that give one. `points`
    and `minutes` hold the pairs that may be in a plan. `previous` holds the earlier pairs that count as a
    change when gone. With `shared`, two or more mentors of a school have a half-day that it shares with
    all of them; with `wished_sector`, a school with mentors has one of these. On a rerun `had` holds the schools with
    a mentor in the earlier plan, and `left` how many of theirs left; `reserve` holds the mentors who stand by.
    """

    wanted: tuple[int, ...]
    capacity: tuple[int, ...]
    company: tuple[str, ...]
    limits: Mapping[str, int]
    points: Mapping[SchoolAndMentor, int]
    minutes: Mapping[SchoolAndMentor, int]
    required: frozenset[SchoolAndMentor]
    previous: frozenset[SchoolAndMentor]
    goals: tuple[str, ...]
    shared: Mapping[SchoolAndMentor, frozenset[str]] | None = None
    wished_sector: frozenset[int] | None = None
    reserve: frozenset[int] = frozenset()
    rerun: bool = False
    had: frozenset[int] = frozenset()
    left: Mapping[int, int] = field(default_factory=dict)

    @property
    def contradictory(self) -> bool:
        """Whether a required pair is not even possible."""
        return not self.required <= self.points.keys()

    def of_school(self, school: int) -> list[int]:
        """Give the mentors that this school may get."""
        return [mentor for one, mentor in self.points if one == school]


def numbers_of(given: Round, allowed: Table, points: Table, minutes: Table) -> Numbers:
    """Take the numbers out of a round and its three tables (schools x mentors)."""
    school_at = {school.id: place for place, school in enumerate(given.schools)}
    mentor_at = {mentor.id: place for place, mentor in enumerate(given.mentors)}
    required, forbidden, overridden = (
        {(school_at[one.school], mentor_at[one.mentor]) for one in given.locks if wanted(one)}
        for wanted in (
            lambda one: one.kind == "required",
            lambda one: one.kind == "forbidden",
            lambda one: one.kind == "required" and one.override,
        )
    )
    capacity = tuple(mentor.max_schools if _takes_part(given, mentor) else 0 for mentor in given.mentors)
    possible = [
        (school, mentor)
        for school in range(len(given.schools))
        for mentor in range(len(given.mentors))
        if capacity[mentor] > 0
        and (school, mentor) not in forbidden
        and (allowed[school][mentor] or (school, mentor) in overridden)
    ]
    return Numbers(
        wanted=tuple(school.mentors_wanted for school in given.schools),
        capacity=capacity,
        company=tuple(mentor.company_key for mentor in given.mentors),
        limits=company_limits((mentor.company_key, mentor.max_schools_company) for mentor in given.mentors),
        points={pair: int(points[pair[0]][pair[1]]) for pair in possible},
        minutes={pair: int(minutes[pair[0]][pair[1]]) for pair in possible},
        required=frozenset(required),
        previous=_earlier(given, school_at, mentor_at),
        goals=given.policy.goals,
        shared=_shared_half_days(given, possible) if given.policy.share_half_day else None,
        wished_sector=_with_sector(given, set(given.policy.required_sectors))
        if given.policy.required_sectors
        else None,
        reserve=frozenset(place for place, mentor in enumerate(given.mentors) if mentor.status == "reserve"),
        rerun=given.previous is not None,
        had=frozenset(school_at[pair.school] for pair in _earlier_pairs(given) if pair.school in school_at),
        left=_left(given, school_at, mentor_at),
    )


def _left(given: Round, school_at: Mapping[str, int], mentor_at: Mapping[str, int]) -> Counter[int]:
    """Count the places of each school that a mentor left who withdrew or is not there any more."""
    return Counter(
        school_at[pair.school]
        for pair in _earlier_pairs(given)
        if pair.school in school_at and (pair.mentor not in mentor_at or pair.mentor in _gone(given))
    )


def _earlier_pairs(given: Round) -> Sequence[Pair]:
    return given.previous.pairs if given.previous else ()


def _gone(given: Round) -> set[str]:
    return {mentor.id for mentor in given.mentors if mentor.status == "withdrawn"} | set(given.withdrawn)


def _earlier(given: Round, school_at: Mapping[str, int], mentor_at: Mapping[str, int]) -> frozenset[SchoolAndMentor]:
    """Give the pairs of the previous plan that count: of schools and mentors who are still there."""
    return frozenset(
        (school_at[pair.school], mentor_at[pair.mentor])
        for pair in _earlier_pairs(given)
        if pair.school in school_at and pair.mentor in mentor_at and pair.mentor not in _gone(given)
    )


def company_limits(rows: Iterator[tuple[str, int | None]]) -> dict[str, int]:
    """Give the smallest limit that each company names, for those that name one."""
    limits: dict[str, int] = {}
    for company, limit in rows:
        if limit is not None:
            limits[company] = min(limit, limits.get(company, limit))
    return limits


def _takes_part(given: Round, mentor: Mentor) -> bool:
    if mentor.id in given.withdrawn or mentor.status == "withdrawn":
        return False
    used = given.previous is not None and {goal.name: goal.value for goal in given.previous.goals}
    stood_in = used and used.get("reserves_used") and mentor.id in {pair.mentor for pair in _earlier_pairs(given)}
    return mentor.status == "active" or (given.previous is not None and (stood_in or bool(_gone(given))))


def _with_sector(given: Round, wished: set[str]) -> frozenset[int]:
    return frozenset(place for place, mentor in enumerate(given.mentors) if wished & set(mentor.sectors))


def _shared_half_days(given: Round, possible: list[SchoolAndMentor]) -> dict[SchoolAndMentor, frozenset[str]]:
    return {
        (school, mentor): frozenset(given.schools[school].half_days) & frozenset(given.mentors[mentor].half_days)
        for school, mentor in possible
    }


def values_of(numbers: Numbers, pairs: frozenset[SchoolAndMentor]) -> Values:
    """Give what a plan reaches on every goal."""
    filled = Counter(school for school, _ in pairs)
    new = Counter(school for school, _ in pairs - numbers.previous) if numbers.rerun else Counter()
    beyond = sum(max(0, count - numbers.left.get(school, 0)) for school, count in new.items())
    return {
        "places_filled": tuple(
            sum(count > place for count in filled.values()) for place in range(max(numbers.wanted, default=0))
        ),
        "reserves_used": sum(mentor in numbers.reserve for _, mentor in pairs),
        "stranded": len(numbers.had - filled.keys()),
        "changes": len(numbers.previous - pairs) + beyond,
        "worst_pair": min((numbers.points[pair] for pair in pairs), default=1000),
        "points": sum(numbers.points[pair] for pair in pairs),
        "spread": sum(count - 1 for count in Counter(mentor for _, mentor in pairs).values()),
        "travel_minutes": sum(numbers.minutes[pair] for pair in pairs),
    }


def keeps_rules(numbers: Numbers, pairs: frozenset[SchoolAndMentor]) -> bool:
    """Tell whether a plan breaks no rule."""
    schools = Counter(school for school, _ in pairs)
    mentors = Counter(mentor for _, mentor in pairs)
    companies = Counter(numbers.company[mentor] for _, mentor in pairs)
    visits = Counter((school, numbers.company[mentor]) for school, mentor in pairs)
    return (
        numbers.required <= pairs <= numbers.points.keys()
        and all(count <= numbers.wanted[school] for school, count in schools.items())
        and all(count <= numbers.capacity[mentor] for mentor, count in mentors.items())
        and all(count <= numbers.limits.get(company, count) for company, count in companies.items())
        and all(count == 1 for count in visits.values())
        and all(_school_is_served(numbers, [pair for pair in pairs if pair[0] == school]) for school in schools)
    )


def _school_is_served(numbers: Numbers, pairs: list[SchoolAndMentor]) -> bool:
    """Tell whether the policy's extra rules hold for one school's pairs."""
    if numbers.shared is not None and len(pairs) > 1 and not frozenset.intersection(*map(numbers.shared.get, pairs)):
        return False
    return numbers.wished_sector is None or any(mentor in numbers.wished_sector for _, mentor in pairs)


def best_by_enumeration(numbers: Numbers) -> Values | None:
    """Give the best value of every goal, in the policy's order; None where no plan keeps the rules."""
    best: Values | None = None
    for pairs in every_plan(numbers):
        if keeps_rules(numbers, pairs):
            found = values_of(numbers, pairs)
            if best is None or _rank(found, numbers.goals) > _rank(best, numbers.goals):
                best = found
    return best


def _rank(values: Values, goals: tuple[str, ...]) -> tuple[object, ...]:
    """Order values so that higher is better."""
    more = ("places_filled", "worst_pair", "points")
    return tuple(values[goal] if goal in more else -values[goal] for goal in goals)  # type: ignore[operator]


def every_plan(numbers: Numbers) -> Iterator[frozenset[SchoolAndMentor]]:
    """Give every choice of at most the wanted mentors per school that asks no mentor too often."""

    def extend(school: int, taken: tuple[SchoolAndMentor, ...]) -> Iterator[frozenset[SchoolAndMentor]]:
        if school == len(numbers.wanted):
            yield frozenset(taken)
            return
        load = Counter(mentor for _, mentor in taken)
        free = [mentor for mentor in numbers.of_school(school) if load[mentor] < numbers.capacity[mentor]]
        for size in range(numbers.wanted[school] + 1):
            for chosen in combinations(free, size):
                yield from extend(school + 1, (*taken, *((school, mentor) for mentor in chosen)))

    yield from extend(0, ())
