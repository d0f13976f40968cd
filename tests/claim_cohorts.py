"""Which cohorts does the claim oracle look at? Small ones with all that a real one can hold, and wide ones."""

from __future__ import annotations

from dataclasses import replace
from math import comb
from random import Random
from typing import TYPE_CHECKING

from matcher.domain.lock import Lock
from matcher.domain.vocabulary import HALF_DAYS, SCHOOL_TYPES
from tests.claim_remedy_checks import most_filled
from tests.claim_world import World
from tests.random_rounds import random_round, with_agreements

if TYPE_CHECKING:
    from matcher.domain.round import Round

MOST_PLANS = 60_000
"""A cohort with more plans than this is made smaller: the oracle looks at each."""


def a_cohort(seed: int) -> Round:
    """Make a small cohort with all that a real one can hold, previous plans and contradictions included."""
    dice = Random(f"claims {seed}")  # noqa: S311
    given = random_round(seed, dice.randint(2, 5), dice.randint(3, 9))
    given = given if dice.random() < 0.3 else _closer(given, dice)
    given = _with_twins(given, dice) if dice.random() < 0.5 else given
    while _size(given) > MOST_PLANS:
        given = replace(given, mentors=given.mentors[:-1])
    if dice.random() < 0.15:
        given = _lonely(given)
    possible = [pair for pair, vetoes in World(given).vetoes.items() if not vetoes]
    given = with_agreements(given, possible, seed)
    given = replace(given, locks=_kept(given), withdrawn=_kept_withdrawn(given))
    if dice.random() < 0.15:
        given = _with_lifted(given, dice)
    return _with_own_rules(given, dice) if seed % 6 == 0 else given


def _lonely(given: Round) -> Round:
    """Keep one mentor, who suits most schools; they ask for two."""
    wide = {"provinces": (), "max_minutes": 200, "half_days": HALF_DAYS, "school_types": (), "max_schools": 5}
    one = replace(given.mentors[0], max_schools_company=None, status="active", **wide)
    schools = tuple(replace(each, mentors_wanted=2) for each in given.schools)
    return replace(given, mentors=(one,), schools=schools)


def a_wide_cohort(seed: int) -> Round:
    """Make a cohort of more schools than its mentors can help: too wide to look at every plan, good for open places."""
    dice = Random(f"wide {seed}")  # noqa: S311
    given = _closer(random_round(seed, dice.randint(9, 14), dice.randint(5, 12)), dice)
    given = _with_twins(given, dice) if dice.random() < 0.5 else given
    possible = [pair for pair, vetoes in World(given).vetoes.items() if not vetoes]
    given = with_agreements(given, possible, seed)
    if dice.random() < 0.7:
        return given
    forbidden = tuple(one for one in given.locks if one.kind == "forbidden")
    return _with_own_rules(replace(given, locks=forbidden), dice)


def a_short_cohort(seed: int) -> Round:
    """Make a cohort that lacks mentors while much is in the way: bans, declarations, limits, reserves, locks, rules."""
    dice = Random(f"short {seed}")  # noqa: S311
    roomy = seed % 4 == 3
    given = _closer(random_round(seed, dice.randint(2, 6), dice.randint(5, 7) if roomy else dice.randint(2, 7)), dice)
    schools = [one.id for one in given.schools]
    mentors = []
    for one in given.mentors:
        few = {
            "max_schools": 1 if roomy else dice.choice((0, 1, 1, 1, 2)),
            "max_schools_company": None if roomy else dice.choice((None, 0, 1, 1)),
            "not_with": tuple(each for each in schools if dice.random() < (0.5 if roomy else 0.25)),
            "status": "active" if roomy else dice.choice(("active", "active", "active", "reserve")),
            "max_minutes": dice.choice((None, 30, 200)),
            "school_types": one.school_types or tuple(dice.sample(SCHOOL_TYPES, 2)),
        }
        mentors.append(replace(one, **few))
    given = replace(given, mentors=tuple(mentors))
    pairs = [(school, mentor.id) for school in schools for mentor in given.mentors]
    bans = [Lock(*pair, "forbidden", "klikte niet") for pair in pairs if dice.random() < 0.2]
    given = replace(given, locks=tuple(bans))
    given = replace(given, locks=(*bans, *_dear_locks(given, dice.sample(pairs, len(pairs)), seed % 4)))
    return _with_own_rules(given, dice) if seed % 8 == 0 else given


def _dear_locks(given: Round, pairs: list[tuple[str, str]], most: int) -> tuple[Lock, ...]:
    """Lock pairs that hold together; those first that cost another school its mentor."""
    world, locked = World(given, given.locks), set[tuple[str, str]]()
    for dear in (True, False):
        for pair in pairs:
            if len(locked) < most and world.keeps_rules({*locked, pair}):
                more = _locks_of({*locked, pair})
                before, after = (
                    most_filled(replace(world, locks=(*given.locks, *locks)), list(world.school))
                    for locks in (_locks_of(locked), more)
                )
                if after < before or not dear:
                    locked.add(pair)
    return _locks_of(locked)


def _locks_of(pairs: set[tuple[str, str]]) -> tuple[Lock, ...]:
    return tuple(Lock(*pair, "required", "vorig jaar een succes") for pair in sorted(pairs))


def _with_twins(given: Round, dice: Random) -> Round:
    """Make some mentors as good as another: the same but for the number, so that plans are equally good."""
    mentors = list(given.mentors)
    for place in range(1, len(mentors), 2):
        own = {"id": mentors[place].id, "company_key": mentors[place].company_key, "company": mentors[place].company}
        mentors[place] = replace(mentors[place - 1], **(own if dice.random() < 0.7 else {"id": own["id"]}))
    return replace(given, mentors=tuple(mentors))


def _size(given: Round) -> int:
    """Bound how many plans a cohort allows."""
    vetoes, size = World(given).vetoes, 1
    for school in given.schools:
        fits = sum(not why for (one, _), why in vetoes.items() if one == school.id)
        size *= sum(comb(fits, count) for count in range(school.mentors_wanted + 1))
    return size


def _closer(given: Round, dice: Random) -> Round:
    """Let more pairs fit, and more companies have several mentors."""
    mentors = []
    for one in given.mentors:
        wide = {
            "provinces": (),
            "max_minutes": 200,
            "half_days": tuple(half for half in HALF_DAYS if half in one.half_days or dice.random() < 0.3),
            "school_types": one.school_types if dice.random() < 0.3 else (),
        }
        few = dice.choice(("alfa", "beta", "gamma", "delta")) if dice.random() < 0.6 else one.company_key
        mentors.append(replace(one, company_key=few, company=few.title(), **wide))
    return replace(given, mentors=tuple(mentors))


def _kept(given: Round) -> tuple[Lock, ...]:
    mentors = {one.id for one in given.mentors}
    return tuple(one for one in given.locks if one.mentor in mentors)


def _kept_withdrawn(given: Round) -> dict[str, str]:
    mentors = {one.id for one in given.mentors}
    return {one: why for one, why in given.withdrawn.items() if one in mentors}


def _with_lifted(given: Round, dice: Random) -> Round:
    """Lock a vetoed pair against its criterion."""
    world = World(given)
    taken = {one.mentor for one in given.locks} | {one.school for one in given.locks}
    vetoed = [
        pair for pair, vetoes in world.vetoes.items() if vetoes and world.takes_part(pair[1]) and not taken & set(pair)
    ]
    if not vetoed:
        return given
    return replace(given, locks=(*given.locks, Lock(*dice.choice(vetoed), "required", "kennen elkaar", override=True)))


def _with_own_rules(given: Round, dice: Random) -> Round:
    """Add rules of the policy's own, and let schools ask for more mentors, and mentors be free less."""
    sectors = (dice.choice(given.mentors).sectors[0],) if dice.random() < 0.6 else ()
    policy = replace(given.policy, share_half_day=not sectors or dice.random() < 0.6, required_sectors=sectors)
    schools = tuple(replace(one, mentors_wanted=max(2, one.mentors_wanted)) for one in given.schools)
    mentors = tuple(
        replace(one, half_days=one.half_days[: dice.randint(1, 2)]) if dice.random() < 0.6 else one
        for one in given.mentors
    )
    return replace(given, policy=policy, schools=schools, mentors=mentors)
