"""What if a mentor leaves, each in turn? Open places, moves and points lost, before anything is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import numpy as np

from matcher.criteria.wording import listed
from matcher.domain.absence_claim import AgreementsClash, Stopped
from matcher.domain.claim import Claim
from matcher.domain.counting import counted
from matcher.domain.document import claim_to_document
from matcher.domain.fall_claim import ChangesToo, PointsAfter, StaysOpen, TakesOver
from matcher.engine.calls import Flags, Ints, Progress
from matcher.engine.flow.problem import Problem
from matcher.engine.flow.repair import NoRepairError, repair_without
from matcher.matching.agreements import conflict_of
from matcher.matching.claim_words import tell
from matcher.matching.goals import TOP_POINTS
from matcher.matching.rules import Facts
from matcher.matching.solved import Solved
from matcher.questions.double_loss import TwoBounds
from matcher.questions.dropout import changed_round
from matcher.questions.reserves import with_reserves
from matcher.questions.standby import Standby, smallest_standby

Colour = Literal["green", "orange", "red"]


@dataclass(frozen=True, slots=True)
class DropOut:
    """What the best repaired plan loses when `mentors` (one or two ids) leave.

    `open_places` are places that had a mentor and stay empty, at `schools_without` (ids) where a school is left
    with nobody; `moves` pairs of other mentors that change; `points_lost` in total; `worst_pair` after. `claims` say
    the same by name: who takes over where, what stays open, which other school changes.
    Green: nobody else is troubled; orange: somebody moves; red: a place stays empty.
    """

    mentors: tuple[str, ...]
    open_places: int
    schools_without: tuple[str, ...]
    moves: int
    points_lost: int
    worst_pair: int
    colour: Colour
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Resilience:
    """Every drop-out of one mentor, the worst of two where asked for, and who should stand by.

    `pillars` are the mentors on whom a place hangs.
    """

    drop_outs: tuple[DropOut, ...]
    pillars: tuple[str, ...]
    standby: Standby
    worst_two: tuple[DropOut, ...] = ()


def resilience(asked: Solved, *, two: int = 0, progress: Progress | None = None) -> Resilience:
    """Let each mentor of the plan drop out in turn; with `two`, also the so many worst drop-outs of two at once.

    Mentors who stand by (`reserve`) help, as few of them as possible: each drop-out is what a rerun gives.
    `progress` hears a Dutch line and a fraction as it goes on.
    """
    problem, chosen = with_reserves(asked)
    asked = replace(asked, problem=problem, chosen=chosen)
    in_plan = np.unique(problem.mentor[chosen]).tolist()
    drop_outs = []
    for number, mentor in enumerate(in_plan):
        if progress is not None:
            progress(f"{number} van {counted(len(in_plan), 'mentor', 'mentoren')}", number / len(in_plan))
        drop_outs.append(drop_out(asked, [mentor]))
    pillars = tuple(one.mentors[0] for one in drop_outs if one.open_places)
    if progress is not None:
        progress("wie in reserve moet staan", None)
    standby = smallest_standby(asked)
    worst = worst_of_two(asked, in_plan, drop_outs, two, progress) if two else ()
    return Resilience(tuple(drop_outs), pillars, standby, worst)


def worst_of_two(
    asked: Solved, in_plan: Sequence[int], alone: Sequence[DropOut], most: int, progress: Progress | None = None
) -> tuple[DropOut, ...]:
    """Give the worst drop-outs of two mentors at once; pairs that bounds keep from being among them are passed over."""
    bounds = TwoBounds(asked.problem, asked.chosen, in_plan, [_badness(one) for one in alone])
    found: list[DropOut] = []
    for number, (bound, both) in enumerate(bounds.worst_first()):
        found.sort(key=worst_first)
        del found[most:]
        if bound is not None and len(found) == most and bound < _badness(found[-1]):
            break
        if progress is not None and not number % 25:
            progress(f"{number} van hoogstens {bounds.count} tweetallen nagerekend", None)
        found.append(drop_out(asked, list(both)))
    return tuple(sorted(found, key=worst_first)[:most])


def _badness(one: DropOut) -> tuple[int, int, int]:
    """Give what makes a drop-out worse than another: open places, then moves, then points."""
    return one.open_places, one.moves, one.points_lost


def worst_first(one: DropOut) -> tuple[int, int, int, tuple[str, ...]]:
    """Order drop-outs: most places first, so that red stands before orange, and orange before green."""
    return -one.open_places, -one.moves, -one.points_lost, one.mentors


def drop_out(asked: Solved, gone: Sequence[int]) -> DropOut:
    """Give the best repaired plan without some mentors (numbers), as what it loses."""
    problem = asked.problem
    try:
        after = repair_without(problem, asked.chosen, np.array(gone))
    except NoRepairError:
        return _without_plan(asked, gone)
    goes = np.flatnonzero(asked.chosen & ~after)
    open_places = int(np.maximum(_helped(problem, asked.chosen) - _helped(problem, after), 0).sum())
    moves = int((~np.isin(problem.mentor[goes], gone)).sum())
    colour: Colour = "red" if open_places else "orange" if moves else "green"
    points_lost = int(problem.points[asked.chosen].sum() - problem.points[after].sum())
    return DropOut(
        mentors=tuple(asked.given.mentors[mentor].id for mentor in gone),
        open_places=open_places,
        schools_without=_left_alone(asked, problem, after),
        moves=moves,
        points_lost=points_lost,
        worst_pair=int(problem.points[after].min(initial=TOP_POINTS)),
        colour=colour,
        claims=(*_changes(asked, problem, gone, after), PointsAfter(_ids(asked, gone), points_lost)),
    )


def _without_plan(asked: Solved, gone: Sequence[int]) -> DropOut:
    """Say that no plan is left, or that none was found in time; then every place stays open."""
    mentors = _ids(asked, gone)
    changed = changed_round(asked.given, asked.plan, dict.fromkeys(mentors, ""))
    clash = conflict_of(Facts(changed, asked.facts.verdicts)) is not None
    return DropOut(
        mentors=mentors,
        open_places=len(asked.plan.pairs),
        schools_without=tuple(dict.fromkeys(pair.school for pair in asked.plan.pairs)),
        moves=0,
        points_lost=sum(pair.points for pair in asked.plan.pairs),
        worst_pair=TOP_POINTS,
        colour="red",
        claims=(AgreementsClash() if clash else Stopped(),),
    )


def _ids(asked: Solved, mentors: Sequence[int]) -> tuple[str, ...]:
    return tuple(asked.given.mentors[mentor].id for mentor in mentors)


def _changes(asked: Solved, problem: Problem, gone: Sequence[int], after: Flags) -> Iterator[Claim]:
    """Yield what changes at each school, those that stay open first: who takes over, and who moves for it."""
    left, changed = _ids(asked, gone), np.flatnonzero(asked.chosen != after)
    at = problem.school[changed]
    comes_new = after[changed]
    rows = np.unique(at).tolist()
    short = {row: int((~comes_new & (at == row)).sum()) - int((comes_new & (at == row)).sum()) for row in rows}
    for row in sorted(rows, key=lambda one: (-short[one], one)):
        school, here = asked.given.schools[row].id, at == row
        goes = _ids(asked, problem.mentor[changed[here & ~comes_new]].tolist())
        comes = _ids(asked, problem.mentor[changed[here & comes_new]].tolist())
        if short[row] > 0:
            yield StaysOpen(left, school, short[row], int((after & (problem.school == row)).sum()))
        others = tuple(one for one in goes if one not in left)
        if len(others) < len(goes):
            yield from (TakesOver(left, school, one) for one in comes)
            comes = ()
        if others or comes:
            yield ChangesToo(left, school, others, comes)


def _helped(problem: Problem, pairs: Flags) -> Ints:
    """Count the mentors of each school."""
    return np.bincount(problem.school[pairs], minlength=len(problem.demand))


def _left_alone(asked: Solved, problem: Problem, after: Flags) -> tuple[str, ...]:
    had, has = _helped(problem, asked.chosen), _helped(problem, after)
    return tuple(asked.given.schools[int(row)].id for row in np.nonzero((had > 0) & (has == 0))[0])


def drop_out_words(asked: Solved, one: DropOut) -> str:
    """Say a drop-out in Dutch: when whom leaves, then the sentence of each claim."""
    names = listed([asked.facts.mentor[mentor].name for mentor in one.mentors])
    verb = "afhaakt" if len(one.mentors) == 1 else "samen afhaken"
    return f"Als {names} {verb}: {' '.join(told.sentence for told in tell(asked.facts, one.claims))}"


def drop_out_document(asked: Solved, one: DropOut) -> dict[str, Any]:
    """Write a drop-out: its numbers, its claims with their sentences, and all in one line as `words`."""
    claims = [claim_to_document(told) for told in tell(asked.facts, one.claims)]
    return asdict(one) | {"claims": claims, "words": drop_out_words(asked, one)}
