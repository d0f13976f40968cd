"""What does the product say of a plan? Everything that can be asked about one cohort, gathered for the oracle."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from matcher.domain.lock import Lock
from matcher.domain.plan import Pair
from matcher.domain.vocabulary import SCHOOL_TYPES
from matcher.matching.assign import assign
from matcher.matching.open_places import reasons_for_open_places
from matcher.matching.rules import Facts
from matcher.matching.solved import solved
from matcher.matching.verdicts import judge
from matcher.questions.plan_moves import explained_moves
from matcher.questions.price import price_of_lock
from matcher.questions.resilience import resilience
from matcher.questions.why import consequences, why_not
from tests.claim_oracle import Said, untold
from tests.claim_world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.domain.claim import Claim, ClaimSentence
    from matcher.domain.plan import OpenPlace, Plan
    from matcher.domain.round import Round
    from matcher.matching.solved import Solved
    from tests.claim_world import Ids


def world_of(given: Round) -> World:
    """Read a round as the oracle does, with what the plan before asks of a rerun."""
    if given.previous is None:
        return World(given, given.locks)
    schools, mentors = {one.id for one in given.schools}, {one.id for one in given.mentors}
    gone = {one.id for one in given.mentors if one.status == "withdrawn"} | set(given.withdrawn)
    earlier = [(one.school, one.mentor) for one in given.previous.pairs if one.school in schools]
    stay = frozenset(pair for pair in earlier if pair[1] in mentors - gone)
    reserves = {one.id for one in given.mentors if one.status == "reserve"}
    used = {mentor for _, mentor in earlier} if given.previous.uses_reserves else set()
    return World(
        given,
        given.locks,
        previous=stay,
        had=frozenset(school for school, _ in earlier),
        left=Counter(school for school, mentor in earlier if (school, mentor) not in stay),
        stand_in=frozenset(reserves if gone else reserves & used),
    )


def all_said(given: Round, seed: int) -> Iterator[tuple[Said, bool]]:
    """Give all that is said of a cohort's plan, each with whether something is passed over."""
    world, verdicts = world_of(given), judge(given)
    plan = assign(given, verdicts)
    pairs = frozenset((one.school, one.mentor) for one in plan.pairs)
    said = Said((), world, pairs, status=plan.status)
    yield from _open(said, plan.open_places)
    if plan.status == "conflict":
        return
    asked = solved(given, plan, verdicts)
    yield from _pairs(said, asked)
    yield from _locks(said, asked, Random(f"locks {seed}"))  # noqa: S311
    yield from _falls(said, asked)
    yield from _changes(said, plan, Random(f"changes {seed}"))  # noqa: S311
    if given.policy.share_half_day or given.policy.required_sectors:
        yield from _unfinished(said, given, plan)


def said_of_open_places(given: Round, seed: int) -> Iterator[tuple[Said, bool]]:
    """Give what is said of the open places of a wide cohort: of its plan, or of some plan where rules are its own."""
    world, dice = world_of(given), Random(f"wide plan {seed}")  # noqa: S311
    if given.policy.share_half_day or given.policy.required_sectors:
        possible = [pair for pair in world.vetoes if world.possible(pair)]
        pairs, status = _some_plan(world, possible, dice), "feasible"
        stopped = assign(given, seconds=0.0)
        if stopped.status == "unfinished":
            yield from _open(Said((), world, frozenset(), status="unfinished"), stopped.open_places)
        places = reasons_for_open_places(
            Facts(given, judge(given)), [Pair(school=s, mentor=m, points=0, travel_minutes=0) for s, m in sorted(pairs)]
        )
    else:
        plan = assign(given)
        pairs, status, places = frozenset((one.school, one.mentor) for one in plan.pairs), plan.status, plan.open_places
        if status == "conflict":
            return
    yield from _open(Said((), world, pairs, status=status), places)


def _some_plan(world: World, possible: list[Ids], dice: Random) -> frozenset[Ids]:
    """Take pairs at random as long as no rule breaks."""
    chosen: frozenset[Ids] = frozenset()
    for pair in dice.sample(possible, len(possible)):
        more = chosen | {pair}
        if dice.random() < 0.6 and world.keeps_rules(more):
            chosen = more
    return chosen


def _claims(told: tuple[ClaimSentence, ...]) -> tuple[Claim, ...]:
    return tuple(one.claim for one in told)


def _open(said: Said, places: tuple[OpenPlace, ...]) -> Iterator[tuple[Said, bool]]:
    for place in places:
        one = replace(said, claims=_claims(place.claims))
        yield one, said.status in ("proven", "feasible") and untold(one, place.school)


def _pairs(said: Said, asked: Solved) -> Iterator[tuple[Said, bool]]:
    for school in asked.given.schools:
        for mentor in asked.given.mentors:
            pair, answer = (school.id, mentor.id), why_not(asked, school.id, mentor.id)
            here = replace(said, claims=_claims(answer.claims), pair=pair)
            silent = not answer.claims and pair not in said.plan
            yield here, silent
            if answer.remedy is not None:
                then = world_of(_widened(asked.given, answer.remedy.claims[0].claim))
                yield replace(here, claims=_claims(answer.remedy.claims), then=then), False


def _widened(given: Round, claim: Claim) -> Round:
    mentor = next(one for one in given.mentors if one.id == claim.mentor)  # type: ignore[union-attr]
    changed = replace(
        mentor,
        half_days=(*mentor.half_days, *claim.half_days),  # type: ignore[union-attr]
        max_minutes=claim.max_minutes or mentor.max_minutes,  # type: ignore[union-attr]
        provinces=(*mentor.provinces, *claim.provinces),  # type: ignore[union-attr]
        school_types=(*mentor.school_types, *claim.school_types),  # type: ignore[union-attr]
    )
    return replace(given, mentors=tuple(changed if one.id == mentor.id else one for one in given.mentors))


def _locks(said: Said, asked: Solved, dice: Random) -> Iterator[tuple[Said, bool]]:
    """Forbid a few pairs of the plan, and lock a few against a criterion."""
    free = sorted(said.plan - said.world.locked("required"))
    for pair in dice.sample(free, min(2, len(free))):
        price = price_of_lock(asked, Lock(*pair, "forbidden", "gevraagd"))
        here = replace(said, claims=consequences(price), pair=pair, without=True)
        yield here, (price.conflict is None) != (here.best is not None)
    vetoed = sorted(pair for pair, why in said.world.vetoes.items() if why and said.world.takes_part(pair[1]))
    for pair in dice.sample(vetoed, min(2, len(vetoed))):
        lock = Lock(*pair, "required", "gevraagd", override=True)
        price = price_of_lock(asked, lock)
        then = replace(said.world, locks=(*said.world.locks, lock))
        here = replace(said, claims=consequences(price), pair=pair, then=then)
        yield here, (price.conflict is None) != (here.best is not None)


def _falls(said: Said, asked: Solved) -> Iterator[tuple[Said, bool]]:
    for one in resilience(asked).drop_outs:
        here = replace(said, claims=one.claims)
        if any(type(each).__name__ == "AgreementsClash" for each in one.claims):
            left = tuple(
                lock for lock in said.world.locks if lock.kind == "forbidden" or lock.mentor not in one.mentors
            )
            world = replace(said.world, gone=frozenset(one.mentors), locks=left)
            yield replace(here, plan=frozenset(), then=world), one.colour != "red"
            continue
        red = any(type(each).__name__ == "StaysOpen" for each in one.claims)
        yield here, (one.colour == "red") != red


def _changes(said: Said, plan: Plan, dice: Random) -> Iterator[tuple[Said, bool]]:
    """Plan again after something changed in the data, and after a drop-out; what is told of the moves."""
    lifted = frozenset((one.school, one.mentor) for one in plan.pairs if one.overridden)
    for given in _later(said.given, plan, dice):
        after = assign(given)
        pairs = frozenset((one.school, one.mentor) for one in after.pairs)
        for told in explained_moves(given, plan, after):
            told_of = Said(_claims(told.claims), world_of(given), pairs, before=said.plan, lifted=lifted)
            yield told_of, False


def _later(given: Round, plan: Plan, dice: Random) -> Iterator[Round]:
    """Give the cohort as it may be later: a row gone, fewer half-days, other kinds, a ban, a limit, a drop-out."""
    if not plan.pairs:
        return
    later = replace(given, previous=plan)
    pair = dice.choice(plan.pairs)
    rest = tuple(one for one in given.mentors if one.id != pair.mentor)
    locks = tuple(one for one in given.locks if one.mentor != pair.mentor)
    away = {one: why for one, why in given.withdrawn.items() if one != pair.mentor}
    yield replace(later, mentors=rest, locks=locks, withdrawn=away)
    schools = tuple(one for one in given.schools if one.id != pair.school)
    yield replace(later, schools=schools, locks=tuple(one for one in given.locks if one.school != pair.school))
    mentor, school = (
        next(one for one in side if one.id == key)
        for side, key in ((given.mentors, pair.mentor), (given.schools, pair.school))
    )
    changes = (
        {"half_days": tuple(one for one in mentor.half_days if one not in school.half_days) or ("vr-nm",)},
        {"school_types": tuple(one for one in SCHOOL_TYPES if one not in school.school_types)},
        {"max_minutes": 1},
        {"status": "reserve"},
        {"max_schools": 0},
        {"not_with": (school.id,)},
        {"max_schools_company": 0},
    )
    for change in dice.sample(changes, 3):
        yield replace(later, locks=locks, mentors=(*rest, replace(mentor, **change)))
    yield replace(later, locks=(*locks, Lock(pair.school, pair.mentor, "forbidden", "klikte niet")))
    yield replace(later, locks=locks, withdrawn={**away, pair.mentor: "ziek"})
    yield replace(later, locks=tuple(one for one in given.locks if not one.override))


def _unfinished(said: Said, given: Round, plan: Plan) -> Iterator[tuple[Said, bool]]:
    """Take a pair out of a plan with rules of its own, as a search that ends early might leave it; or find none."""
    facts = Facts(given, judge(given))
    for lost in plan.pairs[:2]:
        if lost.locked:
            continue
        pairs = [one for one in plan.pairs if one is not lost]
        left = frozenset((one.school, one.mentor) for one in pairs)
        if not said.world.keeps_rules(left):
            continue
        yield from _open(replace(said, plan=left, status="feasible"), reasons_for_open_places(facts, pairs))
    stopped = assign(given, seconds=0.0)
    if stopped.status == "unfinished":
        yield from _open(replace(said, plan=frozenset(), status="unfinished"), stopped.open_places)
