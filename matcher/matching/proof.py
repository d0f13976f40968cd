"""What does a certificate hold? Prices that add up, swaps that everybody would like, and free alternatives."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.plan import Goal
from matcher.engine.flow.duals import Duals


@dataclass(frozen=True, slots=True)
class Ring:
    """Schools (ids) that would each get more points with the next one's mentor, and why it can't be (Dutch)."""

    schools: tuple[str, ...]
    blocked_by: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """A pair (ids) that could be in the plan at no cost on any goal, and how many pairs of the plan go then."""

    school: str
    mentor: str
    moves: int


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """The proof of the points goal, where the rules are a network: `duals` closes to the plan's points.

    Elsewhere `duals` is None and there is only the goal's value and bound. `rings` are swaps that would be
    better for all their members, each with the rule that blocks it; `free` what could be otherwise.
    """

    points: Goal
    duals: Duals | None
    rings: tuple[Ring, ...]
    free: tuple[Alternative, ...]
