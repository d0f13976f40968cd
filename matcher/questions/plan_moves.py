"""Who moves from one plan to the next, and why? School by school: which mentors go, which come, and what changed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.domain import absence_claim, claim
from matcher.domain.claim import Claim, ClaimSentence
from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.matching.claim_words import claim_words, tell
from matcher.matching.rules import Facts
from matcher.matching.verdicts import judge
from matcher.questions.absence import held, in_the_way


@dataclass(frozen=True, slots=True)
class Move:
    """A school whose mentors change: ids of those who go and those who come."""

    school: str
    goes: tuple[str, ...]
    comes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainedMove:
    """A move in one Dutch line, with what is known of why: the claims behind it, none where nothing is known."""

    move: Move
    words: str
    claims: tuple[ClaimSentence, ...]

    @property
    def reason(self) -> str:
        """The sentences of the claims, one after the other."""
        return " ".join(one.sentence for one in self.claims)


def moves_between(before: Plan, after: Plan) -> tuple[Move, ...]:
    """Give the schools whose mentors differ, in the order of their ids."""
    old, new = _by_school(before), _by_school(after)
    return tuple(
        Move(
            school,
            tuple(sorted(old.get(school, set()) - new.get(school, set()))),
            tuple(sorted(new.get(school, set()) - old.get(school, set()))),
        )
        for school in sorted(old.keys() | new.keys())
        if old.get(school) != new.get(school)
    )


def move_words(facts: Facts, move: Move) -> str:
    """Say a move in one Dutch line."""
    return claim_words(facts, claim.Moves(move.school, move.goes, move.comes))


def explained_moves(given: Round, before: Plan, after: Plan) -> tuple[ExplainedMove, ...]:
    """Say who moves between two plans, and why; `given` is the round of the plan after."""
    moves = moves_between(before, after)
    schools, mentors = {one.school for one in moves}, {who for one in moves for who in (*one.goes, *one.comes)}
    facts = _only(given, schools, mentors)
    told = []
    for move in moves:
        claims = tell(facts, _causes(facts, before, moves, move))
        told.append(ExplainedMove(move, " ".join((move_words(facts, move), *(one.sentence for one in claims))), claims))
    return tuple(told)


def _only(given: Round, schools: Container[str], mentors: Container[str]) -> Facts:
    """Keep the schools and mentors that move, with colleagues, whose limit counts: of the others nothing is said."""
    companies = {one.company_key for one in given.mentors if one.id in mentors}
    kept = {one.id for one in given.mentors if one.company_key in companies}
    few = replace(
        given,
        schools=tuple(one for one in given.schools if one.id in schools),
        mentors=tuple(one for one in given.mentors if one.id in kept),
        locks=tuple(one for one in given.locks if one.school in schools and one.mentor in kept),
        withdrawn={one: why for one, why in given.withdrawn.items() if one in kept},
        previous=None,
    )
    return Facts(few, judge(few))


def _causes(facts: Facts, before: Plan, moves: Sequence[Move], move: Move) -> Iterator[Claim]:
    """Yield what is known of why a school changes; a mentor who only gives way to a better one has no cause."""
    if move.school not in facts.school:
        yield claim.SchoolLeft(move.school)
        return
    for mentor in move.goes:
        causes = [claim.RowGone(mentor)] if mentor not in facts.mentor else list(_barred(facts, before, move, mentor))
        there = (one.school for one in moves if mentor in one.comes and one.school in facts.school)
        yield from causes or [claim.MovesAlong(mentor, move.school, to) for to in there]
    for mentor in move.comes:
        yield from held(facts, move.school, mentor)


def _barred(facts: Facts, before: Plan, move: Move, mentor: str) -> Iterator[Claim]:
    """Yield what keeps a pair of the plan before apart now."""
    overridden = any((one.school, one.mentor) == (move.school, mentor) and one.overridden for one in before.pairs)
    kind = claim.OverrideGone if overridden else claim.NoLongerFits
    for one in in_the_way(facts, move.school, mentor):
        yield kind(one.school, one.mentor, one.criterion, one.facts) if isinstance(one, absence_claim.Vetoed) else one


def _by_school(plan: Plan) -> dict[str, set[str]]:
    schools: dict[str, set[str]] = {}
    for pair in plan.pairs:
        schools.setdefault(pair.school, set()).add(pair.mentor)
    return schools
