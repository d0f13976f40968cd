"""Which cohorts have agreements that contradict? Each of a kind, made of any small cohort."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from matcher.domain.lock import Lock
from tests.claim_cohorts import a_cohort
from tests.claim_world import World

if TYPE_CHECKING:
    from matcher.domain.mentor import Mentor
    from matcher.domain.round import Round
    from matcher.domain.school import School

QUARRELS = ("both", "away", "unfit", "school", "mentor", "company", "colleagues", "halves", "sector")


def a_quarrel(seed: int) -> Round:
    """Make a cohort whose agreements contradict in one of nine ways; another contradiction may be smaller."""
    dice, what = Random(f"quarrel {seed}"), QUARRELS[seed % len(QUARRELS)]  # noqa: S311
    given = replace(a_cohort(seed), locks=(), withdrawn={}, previous=None, activated=(), resting=())
    while len(given.mentors) < 3:
        given = replace(given, mentors=(*given.mentors, replace(given.mentors[0], id=f"X{len(given.mentors)}")))
    schools, mentors = dice.sample(given.schools, 2), dice.sample(given.mentors, 3)
    free = {"share_half_day": False, "required_sectors": ()}
    given = replace(given, policy=replace(given.policy, **free))
    if what == "unfit":
        return _with_one_unfit(given, dice)
    wide = {"status": "active", "max_schools": 3, "max_schools_company": None, "not_with": ()}
    mentors = [_suiting(replace(one, company_key=one.id, company=one.id, **wide), schools) for one in mentors]
    schools = [replace(one, not_with=(), mentors_wanted=2) for one in schools]
    return _quarrelling(given, what, schools, mentors, dice)


def _suiting(mentor: Mentor, schools: list[School]) -> Mentor:
    halves = tuple(sorted({half for one in schools for half in one.half_days}))
    return replace(mentor, provinces=(), school_types=(), max_minutes=240, half_days=halves)


def _quarrelling(given: Round, what: str, schools: list[School], mentors: list[Mentor], dice: Random) -> Round:
    one, two, three = mentors
    pairs = [(schools[0], one)]
    if what == "away":
        gone = {"status": dice.choice(("reserve", "withdrawn"))} if dice.random() < 0.7 else {"max_schools": 0}
        one = replace(one, **gone)
    elif what == "school":
        schools[0] = replace(schools[0], mentors_wanted=1)
        pairs = [(schools[0], one), (schools[0], two)]
    elif what in ("mentor", "company"):
        limits = {"max_schools": 1} if what == "mentor" else {"max_schools_company": 1}
        one = replace(one, **limits)
        pairs = [(schools[0], one), (schools[1], one)]
    elif what == "colleagues":
        two = replace(two, company_key=one.company_key, company=one.company)
        pairs = [(schools[0], one), (schools[0], two)]
    elif what == "halves":
        given = replace(given, policy=replace(given.policy, share_half_day=True, min_half_days=0))
        halves = schools[0].half_days
        one, two = replace(one, half_days=halves[:1]), replace(two, half_days=halves[1:] or ("vr-nm",))
        pairs = [(schools[0], one), (schools[0], two)]
    elif what == "sector":
        others = {code for mentor in (one, two) for code in mentor.sectors}
        wanted = next(code for code in ("zorg", "agro", "bouw", "ict", "chemie", "voeding") if code not in others)
        given = replace(given, policy=replace(given.policy, required_sectors=(wanted,)))
        pairs = [(schools[0], one), (schools[0], two)]
    changed = {each.id: each for each in (one, two, three, *schools)}
    locks = [Lock(school.id, mentor.id, "required", "afgesproken") for school, mentor in pairs]
    locks += [Lock(schools[0].id, one.id, "forbidden", "klikte niet")] if what == "both" else []
    return replace(
        given,
        schools=tuple(changed.get(each.id, each) for each in given.schools),  # type: ignore[misc]
        mentors=tuple(changed.get(each.id, each) for each in given.mentors),  # type: ignore[misc]
        locks=tuple(locks),
    )


def _with_one_unfit(given: Round, dice: Random) -> Round:
    world = World(given)
    vetoed = [pair for pair, why in world.vetoes.items() if why and world.takes_part(pair[1])]
    if not vetoed:
        return given
    return replace(given, locks=(Lock(*dice.choice(vetoed), "required", "afgesproken"),))
