"""What if a mentor leaves, each in turn? Open places, moves and points lost, before anything is published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from matcher.engine.flow.problem import goal_values
from matcher.engine.flow.repair import repair_without
from matcher.questions.standby import Standby, smallest_standby

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.engine.calls import Flags
    from matcher.engine.flow.problem import Problem
    from matcher.matching.solved import Solved

Colour = Literal["green", "orange", "red"]

COLOUR_NAMES: dict[Colour, str] = {"green": "groen", "orange": "oranje", "red": "rood"}


@dataclass(frozen=True, slots=True)
class DropOut:
    """What the best repaired plan loses when `mentors` (one or two ids) leave.

    `open_places` are places that stay empty more than before, at `schools_without` (ids) where a school is left
    with nobody; `moves` pairs of other mentors that change; `points_lost` in total; `worst_pair` after.
    Green: nobody else is troubled; orange: somebody moves; red: a place stays empty.
    """

    mentors: tuple[str, ...]
    open_places: int
    schools_without: tuple[str, ...]
    moves: int
    points_lost: int
    worst_pair: int
    colour: Colour


@dataclass(frozen=True, slots=True)
class Resilience:
    """Every drop-out of one mentor, the worst of two where asked for, and who should stand by.

    `pillars` are the mentors on whom a place hangs.
    """

    drop_outs: tuple[DropOut, ...]
    pillars: tuple[str, ...]
    standby: Standby
    worst_two: tuple[DropOut, ...] = ()


def resilience(asked: Solved, *, two: int = 0) -> Resilience:
    """Let each mentor of the plan drop out in turn; with `two`, also the so many worst drop-outs of two at once.

    Mentors who stand by (`reserve`) do not help here: what they would cover stands in `standby`.
    """
    problem = replace(asked.problem, kept=asked.chosen, required=np.zeros(asked.problem.pairs, dtype=np.bool_))
    in_plan = np.unique(problem.mentor[asked.chosen]).tolist()
    drop_outs = tuple(_drop_out(asked, problem, [mentor]) for mentor in in_plan)
    pairs = [_drop_out(asked, problem, list(both)) for both in combinations(in_plan, 2)] if two else []
    pairs.sort(key=lambda one: (-one.open_places, -one.moves, -one.points_lost, one.mentors))
    pillars = tuple(one.mentors[0] for one in drop_outs if one.open_places)
    return Resilience(drop_outs, pillars, smallest_standby(asked), tuple(pairs[:two]))


def _drop_out(asked: Solved, problem: Problem, gone: Sequence[int]) -> DropOut:
    after = repair_without(problem, asked.chosen, np.array(gone))
    stays = ~np.isin(problem.mentor, gone)
    before_values, values = goal_values(problem, asked.chosen), goal_values(problem, after)
    open_places = int(asked.chosen.sum()) - int(after.sum())
    moves = int((asked.chosen & stays & ~after).sum())
    colour: Colour = "red" if open_places else "orange" if moves else "green"
    return DropOut(
        mentors=tuple(asked.given.mentors[mentor].id for mentor in gone),
        open_places=open_places,
        schools_without=_left_alone(asked, problem, after),
        moves=moves,
        points_lost=_whole(before_values["points"]) - _whole(values["points"]),
        worst_pair=_whole(values["worst_pair"]),
        colour=colour,
    )


def _left_alone(asked: Solved, problem: Problem, after: Flags) -> tuple[str, ...]:
    count = len(problem.demand)
    had = np.bincount(problem.school[asked.chosen], minlength=count)
    has = np.bincount(problem.school[after], minlength=count)
    return tuple(asked.given.schools[int(row)].id for row in np.nonzero((had > 0) & (has == 0))[0])


def _whole(value: int | tuple[int, ...]) -> int:
    return value if isinstance(value, int) else sum(value)


def drop_out_words(asked: Solved, one: DropOut) -> str:
    """Say a drop-out in one Dutch line."""
    facts = asked.facts
    names = " en ".join(facts.mentor[mentor].name for mentor in one.mentors)
    verb = "afhaakt" if len(one.mentors) == 1 else "samen afhaken"
    alone = ", ".join(facts.school[school].name for school in one.schools_without)
    if alone:
        places = f"zonder mentor: {alone}"
    elif one.open_places:
        places = f"{one.open_places} {'plaats' if one.open_places == 1 else 'plaatsen'} open"
    else:
        places = "geen school zonder mentor"
    moves = f"{one.moves} {'verschuiving' if one.moves == 1 else 'verschuivingen'}"
    points = _points_words(-one.points_lost) if one.points_lost else "geen punten verlies"
    return f"Als {names} {verb}: {places}, {moves}, {points}."


def _points_words(gain: int) -> str:
    sign, count = "−" if gain < 0 else "+", abs(gain)
    return f"{sign}{count:,} {'punt' if count == 1 else 'punten'}".replace(",", ".")
