"""Which schools share too few mentors, and what would help? In words, with remedies that were tried out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from matcher.domain.mentor import MAX_SCHOOLS, Mentor
from matcher.domain.reference import sectors_of
from matcher.domain.vocabulary import FIELDS, HALF_DAYS
from matcher.engine.flow.conflict import missing, shortage_groups
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import judge, objections
from matcher.questions.remedies import single_changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.domain.round import Round
    from matcher.domain.school import School
    from matcher.matching.verdicts import Verdicts

MOST_TRIES = 300
MORE_EFFORT, NEW_EFFORT = 40, 60
MOST_REMEDIES = 5


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that was tried: how many more places it fills, in Dutch words, and how much it asks of people.

    `effort` orders remedies: minutes more, 20 for a half-day, 30 for another kind of school or province, 40
    for one more school, 60 for a new mentor.
    """

    words: str
    places: int
    effort: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """A smallest group of schools (ids) that ask more places than their possible mentors (ids) can fill."""

    schools: tuple[str, ...]
    mentors: tuple[str, ...]
    asked: int
    filled: int
    sentence: str
    remedies: tuple[Remedy, ...]


def shortages(given: Round, verdicts: Verdicts | None = None, *, most_tries: int = MOST_TRIES) -> tuple[Shortage, ...]:
    """Find every group of schools that can't all be served, before a plan or after; no plan is needed.

    At most `most_tries` remedies are tried for a group, and never more than 300.
    """
    most_tries = min(most_tries, MOST_TRIES)
    facts = Facts(given, judge(given) if verdicts is None else verdicts)
    problem = problem_of(facts)
    found = []
    for group in shortage_groups(problem):
        schools = [given.schools[row] for row in group.tolist()]
        columns = np.unique(problem.mentor[np.isin(problem.school, group)])
        mentors = [given.mentors[column] for column in columns.tolist()]
        asked = sum(school.mentors_wanted for school in schools)
        filled = asked - missing(problem, group)
        remedies = tuple(_remedies(facts, schools, missing(problem, group), most_tries))
        sentence = _sentence(schools, mentors, asked, filled)
        ids = tuple(school.id for school in schools), tuple(mentor.id for mentor in mentors)
        found.append(Shortage(*ids, asked, filled, sentence, remedies))
    return tuple(found)


def places_short(given: Round, verdicts: Verdicts | None = None) -> int:
    """Give how many places stay open whatever the plan: at least what the groups of `shortages` lack together.

    Those groups share no school, so a mentor whom two of them need is counted for both.
    """
    return _all_missing(Facts(given, judge(given) if verdicts is None else verdicts))


def unmatchable(given: Round, verdicts: Verdicts | None = None) -> tuple[tuple[str, str], ...]:
    """Give every mentor (id) who takes part and fits no school of the round, each with a Dutch sentence."""
    allowed = (judge(given) if verdicts is None else verdicts).allowed
    return tuple(
        (mentor.id, f"{mentor.name} kan bij geen enkele school van deze ronde.")
        for column, mentor in enumerate(given.mentors)
        if given.schools and given.helps(mentor) and not allowed[:, column].any()
    )


def _sentence(schools: list[School], mentors: list[Mentor], asked: int, filled: int) -> str:
    names = ", ".join(school.name for school in schools)
    provinces = sorted({school.province for school in schools})
    where = f" in {provinces[0]}" if len(provinces) == 1 else ""
    helped = ", ".join(mentor.name for mentor in mentors)
    if not mentors:
        return f"Voor {names}{where} is er geen enkele mentor die kan."
    if len(schools) == 1:
        return f"{names}{where} vraagt {asked} mentoren; er is er maar plaats voor {filled} ({helped})."
    places = "één plaats" if filled == 1 else f"{filled} plaatsen"
    return f"{len(schools)} scholen{where} ({names}) vragen samen {asked} mentoren en delen {places} ({helped})."


def _remedies(facts: Facts, schools: list[School], short: int, most_tries: int) -> list[Remedy]:
    """Try changes by solving the places anew; the ones that help, least effort first."""
    tried: dict[str, Remedy] = {}
    for number, (words, effort, given) in enumerate(_ideas(facts, schools)):
        if number >= most_tries:
            break
        changed = Facts(given, judge(given))
        rows = np.array([changed.row[school.id] for school in schools])
        gained = short - missing(problem_of(changed), rows)
        total = _all_missing(facts) - _all_missing(changed)
        if gained > 0 and total > 0:
            tried.setdefault(words, Remedy(words, total, effort))
    return sorted(tried.values(), key=lambda one: (one.effort, -one.places))[:MOST_REMEDIES]


def _all_missing(facts: Facts) -> int:
    return missing(problem_of(facts), np.arange(len(facts.given.schools)))


def _ideas(facts: Facts, schools: list[School]) -> Iterator[tuple[str, int, Round]]:
    """Yield changed rounds, with words and effort: a new mentor, one school more, what a mentor could do more."""
    given = facts.given
    for school in schools:
        yield _new_mentor(given, school)
    for mentor in given.mentors:
        near = (facts.verdicts.allowed[facts.row[one.id], facts.column[mentor.id]] for one in schools)
        if given.helps(mentor) and any(near):
            more = replace(mentor, max_schools=min(MAX_SCHOOLS, mentor.max_schools + 1))
            yield f"als {mentor.name} één school meer begeleidt", MORE_EFFORT, _with(given, more)
    for school in schools:
        for mentor in given.mentors:
            cell = facts.row[school.id], facts.column[mentor.id]
            minutes = int(facts.verdicts.minutes[cell])
            if given.helps(mentor) and not facts.verdicts.allowed[cell]:
                for change in single_changes(given, school, mentor, minutes):
                    if not objections(given, school, change.mentor, minutes):
                        yield f"{school.name}: {change.words}", change.effort, _with(given, change.mentor)


def _new_mentor(given: Round, school: School) -> tuple[str, int, Round]:
    """Imagine a mentor next door from the sector that fits best and of whom the cohort has fewest."""

    def fit(code: str) -> tuple[int, int, str]:
        sector = next(one for one in sectors_of(given.policy) if one.code == code)
        has = sum(code in mentor.sectors for mentor in given.mentors)
        return -max(sector.fits.get(one, 0) for one in school.fields), has, code

    code = min((one.code for one in sectors_of(given.policy)), key=fit)
    name = next(one.name for one in sectors_of(given.policy) if one.code == code)
    newcomer = Mentor(
        id="nieuwe-mentor",
        company="nieuw bedrijf",
        company_key="nieuwe-mentor",
        sectors=(code,),
        postcode=school.postcode,
        municipality=school.municipality,
        province=school.province,
        position=school.position,
        half_days=HALF_DAYS,
    )
    fields = ", ".join(FIELDS[one] for one in school.fields)
    words = f"zoek één mentor uit {name.lower()} rond {school.municipality} (past bij {fields})"
    return words, NEW_EFFORT, replace(given, mentors=(*given.mentors, newcomer))


def _with(given: Round, mentor: Mentor) -> Round:
    return replace(given, mentors=tuple(mentor if one.id == mentor.id else one for one in given.mentors))
