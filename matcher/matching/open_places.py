"""Why does a school have a place without a mentor? What keeps each mentor of the round away, as claims.

Every mentor who is not at the school is in exactly one claim. All of it follows from the data and the pairs, so
that a plan can be held against it without a solver.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from matcher.domain import absence_claim as kinds
from matcher.domain.claim import Claim
from matcher.domain.mentor import Mentor
from matcher.domain.plan import OpenPlace, Pair
from matcher.domain.school import School
from matcher.matching.claim_words import tell
from matcher.matching.exchange import exchange_of
from matcher.matching.rules import NETWORK_RULES, REQUIRED_SECTOR, Facts, rules_of

MOST_EXCHANGES = 4
"""So many mentors who stand elsewhere are told one by one; the others together."""

MOST_SCHOOLS = 50
"""Where more schools than this have an open place, nobody is told one by one: it would take longer than the plan."""


def reasons_for_open_places(facts: Facts, pairs: Sequence[Pair]) -> tuple[OpenPlace, ...]:
    """Give every school that has fewer mentors than it asks for, with what keeps each other mentor away."""
    filled = Counter(pair.school for pair in pairs)
    short = [one for one in facts.given.schools if one.mentors_wanted > filled[one.id]]
    exchanges = MOST_EXCHANGES if len(short) <= MOST_SCHOOLS else 0
    taken = Taken(facts, [(pair.school, pair.mentor) for pair in pairs], exchanges)
    return tuple(
        open_place(facts, school, school.mentors_wanted - filled[school.id], tuple(_absences(taken, school)))
        for school in short
    )


def open_place(facts: Facts, school: School, count: int, claims: tuple[Claim, ...]) -> OpenPlace:
    """Write an open place: its claims, and their sentences one after the other as the reason."""
    told = tell(facts, claims)
    return OpenPlace(school.id, count, " ".join(one.sentence for one in told), told)


class Taken:
    """Who is where in a plan: the schools of each mentor and company, the mentors of each school.

    `exchanges` is how many mentors of a school are told one by one.
    """

    def __init__(self, facts: Facts, pairs: Sequence[tuple[str, str]], exchanges: int = MOST_EXCHANGES) -> None:
        self.facts = facts
        self.exchanges = exchanges
        self.pairs = pairs
        self.at: Mapping[str, list[str]] = _grouped((mentor, school) for school, mentor in pairs)
        self.of: Mapping[str, list[str]] = _grouped(pairs)
        self.company_at = _grouped((facts.mentor[mentor].company_key, school) for school, mentor in pairs)

    def company_is_full(self, company: str) -> bool:
        """Tell whether a company is at as many schools as it wants."""
        limit = self.facts.company_limit.get(company)
        return limit is not None and len(self.company_at.get(company, ())) >= limit

    def colleague(self, school: str, mentor: Mentor) -> str | None:
        """Give who of the mentor's company is at the school already."""
        same = (one for one in self.of.get(school, ()) if self.facts.mentor[one].company_key == mentor.company_key)
        return next(same, None)


def _grouped(pairs: Sequence[tuple[str, str]] | Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _absences(taken: Taken, school: School) -> Iterator[Claim]:
    """Yield the claims that together hold every mentor who is not at the school, whoever comes nearest first."""
    facts, own = taken.facts, set(taken.of.get(school.id, ()))
    allowed = facts.verdicts.allowed[facts.row[school.id]]
    fitting = [facts.given.mentors[column] for column in np.nonzero(allowed)[0].tolist()]
    others = [one for one in fitting if one.id not in own]
    if len(facts.given.mentors) == len(own):
        yield kinds.NobodyElse(school.id)
    away = list(_away(facts, school, others))
    absent = {mentor for one in away for mentor in one.mentors}
    yield from _present(taken, school, [one for one in others if one.id not in absent])
    yield from away
    vetoed = ~allowed
    vetoed[[facts.column[one] for one in own]] = False
    if vetoed.any():
        yield _not_fitting(facts, school, vetoed)


def _not_fitting(facts: Facts, school: School, vetoed: np.ndarray) -> Claim:
    bits = facts.verdicts.vetoes[facts.row[school.id]][vetoed]
    counts = {key: int(np.count_nonzero(bits >> bit & 1)) for bit, key in enumerate(facts.verdicts.keys)}
    return kinds.NotFitting(school.id, len(bits), {key: count for key, count in counts.items() if count})


def _away(
    facts: Facts, school: School, mentors: Sequence[Mentor]
) -> Iterator[kinds.Withdrawn | kinds.NoCapacity | kinds.Forbidden | kinds.Reserve]:
    """Yield who is forbidden, stands by, left, or wants no school."""
    bans = {one.mentor: one.reason for one in facts.given.locks if (one.school, one.kind) == (school.id, "forbidden")}
    gone, banned = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    none, reserve = list[str](), list[str]()
    for one in mentors:
        if one.status == "withdrawn" or one.id in facts.given.withdrawn:
            gone[facts.given.left_because(one.id)].append(one.id)
        elif not one.max_schools:
            none.append(one.id)
        elif one.id in bans:
            banned[bans[one.id]].append(one.id)
        elif not facts.given.helps(one):
            reserve.append(one.id)
    yield from (kinds.Forbidden(school.id, tuple(ids), reason) for reason, ids in banned.items())
    if reserve:
        yield kinds.Reserve(tuple(reserve))
    yield from (kinds.Withdrawn(tuple(ids), reason) for reason, ids in gone.items())
    if none:
        yield kinds.NoCapacity(tuple(none))


def _present(taken: Taken, school: School, mentors: Sequence[Mentor]) -> Iterator[Claim]:
    """Yield what keeps those away who take part: colleagues, limits, the policy's own rules, other schools."""
    facts = taken.facts
    colleagues, full = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    free, busy = list[Mentor](), list[Mentor]()
    for one in mentors:
        colleague = taken.colleague(school.id, one)
        if colleague is not None:
            colleagues[colleague].append(one.id)
        elif taken.company_is_full(one.company_key):
            full[one.company_key].append(one.id)
        elif len(taken.at.get(one.id, ())) < one.max_schools:
            free.append(one)
        else:
            busy.append(one)
    for colleague, ids in colleagues.items():
        yield kinds.SameCompany(school.id, tuple(ids), colleague)
    for company, ids in full.items():
        schools = tuple(sorted(taken.company_at.get(company, ())))
        yield kinds.CompanyFull(company, facts.company_limit[company], tuple(ids), schools)
    yield from _against_own_rules(taken, school, free)
    yield from _elsewhere(taken, school, busy)


def _against_own_rules(taken: Taken, school: School, free: Sequence[Mentor]) -> Iterator[Claim]:
    """Yield why those with room can't come: a policy's own rules, or a search that ended too early."""
    facts = taken.facts
    sector, maybe, apart = list[str](), list[str](), defaultdict[str, list[str]](list)
    for one in free:
        rule, colleague = _broken_rule(taken, school, one)
        if colleague:
            apart[colleague].append(one.id)
        else:
            (sector if rule == REQUIRED_SECTOR.key else maybe).append(one.id)
    for colleague, ids in apart.items():
        yield kinds.NoSharedHalfDay(school.id, tuple(ids), colleague)
    if sector:
        yield kinds.SectorMissing(school.id, tuple(sector))
    if maybe:
        yield kinds.Unproven(school.id, tuple(maybe))
    assert not maybe or any(rule not in NETWORK_RULES for rule in rules_of(facts.given))  # noqa: S101


def _broken_rule(taken: Taken, school: School, mentor: Mentor) -> tuple[str, str]:
    """Give the own rule that one more pair would break, and for a shared half-day the colleague."""
    facts, own = taken.facts, taken.of.get(school.id, [])
    pairs = [*((school.id, one) for one in own), (school.id, mentor.id)]
    for rule in rules_of(facts.given):
        if rule in NETWORK_RULES or not any(True for _ in rule.check(facts, pairs)):
            continue
        if rule is REQUIRED_SECTOR:
            return rule.key, ""
        both = ([(school.id, other), (school.id, mentor.id)] for other in own)
        return rule.key, next(two[0][1] for two in both if any(True for _ in rule.check(facts, two)))
    return "", ""


def _elsewhere(taken: Taken, school: School, busy: Sequence[Mentor]) -> Iterator[Claim]:
    """Yield those whose room is taken: what coming here would change for the first few, the others together."""
    points = taken.facts.verdicts.points[taken.facts.row[school.id]]
    ordered = sorted(busy, key=lambda one: (-int(points[taken.facts.column[one.id]]), one.id))
    locked = {(one.school, one.mentor) for one in taken.facts.given.locks if one.kind == "required"}
    rest = list[Mentor]()
    told = 0
    for one in ordered:
        at = taken.at[one.id]
        if all((there, one.id) in locked for there in at):
            yield kinds.RoomLocked(one.id, tuple(at))
            continue
        movable = [there for there in at if (there, one.id) not in locked]
        claim = exchange_of(taken.facts, taken.pairs, school.id, one.id, movable) if told < taken.exchanges else None
        if claim is None:
            rest.append(one)
        else:
            told += 1
            yield claim
    if rest:
        yield kinds.BusyElsewhere(school.id, tuple(one.id for one in rest[:MOST_EXCHANGES]), len(rest))
