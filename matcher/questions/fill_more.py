"""What would fill a place more? Single asks that were tried out, and a cheaper chain of them where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.domain.claim import ClaimSentence
from matcher.domain.mentor import MAX_SCHOOLS, MAX_SCHOOLS_COMPANY, Mentor
from matcher.domain.reference import sectors_of
from matcher.domain.remedy_claim import (
    Ask,
    AskCompany,
    AskMore,
    AskWider,
    FillsMore,
    FindMentor,
    LiftBan,
    LiftLock,
    PutInService,
)
from matcher.domain.school import School
from matcher.engine.calls import Ints
from matcher.engine.flow.cheapest_asks import Askable, cheapest_asks
from matcher.engine.flow.conflict import lacking, missing, with_a_way_out
from matcher.engine.flow.problem import Problem
from matcher.matching.claim_words import tell
from matcher.matching.remedy_words import ask_words, together
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import judge
from matcher.questions import possible_asks
from matcher.questions.possible_asks import Bans, Wanted

Found = dict[object, tuple[bool, int, int, str, Wanted]]

MOST_REMEDIES = 5

JUDGED_ALIKE = (AskCompany, AskMore, LiftBan, LiftLock, PutInService)
"""Asks that change nothing at which a criterion looks."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Asks that were tried: in Dutch words, how many more places they fill, and how much they take of people.

    `effort` orders remedies: minutes more, 10 for a reserve, 20 for a half-day, 25 for an agreement that goes, 30 for
    another kind of school or province, 40 for one more school, 50 for a declared conflict of interest or a mentor who
    said not to help this year, 60 for a new mentor. `claims` hold each ask, and last what they bring together.
    """

    words: str
    places: int
    effort: int
    claims: tuple[ClaimSentence, ...] = ()


@dataclass(frozen=True)
class Room:
    """What a search for remedies looks up: a round, what fits, and who could take one more school."""

    facts: Facts
    problem: Problem

    def ids(self, rows: Ints) -> tuple[str, ...]:
        """Give the ids of schools by their rows."""
        return tuple(self.facts.given.schools[row].id for row in rows.tolist())

    @cached_property
    def short(self) -> int:
        """How many places stay open in all."""
        return missing(self.problem, np.arange(len(self.facts.given.schools)))

    @cached_property
    def bans(self) -> Bans:
        """The agreements that forbid a pair."""
        return possible_asks.bans_of(self.facts.given)

    @cached_property
    def fits(self) -> frozenset[tuple[str, str]]:
        """The pairs that may be in a plan, and those of who is not asked yet."""
        given, rows, columns = self.facts.given, *np.nonzero(self.facts.verdicts.allowed)
        unasked = [self.waits(one) or self.rests(one) for one in given.mentors]
        now = zip(self.problem.school.tolist(), self.problem.mentor.tolist(), strict=True)
        later = ((row, column) for row, column in zip(rows.tolist(), columns.tolist(), strict=True) if unasked[column])
        found = {(given.schools[row].id, given.mentors[column].id) for row, column in now}
        found |= {(given.schools[row].id, given.mentors[column].id) for row, column in later} - self.bans.keys()
        return frozenset(found)

    @cached_property
    def way_out(self) -> frozenset[str]:
        """Who could take one more school if others moved."""
        flags = with_a_way_out(self.problem)
        return frozenset(one.id for one, out in zip(self.facts.given.mentors, flags.tolist(), strict=True) if out)

    def waits(self, mentor: Mentor) -> bool:
        """Tell whether a mentor stands by and does not count yet."""
        given = self.facts.given
        return mentor.status == "reserve" and not given.helps(mentor) and self._there(mentor) and mentor.max_schools > 0

    def rests(self, mentor: Mentor) -> bool:
        """Tell whether a mentor is active but helps no school this year."""
        return mentor.status == "active" and self._there(mentor) and mentor.max_schools == 0

    def _there(self, mentor: Mentor) -> bool:
        return mentor.id not in self.facts.given.withdrawn

    def ways(self, school: School, mentor: Mentor) -> Iterator[Wanted]:
        """Yield what makes a pair possible that is not, the mentor's own part aside."""
        if (school.id, mentor.id) not in self.fits:
            yield from possible_asks.ways_to_pair(self.facts, self.bans, school, mentor)

    @cached_property
    def askable(self) -> Askable:
        """What may be asked, as arrays."""
        facts, given = self.facts, self.facts.given
        keys = list(dict.fromkeys(one.company_key for one in given.mentors))
        limit = [facts.company_limit.get(key, len(given.schools) * MAX_SCHOOLS) for key in keys]
        may = [key in facts.company_limit and most < MAX_SCHOOLS_COMPANY for key, most in zip(keys, limit, strict=True)]
        pairs = list(self._pairs())
        return Askable(
            demand=self.problem.demand,
            company=np.array([keys.index(one.company_key) for one in given.mentors], dtype=np.int64),
            school=np.array([row for row, *_ in pairs], dtype=np.int64),
            mentor=np.array([column for _, column, *_ in pairs], dtype=np.int64),
            effort=np.array([effort for *_, effort, _ in pairs], dtype=np.int64),
            required=np.array([required for *_, required in pairs], dtype=np.bool_),
            room=np.array([one.max_schools if self._counts(one) else 0 for one in given.mentors], dtype=np.int64),
            room_effort=np.array(
                [possible_asks.RESERVE if self.waits(one) else 0 for one in given.mentors], dtype=np.int64
            ),
            more_effort=np.array(
                [possible_asks.effort_of_more(one) if self._more(one) else -1 for one in given.mentors]
            ),
            limit=np.array(limit, dtype=np.int64),
            limit_effort=np.array([possible_asks.MORE if one else -1 for one in may], dtype=np.int64),
        )

    def _counts(self, mentor: Mentor) -> bool:
        return self.facts.given.helps(mentor) or self.waits(mentor)

    def _more(self, mentor: Mentor) -> bool:
        return (self.facts.given.helps(mentor) or self.rests(mentor)) and mentor.max_schools < MAX_SCHOOLS

    def _pairs(self) -> Iterator[tuple[int, int, int, bool]]:
        """Yield row, column, effort, and whether an agreement requires the pair."""
        given = self.facts.given
        required = {(one.school, one.mentor) for one in given.locks if one.kind == "required"}
        for column, mentor in enumerate(given.mentors):
            if not (self._counts(mentor) or self.rests(mentor)):
                continue
            for row, school in enumerate(given.schools):
                key = school.id, mentor.id
                if key in self.fits:
                    yield row, column, possible_asks.LIFTED if key in required else 0, key in required
                    continue
                way = next(self.ways(school, mentor), None)
                if way is not None and not way.far:
                    yield row, column, way.effort, False


@dataclass(frozen=True, slots=True, eq=False)
class Needy:
    """A group of schools (rows), those that are short beside it, and how many places it lacks."""

    rows: Ints
    beside: Ints
    lacks: int

    @property
    def together(self) -> Ints:
        """The group and those beside it: what one more there frees, the group can have."""
        return np.concatenate((self.beside, self.rows))


def remedies(room: Room, group: Ints, beside: Ints, most_tries: int) -> tuple[Remedy, ...]:
    """Give what helps a group of schools (rows), the least effort first, at most five; `beside` are short as well.

    Each was tried by filling the places anew. First comes a chain of asks where no single one takes less.
    """
    needy = Needy(group, beside, lacking(room.problem, group, beside))
    found: Found = {}
    ordered = sorted(_singles(room, group), key=lambda one: (one.far, one.effort))
    for wanted in ordered[:most_tries]:
        known = sorted(found.values(), key=lambda one: one[:4])
        if len(known) >= MOST_REMEDIES and known[MOST_REMEDIES - 1][:2] < (wanted.far, wanted.effort):
            break
        _keep(found, room, needy, wanted)
    best = min(found.values(), key=lambda one: one[:4], default=None)
    bound = possible_asks.NEWCOMER * 2 if best is None or best[0] else best[1]
    if most_tries:
        chain = _chain(room, needy, bound)
        if chain is not None:
            _keep(found, room, needy, chain)
    least = sorted(found.values(), key=lambda one: one[:4])[:MOST_REMEDIES]
    return tuple(_remedy(room, needy, -fewer, wanted) for _, _, fewer, _, wanted in least)


def _keep(found: Found, room: Room, needy: Needy, wanted: Wanted) -> None:
    """Try what is asked; keep it where it helps, and of ways that differ in half-days alone the one that helps most."""
    given = possible_asks.applied(room.facts.given, wanted.asks)
    same = all(isinstance(one, JUDGED_ALIKE) for one in wanted.asks)
    problem = problem_of(Facts(given, room.facts.verdicts if same else judge(given)))
    places = room.short - missing(problem, np.arange(len(given.schools)))
    if places <= 0 or missing(problem, needy.together) >= missing(room.problem, needy.together):
        return
    key = tuple(_key(room, one) for one in wanted.asks)
    told = wanted.far, wanted.effort, -places, together(room.facts, wanted.asks), wanted
    if key not in found or told[:3] < found[key][:3]:
        found[key] = told


def _key(room: Room, one: Ask) -> object:
    """Tell asks apart: those that differ in half-days alone are one, and so are mentors who are looked for alike."""
    if isinstance(one, AskWider):
        return one.school, one.mentor
    return ask_words(room.facts, one) if isinstance(one, FindMentor) else one


def _remedy(room: Room, needy: Needy, places: int, wanted: Wanted) -> Remedy:
    fills = FillsMore(room.ids(needy.rows), places, room.ids(needy.beside))
    claims = tell(room.facts, (*wanted.asks, fills))
    return Remedy(together(room.facts, wanted.asks), places, wanted.effort, claims)


def _singles(room: Room, group: Ints) -> Iterator[Wanted]:
    """Yield all that may help and is asked of one person, one company, or of whoever made one agreement."""
    given = room.facts.given
    schools = [given.schools[row] for row in group.tolist()]
    sectors = sectors_of(given.policy)
    for school in schools:
        yield possible_asks.newcomer_for(given, school, sectors)
    companies = set()
    for mentor in given.mentors:
        near = any((school.id, mentor.id) in room.fits for school in schools)
        yield from _of_mentor(room, schools, mentor, near=near)
        if near and room.facts.company_limit.get(mentor.company_key, MAX_SCHOOLS_COMPANY) < MAX_SCHOOLS_COMPANY:
            companies.add(mentor.company_key)
    yield from (possible_asks.more_of_company(room.facts, one) for one in sorted(companies))
    yield from (
        possible_asks.without_lock(given, one.school, one.mentor) for one in given.locks if one.kind == "required"
    )


def _of_mentor(room: Room, schools: list[School], mentor: Mentor, *, near: bool) -> Iterator[Wanted]:
    """Yield what may be asked of one mentor for these schools; `near` where one of them fits."""
    given = room.facts.given
    if room.waits(mentor) or room.rests(mentor):
        first = possible_asks.in_service(mentor) if room.waits(mentor) else possible_asks.more_of(mentor)
        yield from [first] if near else []
        yield from (first + way for school in schools for way in room.ways(school, mentor))
    elif given.helps(mentor):
        yield from [possible_asks.more_of(mentor)] if near and mentor.max_schools < MAX_SCHOOLS else []
        if mentor.id in room.way_out:
            yield from (way for school in schools for way in room.ways(school, mentor))


def _chain(room: Room, needy: Needy, bound: int) -> Wanted | None:
    """Give the least that can be asked together, None where nothing takes less than `bound`."""
    askable = room.askable
    filled = int(askable.demand[needy.rows].sum()) - needy.lacks
    before = int(askable.demand[needy.beside].sum()) - missing(room.problem, needy.beside)
    rest = int(askable.demand.sum()) - room.short - filled - before
    found = cheapest_asks(askable, needy.rows, needy.beside, (filled, before, rest))
    if found is None or found.effort >= bound:
        return None
    given = room.facts.given
    keys = list(dict.fromkeys(one.company_key for one in given.mentors))
    wanted = [possible_asks.in_service(given.mentors[one]) for one in found.rooms.tolist()]
    wanted += [possible_asks.more_of(given.mentors[one]) for one in found.more.tolist()]
    wanted += [possible_asks.more_of_company(room.facts, keys[one]) for one in found.limits.tolist()]
    for pair in found.pairs.tolist():
        school, mentor = given.schools[int(askable.school[pair])], given.mentors[int(askable.mentor[pair])]
        locked = bool(askable.required[pair])
        wanted += [
            possible_asks.without_lock(given, school.id, mentor.id) if locked else next(room.ways(school, mentor))
        ]
    return sum(wanted, possible_asks.NOTHING)
