"""What does it cost to have this pair in the plan? Exact per goal, for every possible pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matcher.domain.frame_lookup import frame_maker
from matcher.domain.lock import Lock
from matcher.domain.plan import Conflict, GoalValue, Plan
from matcher.domain.policy import MORE_IS_BETTER
from matcher.domain.round import Round
from matcher.engine.calls import Ints
from matcher.engine.flow.cheap_pairs import cheapest_pairs
from matcher.engine.flow.forced_pair import flat_values
from matcher.engine.flow.prices import IMPOSSIBLE, Prices, price_pairs
from matcher.matching.assign import assign
from matcher.matching.exchange import loss
from matcher.matching.solved import Solved
from matcher.matching.verdicts import Verdicts
from matcher.questions.plan_moves import Move, moves_between


@dataclass(frozen=True, slots=True)
class Price:
    """What the best plan with a pair loses against the best plan.

    `losses` has every goal: positive is worse, a tuple for the places; `moves` counts the pairs of the
    plan that go. Where no plan can hold the pair `possible` is False and nothing is lost.
    """

    school: str
    mentor: str
    possible: bool
    in_plan: bool
    losses: Mapping[str, GoalValue]
    moves: int

    @property
    def is_free(self) -> bool:
        """Whether no goal loses anything."""
        return self.possible and not any(np.any(np.asarray(loss)) for loss in self.losses.values())

    def rank(self, goals: tuple[str, ...]) -> tuple[object, ...]:
        """Give a sorting key: the cheapest pair first, in the order of the goals."""
        flat: list[object] = [not self.possible]
        for name in goals:
            loss = self.losses[name]
            flat += loss if isinstance(loss, tuple) else (loss,)
        return (*flat, self.moves)


@dataclass(frozen=True, slots=True)
class LockPrice:
    """What agreements cost together before they are accepted: losses per goal, who moves, the plan or the conflict.

    `locks` is empty where more than agreements was tried, such as a mentor who leaves.
    """

    locks: tuple[Lock, ...]
    losses: Mapping[str, GoalValue]
    moves: tuple[Move, ...]
    plan: Plan
    conflict: Conflict | None

    @property
    def lock(self) -> Lock:
        """The agreement where there is one alone."""
        (one,) = self.locks
        return one


class PriceList(tuple[Price, ...]):
    """Prices in an order; a tuple that becomes a data frame."""

    __slots__ = ()

    def to_frame(self) -> Any:  # noqa: ANN401 - pandas loads only when asked for
        """Give a pandas DataFrame with a row a pair, and a column for what each goal loses."""
        return frame_maker("price_frame")(self)


def prices(asked: Solved, *, school: str | None = None, mentor: str | None = None) -> PriceList:
    """Price all possible pairs of a plan, or those of one school or mentor (ids), in the order of their ids.

    On network rules from shortest cycles, else by solving anew with each pair; equal in every case.
    """
    problem, facts = asked.problem, asked.facts
    wanted = np.ones(problem.pairs, dtype=np.bool_)
    if school is not None:
        wanted &= problem.school == facts.row[school]
    if mentor is not None:
        wanted &= problem.mentor == facts.column[mentor]
    return prices_of(asked, np.nonzero(wanted)[0])


def prices_of(asked: Solved, numbers: Ints) -> PriceList:
    """Price some possible pairs, given by their numbers among the problem's pairs, in that order."""
    return PriceList(each_price(asked, numbers))


def each_price(asked: Solved, numbers: Ints | None = None) -> Iterator[Price]:
    """Yield the price of some possible pairs (numbers), or of all: for who writes them down one by one."""
    numbers = np.arange(asked.problem.pairs) if numbers is None else numbers
    if not asked.problem.is_network:
        yield from (_by_solving(asked, int(number)) for number in numbers)
        return
    found = price_pairs(asked.problem, asked.chosen, numbers)
    yield from _told(asked, found, flat_values(asked.problem, asked.chosen))


def cheapest_prices(asked: Solved, most: int) -> PriceList:
    """Price the so many pairs outside the plan that lose least, cheapest first; the same as the first of all prices."""
    problem, chosen = asked.problem, asked.chosen
    found = cheapest_pairs(problem, chosen, most) if problem.is_network and chosen.any() else None
    if found is None:
        outside = (one for one in each_price(asked) if one.possible and not one.in_plan)
        return PriceList(sorted(outside, key=lambda one: one.rank(("places_filled", *problem.goals)))[:most])
    return PriceList(_told(asked, found, flat_values(problem, chosen)))


def _told(asked: Solved, found: Prices, present: Ints) -> Iterator[Price]:
    """Yield what was found by name, as losses against the present values of the goals."""
    changes, moves = (found.values - present).tolist(), found.moves.tolist()
    for number, change, moved in zip(found.pairs.tolist(), changes, moves, strict=True):
        yield _price(asked, number, found.names, change, moved)


def price_of_lock(asked: Solved, lock: Lock) -> LockPrice:
    """Price an agreement, required or forbidden, with or without override: the round is solved with it."""
    return price_on_table(asked, asked.given, lock, asked.facts.verdicts)


def price_of_locks(asked: Solved, locks: tuple[Lock, ...]) -> LockPrice:
    """Price agreements together, as `price_of_lock` does one."""
    return _on_table(asked, asked.given, locks, asked.facts.verdicts)


def price_on_table(asked: Solved, given: Round, lock: Lock, verdicts: Verdicts | None = None) -> LockPrice:
    """Price an agreement in a round that may have changed: what the best plan then does otherwise than this plan.

    `verdicts` are those of `given` where they are known. An agreement that is there already is asked once.
    """
    return _on_table(asked, given, (lock,), verdicts)


def _on_table(asked: Solved, given: Round, locks: tuple[Lock, ...], verdicts: Verdicts | None) -> LockPrice:
    same = {(one.school, one.mentor, one.kind) for one in locks}
    others = tuple(one for one in given.locks if (one.school, one.mentor, one.kind) not in same)
    return told_price(asked, assign(replace(given, locks=(*others, *locks)), verdicts), locks)


def told_price(asked: Solved, plan: Plan, locks: tuple[Lock, ...]) -> LockPrice:
    """Give what another plan does otherwise than the plan on the table."""
    if plan.conflict is not None:
        return LockPrice(locks, {}, (), plan, plan.conflict)
    return LockPrice(locks, losses_between(asked.plan, plan), moves_between(asked.plan, plan), plan, None)


def losses_between(before: Plan, after: Plan) -> dict[str, GoalValue]:
    """Give what the second plan loses on every goal that both have; negative where it gains.

    A plan without pairs has no worst pair: then nothing is said of it. Where schools of one want more mentors
    than those of the other, nobody of the other has a place so high.
    """
    there = {goal.name: goal.value for goal in after.goals}
    silent = () if before.pairs and after.pairs else ("worst_pair",)
    return {
        goal.name: loss(goal.name, goal.value, there[goal.name])
        for goal in before.goals
        if goal.name in there and goal.name not in silent
    }


def _price(asked: Solved, number: int, names: tuple[str, ...], change: list[int], moves: int) -> Price:
    school, mentor = asked.ids(number)
    losses: dict[str, GoalValue] = {}
    places = tuple(-one for name, one in zip(names, change, strict=True) if name.startswith("places_filled"))
    losses["places_filled"] = places
    for name, one in zip(names, change, strict=True):
        if name in MORE_IS_BETTER:
            losses[name] = -one if MORE_IS_BETTER[name] else one
    return Price(school, mentor, moves != IMPOSSIBLE, bool(asked.chosen[number]), losses, max(moves, 0))


def _by_solving(asked: Solved, number: int) -> Price:
    school, mentor = asked.ids(number)
    if asked.chosen[number]:
        nothing = losses_between(asked.plan, asked.plan)
        return Price(school, mentor, possible=True, in_plan=True, losses=nothing, moves=0)
    found = price_of_lock(asked, Lock(school, mentor, "required", "prijs"))
    gone = sum(len(move.goes) for move in found.moves)
    return Price(school, mentor, found.conflict is None, in_plan=False, losses=found.losses, moves=gone)
