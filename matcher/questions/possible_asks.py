"""What may be asked of people so that a pair becomes possible, what does it take, and how does the round look then?

Effort orders remedies by what a coordinator would ask first. A drive that is more than half as long again as the
mentor's limit comes after all others: nobody would ask for it first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

from matcher.criteria.conflict_of_interest import undeclared
from matcher.domain.lock import Lock
from matcher.domain.mentor import Mentor
from matcher.domain.policy import MAX_MINUTES
from matcher.domain.remedy_claim import (
    Ask,
    AskCompany,
    AskMore,
    AskWider,
    FindMentor,
    LiftBan,
    LiftLock,
    LiftNotWith,
    PutInService,
)
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.vocabulary import HALF_DAYS
from matcher.matching.rules import Facts

Bans = Mapping[tuple[str, str], Lock]

RESERVE: Final = 10
HALF_DAY: Final = 20
LIFTED: Final = 25
WIDER: Final = 30
MORE: Final = 40
DECLARED: Final = 50
NEWCOMER: Final = 60

NEW_ID: Final = "nieuwe-mentor"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked together, and its effort; `far` where a drive is more than half as long again as the limit."""

    asks: tuple[Ask, ...]
    effort: int
    far: bool = False

    def __add__(self, other: Wanted) -> Wanted:
        """Ask both."""
        return Wanted((*self.asks, *other.asks), self.effort + other.effort, self.far or other.far)


NOTHING: Final = Wanted((), 0)


def bans_of(given: Round) -> Bans:
    """Give the agreements that forbid a pair, by school and mentor."""
    return {(one.school, one.mentor): one for one in given.locks if one.kind == "forbidden"}


def ways_to_pair(
    facts: Facts, bans: Mapping[tuple[str, str], Lock], school: School, mentor: Mentor
) -> Iterator[Wanted]:
    """Yield all ways to make a pair possible, as cheap as each other; none where nothing helps, or nothing is needed.

    Ways differ in the half-days alone. That the mentor takes part, and has room, is not looked at.
    """
    given, ban = facts.given, bans.get((school.id, mentor.id))
    cell = facts.row[school.id], facts.column[mentor.id]
    free = NOTHING if ban is None else Wanted((LiftBan(school.id, mentor.id, ban.reason),), LIFTED)
    if facts.verdicts.allowed[cell]:
        yield from [free] if free.asks else []
        return
    let_through = undeclared(school, mentor)
    by_school, by_mentor = (let_through[0].not_with != school.not_with, let_through[1].not_with != mentor.not_with)
    if by_school or by_mentor:
        free += Wanted((LiftNotWith(school.id, mentor.id, by_mentor=by_mentor, by_school=by_school),), DECLARED)
    for wider in _widenings(given, school, mentor, int(facts.verdicts.minutes[cell])):
        yield free + wider


def _widenings(given: Round, school: School, mentor: Mentor, minutes: int) -> Iterator[Wanted]:
    """Yield what more a mentor must do for the criteria other than a declared conflict of interest."""
    common = len(set(school.half_days) & set(mentor.half_days))
    missing = max(0, given.policy.min_half_days - common)
    limit = mentor.max_minutes or given.policy.max_minutes
    if minutes > MAX_MINUTES and minutes > limit:
        return
    longer = minutes if minutes > limit else 0
    provinces = (school.province,) if mentor.provinces and school.province not in mentor.provinces else ()
    refused = mentor.school_types and not set(mentor.school_types) & set(school.school_types)
    types = school.school_types if refused else ()
    effort = HALF_DAY * missing + (minutes - limit if longer else 0) + WIDER * (bool(provinces) + bool(types))
    far = 2 * longer > 3 * limit
    for half_days in combinations([one for one in school.half_days if one not in mentor.half_days], missing):
        wide = AskWider(school.id, mentor.id, half_days, longer, provinces, types, far)
        yield Wanted((wide,), effort, far) if effort else NOTHING


def newcomer_for(given: Round, school: School, sectors: Iterable[Any]) -> Wanted:
    """Look for a mentor next door, from the sector that fits best and of whom the cohort has fewest."""

    def fit(sector: Any) -> tuple[int, int, str]:  # noqa: ANN401 - a sector of the table
        has = sum(sector.code in mentor.sectors for mentor in given.mentors)
        return -max(sector.fits.get(one, 0) for one in school.fields), has, sector.code

    return Wanted((FindMentor(school.id, min(sectors, key=fit).code),), NEWCOMER)


def more_of(mentor: Mentor) -> Wanted:
    """Ask for one school more."""
    return Wanted((AskMore(mentor.id, mentor.max_schools + 1),), effort_of_more(mentor))


def effort_of_more(mentor: Mentor) -> int:
    """Give what one school more takes of a mentor: rather more of who said not to help this year."""
    return MORE if mentor.max_schools else DECLARED


def more_of_company(facts: Facts, company: str) -> Wanted:
    """Ask a company for one school more."""
    return Wanted((AskCompany(company, facts.company_limit[company] + 1),), MORE)


def in_service(mentor: Mentor) -> Wanted:
    """Put a reserve in service."""
    return Wanted((PutInService(mentor.id),), RESERVE)


def without_lock(given: Round, school: str, mentor: str) -> Wanted:
    """Let a required pair go."""
    reason = next(o.reason for o in given.locks if (o.school, o.mentor, o.kind) == (school, mentor, "required"))
    return Wanted((LiftLock(school, mentor, reason),), LIFTED)


def applied(given: Round, asks: Iterable[Ask]) -> Round:
    """Give the round as it would be."""
    for one in asks:
        given = CHANGES[type(one)](given, one)
    return given


def _wider(given: Round, one: AskWider) -> Round:
    mentor = _mentor(given, one.mentor)
    changed = replace(
        mentor,
        half_days=tuple(half for half in HALF_DAYS if half in (*mentor.half_days, *one.half_days)),
        max_minutes=one.max_minutes or mentor.max_minutes,
        provinces=(*mentor.provinces, *one.provinces),
        school_types=(*mentor.school_types, *one.school_types),
    )
    return _with(given, changed)


def _company(given: Round, one: AskCompany) -> Round:
    def raised(mentor: Mentor) -> Mentor:
        limit = mentor.max_schools_company
        low = mentor.company_key == one.company and limit is not None and limit < one.schools
        return replace(mentor, max_schools_company=one.schools) if low else mentor

    return replace(given, mentors=tuple(raised(mentor) for mentor in given.mentors))


def _without(given: Round, school: str, mentor: str, kind: str) -> Round:
    same = (school, mentor, kind)
    return replace(given, locks=tuple(lock for lock in given.locks if (lock.school, lock.mentor, lock.kind) != same))


def _let_through(given: Round, one: LiftNotWith) -> Round:
    school, mentor = undeclared(
        next(each for each in given.schools if each.id == one.school), _mentor(given, one.mentor)
    )
    schools = tuple(school if each.id == school.id else each for each in given.schools)
    return replace(_with(given, mentor), schools=schools)


def _newcomer(given: Round, one: FindMentor) -> Round:
    school = next(each for each in given.schools if each.id == one.school)
    new = Mentor(
        id=NEW_ID,
        company="nieuw bedrijf",
        company_key=NEW_ID,
        sectors=(one.sector,),
        postcode=school.postcode,
        municipality=school.municipality,
        province=school.province,
        position=school.position,
        half_days=HALF_DAYS,
    )
    return replace(given, mentors=(*given.mentors, new))


def _mentor(given: Round, mentor: str) -> Mentor:
    return next(one for one in given.mentors if one.id == mentor)


def _with(given: Round, mentor: Mentor) -> Round:
    return replace(given, mentors=tuple(mentor if one.id == mentor.id else one for one in given.mentors))


CHANGES: Final[dict[type, Callable[[Round, Any], Round]]] = {
    AskWider: _wider,
    AskMore: lambda given, one: _with(given, replace(_mentor(given, one.mentor), max_schools=one.schools)),
    AskCompany: _company,
    PutInService: lambda given, one: _with(given, replace(_mentor(given, one.mentor), status="active")),
    LiftBan: lambda given, one: _without(given, one.school, one.mentor, "forbidden"),
    LiftLock: lambda given, one: _without(given, one.school, one.mentor, "required"),
    LiftNotWith: _let_through,
    FindMentor: _newcomer,
}
"""What each kind of ask changes in the data."""
