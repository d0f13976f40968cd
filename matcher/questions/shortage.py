"""Which schools share too few mentors, and what would help? Claims, with remedies that were tried out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.domain.absence_claim import CompanyLocked, RoomLocked
from matcher.domain.claim import Claim, ClaimSentence
from matcher.domain.errors import InvalidValueError
from matcher.domain.plan import Conflict
from matcher.domain.remedy_claim import ShortOf
from matcher.domain.round import Round
from matcher.engine.calls import Ints
from matcher.engine.flow.conflict import lacking, missing, shortage_groups
from matcher.matching.agreements import conflict_of
from matcher.matching.claim_words import tell
from matcher.matching.rules import Facts, rules_of
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import Verdicts, judge
from matcher.questions.fill_more import Remedy, Room, remedies
from matcher.questions.lock_check import lock_conflict

MOST_TRIES = 300
MOST_WORK = 60_000
"""Pairs judged while remedies are tried; so many, for each shortage, take a good part of a second."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """A smallest group of schools (ids) that ask more places than their possible mentors (ids) can fill.

    Mentors whom the schools of shortages before it need are not there for it: together they lack all that stays open.
    """

    schools: tuple[str, ...]
    mentors: tuple[str, ...]
    asked: int
    filled: int
    sentence: str
    remedies: tuple[Remedy, ...]
    claims: tuple[ClaimSentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What stays open whatever the plan; or, where the agreements leave no plan, how they contradict.

    `places` stay open in all, None with a conflict: then nothing is known of them. `aside` are the policy's own rules
    (keys), which this does not count: with them more can stay open.
    """

    conflict: Conflict | None
    places: int | None
    shortages: tuple[Shortage, ...]
    aside: tuple[str, ...]


def tries_for(given: Round) -> int:
    """Give how many remedies can be tried while somebody waits: none where the round is very large."""
    return MOST_WORK // max(1, len(given.schools) * len(given.mentors))


def shortfall(
    given: Round, verdicts: Verdicts | None = None, *, most_tries: int = MOST_TRIES, quick: bool = False
) -> Shortfall:
    """Look at a round before a plan or after: contradictions first, then every group that can't all be served.

    At most `most_tries` single remedies are tried for a group, and never more than 300. `quick` leaves contradictions
    with a policy's own rules to the solve, which takes its time for them.
    """
    facts = Facts(given, judge(given) if verdicts is None else verdicts)
    aside = tuple(rule.key for rule in rules_of(given) if not rule.network)
    quarrel = lock_conflict(given) if quick else conflict_of(facts)
    if quarrel is not None:
        return Shortfall(quarrel, None, (), aside)
    room = Room(facts, problem_of(facts))
    most = min(most_tries, MOST_TRIES)
    return Shortfall(None, room.short, tuple(_shortages(room, most)), aside)


def shortages(given: Round, verdicts: Verdicts | None = None, *, most_tries: int = MOST_TRIES) -> tuple[Shortage, ...]:
    """Find every group of schools that can't all be served; raises InvalidValueError where agreements contradict."""
    found = shortfall(given, verdicts, most_tries=most_tries, quick=True)
    if found.conflict is not None:
        raise InvalidValueError(found.conflict.sentence)
    return found.shortages


def places_short(given: Round, verdicts: Verdicts | None = None) -> int:
    """Give how many places stay open whatever the plan: as many as the groups of `shortages` lack together.

    Raises InvalidValueError where agreements contradict.
    """
    quarrel = lock_conflict(given)
    if quarrel is not None:
        raise InvalidValueError(quarrel.sentence)
    return _all_missing(Facts(given, judge(given) if verdicts is None else verdicts))


def unmatchable(given: Round, verdicts: Verdicts | None = None) -> tuple[tuple[str, str], ...]:
    """Give every mentor (id) who takes part and fits no school of the round, each with a Dutch sentence."""
    allowed = (judge(given) if verdicts is None else verdicts).allowed
    return tuple(
        (mentor.id, f"{mentor.name} past bij geen enkele school.")
        for column, mentor in enumerate(given.mentors)
        if given.schools and given.helps(mentor) and not allowed[:, column].any()
    )


def _all_missing(facts: Facts) -> int:
    return missing(problem_of(facts), np.arange(len(facts.given.schools)))


def _shortages(room: Room, most_tries: int) -> Iterator[Shortage]:
    used = np.zeros(0, dtype=np.int64)
    for group in shortage_groups(room.problem):
        needs = lacking(room.problem, group, used)
        beside = used if missing(room.problem, group) < needs else used[:0]
        short = _short_of(room, group, beside)
        claims = tell(room.facts, (short, *_locked_elsewhere(room.facts, short)))
        sentence = " ".join(one.sentence for one in claims)
        tried = remedies(room, group, beside, most_tries)
        yield Shortage(short.schools, short.mentors, short.asked, short.filled, sentence, tried, claims)
        used = np.concatenate((used, group))


def _short_of(room: Room, group: Ints, beside: Ints) -> ShortOf:
    given, problem = room.facts.given, room.problem
    columns = np.unique(problem.mentor[np.isin(problem.school, group)]).tolist()
    asked = int(problem.demand[group].sum())
    filled = asked - lacking(problem, group, beside)
    return ShortOf(room.ids(group), tuple(given.mentors[one].id for one in columns), asked, filled, room.ids(beside))


def _locked_elsewhere(facts: Facts, short: ShortOf) -> Iterator[Claim]:
    """Tell which of a group's mentors, and of their companies, are locked at other schools for all their room."""
    locked = [(one.school, one.mentor) for one in facts.given.locks if one.kind == "required"]
    for mentor in short.mentors:
        at = tuple(school for school, who in locked if who == mentor)
        if len(at) >= facts.mentor[mentor].max_schools and not set(at) & set(short.schools):
            yield RoomLocked(mentor, at)
    for company in dict.fromkeys(facts.mentor[one].company_key for one in short.mentors):
        limit = facts.company_limit.get(company, 0)
        at = tuple(sorted(school for school, who in locked if facts.mentor[who].company_key == company))
        if 0 < limit <= len(at) and not set(at) & set(short.schools):
            yield CompanyLocked(company, limit, at)
