"""How can anybody check that no plan has more points? Prices that add up, rings of swaps, free alternatives."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.engine.flow import cheap_pairs
from matcher.engine.flow.duals import duals
from matcher.engine.flow.solve import has_rivals
from matcher.matching.exchange import losses_of
from matcher.matching.goals import GOAL_NAMES, goal_values
from matcher.matching.loss_words import losing
from matcher.matching.proof import Alternative, Certificate, Ring
from matcher.matching.rules import rules_of
from matcher.matching.solved import Solved
from matcher.matching.verdicts import objections
from matcher.questions.price import prices

MOST_RINGS = 50


def certificate(asked: Solved) -> Certificate:
    """Prove a plan's points."""
    points = next(goal for goal in asked.plan.goals if goal.name == "points")
    summed = asked.problem.is_network and not has_rivals(asked.problem)
    proof = duals(asked.problem, asked.chosen) if summed and points.proven else None
    return Certificate(points, proof, tuple(_rings(asked)), free_pairs(asked))


def free_pairs(asked: Solved) -> tuple[Alternative, ...]:
    """Give the pairs with which a plan is as good on every goal: the coordinator chooses."""
    if not asked.problem.is_network:
        each = (one for one in prices(asked) if one.is_free and not one.in_plan)
        return tuple(Alternative(one.school, one.mentor, one.moves) for one in each)
    numbers, moves = cheap_pairs.free_pairs(asked.problem, asked.chosen)
    return tuple(
        Alternative(*asked.ids(number), moved) for number, moved in zip(numbers.tolist(), moves.tolist(), strict=True)
    )


def _rings(asked: Solved) -> Iterator[Ring]:
    """Yield the shortest ring through each school in which everybody would get more points."""
    facts = asked.facts
    pairs = [(pair.school, pair.mentor, pair.points) for pair in asked.plan.pairs]
    points = facts.verdicts.points
    wants = [
        [
            other
            for other, (school, mentor, _) in enumerate(pairs)
            if school != mine and points[facts.row[mine], facts.column[mentor]] > now
        ]
        for mine, _, now in pairs
    ]
    seen: set[frozenset[int]] = set()
    for start in range(len(pairs)):
        ring = _shortest_ring(wants, start)
        if ring and frozenset(ring) not in seen and len(seen) < MOST_RINGS:
            seen.add(frozenset(ring))
            yield Ring(tuple(pairs[one][0] for one in ring), _blocked(asked, ring))


def _shortest_ring(wants: list[list[int]], start: int) -> list[int]:
    """Find the shortest way from a pair over wishes back to itself, empty where there is none."""
    came_from = {start: start}
    layer = [start]
    while layer:
        following = []
        for one in layer:
            for other in wants[one]:
                if other == start:
                    ring = [one]
                    while ring[-1] != start:
                        ring.append(came_from[ring[-1]])
                    return ring[::-1]
                if other not in came_from:
                    came_from[other] = one
                    following.append(other)
        layer = following
    return []


def _blocked(asked: Solved, ring: list[int]) -> str:
    """Say which rule or goal stands in the way of a ring."""
    facts, pairs = asked.facts, asked.plan.pairs
    for place, one in enumerate(ring):
        mine, theirs = pairs[one], pairs[ring[(place + 1) % len(ring)]]
        school, mentor = facts.school[mine.school], facts.mentor[theirs.mentor]
        minutes = int(facts.verdicts.minutes[facts.row[school.id], facts.column[mentor.id]])
        told = objections(asked.given, school, mentor, minutes)
        if told:
            return f"{school.name}: {told[0][1]}"
    return _breach(asked, ring)


def _breach(asked: Solved, ring: list[int]) -> str:
    """Say which rule the swapped pairs break, or on which goal that goes before they are worse."""
    facts, pairs = asked.facts, [(pair.school, pair.mentor) for pair in asked.plan.pairs]
    following = dict(zip(ring, [*ring[1:], ring[0]], strict=True))
    swapped = [(school, pairs[following.get(one, one)][1]) for one, (school, _) in enumerate(pairs)]
    told = (sentence for rule in rules_of(asked.given) for sentence in rule.check(facts, swapped))
    broken = next(told, None)
    if broken is not None:
        return broken
    lost = losing(losses_of(goal_values(facts, pairs), goal_values(facts, swapped)))
    worse = next((name for name in asked.given.policy.goals if name in lost), None)
    return f"Dan is het plan slechter op een doel dat voorgaat: {GOAL_NAMES[worse]}." if worse else ""
