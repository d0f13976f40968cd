"""Which schools get the places, in which order do the others wait, and why? Exact, goal after goal.

The goals and the fixed draw: docs/decisions/0021.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from matcher.domain.counting import as_many, counted
from matcher.domain.document import document_of
from matcher.domain.plan import Conflict, Goal
from matcher.engine.choice.selection import Aim, Best, Row, Small, best_of
from matcher.sessions.conflict import smallest
from matcher.trajectory.candidates import SELECTION_DIMENSIONS, Candidate, Dimension, SelectionLimit, SelectionPool
from matcher.trajectory.selection_words import reason_in, reason_out
from matcher.trajectory.tie_draw import fixed_draw

Outcome = Literal["chosen", "waiting", "not_chosen"]
FORMAT: Final = "in2stem-selection/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a candidate got; `place` counts the waiting list from 1, 0 for others. `reason` is Dutch."""

    school: str
    outcome: Outcome
    priority: int = 0
    place: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The outcome: choices in the order of ids, goals in the order in which they were reached.

    `notes` are Dutch sentences, such as which limits keep seats empty. `conflict` is there with status `conflict`.
    """

    status: Literal["proven", "feasible", "conflict", "unfinished"]
    choices: tuple[Choice, ...] = ()
    goals: tuple[Goal, ...] = ()
    notes: tuple[str, ...] = ()
    conflict: Conflict | None = None

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the chosen schools."""
        return tuple(one.school for one in self.choices if one.outcome == "chosen")

    @property
    def waiting(self) -> tuple[str, ...]:
        """The ids on the waiting list, first in line first."""
        line = sorted((one for one in self.choices if one.outcome == "waiting"), key=lambda one: one.place)
        return tuple(one.school for one in line)


def select_schools(pool: SelectionPool, *, explain: bool = True) -> Selection:
    """Choose as many schools as there are seats, within all limits, proven best on every goal in order.

    Contradicting limits give the smallest set of them at fault. Reasons are exact too: for each school the
    question is solved again with it forced in or out, and the first goal that gets worse is the reason. Without
    `explain` the reasons stay empty, which saves those solves.
    """
    best = best_of(_small(pool))
    if best.verdict in ("impossible", "unknown"):
        conflict = _conflict(pool) if best.verdict == "impossible" else None
        return Selection(status="conflict" if conflict else "unfinished", conflict=conflict)
    chosen = {one.id for one, value in zip(pool.candidates, best.values, strict=False) if value}
    goals = tuple(Goal(one.name, one.value, one.bound, one.proven) for one in best.reached if one.name != "draw")
    status: Literal["proven", "feasible"] = "proven" if best.verdict == "proven" else "feasible"
    return Selection(
        status=status,
        choices=_choices(pool, best, chosen, explain=explain),
        goals=goals,
        notes=_notes(pool, best.reached[0].value),
    )


def replace_school(pool: SelectionPool, selection: Selection, dropped: str) -> Selection:
    """Choose again after one school left: all others that were chosen stay."""
    kept = tuple(one for one in selection.chosen if one != dropped)
    return select_schools(replace(pool, required=kept, excluded=(*pool.excluded, dropped)))


def waiting_order(pool: SelectionPool, chosen: set[str]) -> list[Candidate]:
    """Give those who are not chosen, most priority points first, then by the fixed draw."""
    others = [one for one in pool.candidates if one.id not in chosen and one.id not in pool.excluded]
    return sorted(others, key=lambda one: (-one.priority, fixed_draw(one.id, seed=pool.policy.seed), one.id))


def _small(pool: SelectionPool, bounds: Sequence[SelectionLimit | str] | None = None, seats: int = 0) -> Small:
    """Write the question as whole numbers; `bounds` are the limits and required ids that hold (None for all)."""
    candidates, policy = pool.candidates, pool.policy
    held = [*policy.limits, *pool.required] if bounds is None else list(bounds)
    everybody = tuple((number, 1) for number in range(len(candidates)))
    rows = [Row(seats, everybody, policy.seats)]
    rows += [_limit_row(candidates, one) for one in held if isinstance(one, SelectionLimit)]
    numbers = {one.id: number for number, one in enumerate(candidates)}
    rows += [Row(1, ((numbers[one], 1),), 1) for one in held if isinstance(one, str)]
    rows += [Row(0, ((numbers[one], 1),), 0) for one in pool.excluded]
    tops = [1] * len(candidates)
    aims = {
        "seats": Aim("seats", everybody, most=True),
        "priority": Aim("priority", tuple((n, one.priority) for n, one in enumerate(candidates)), most=True),
        "balance": Aim("balance", _deviations(pool, tops, rows), most=False),
    }
    tie = tuple((number, fixed_draw(one.id, seed=policy.seed)) for number, one in enumerate(candidates))
    wanted = () if bounds is not None else (*(aims[name] for name in policy.goals), Aim("draw", tie, most=False))
    return Small(tuple(tops), tuple(rows), wanted)


def _members(candidates: Sequence[Candidate], dimension: Dimension, value: str) -> list[int]:
    return [number for number, one in enumerate(candidates) if value in one.values(dimension)]


def _limit_row(candidates: Sequence[Candidate], limit: SelectionLimit) -> Row:
    members = tuple((number, 1) for number in _members(candidates, limit.dimension, limit.value))
    low, high = (limit.number, len(candidates)) if limit.side == "least" else (0, limit.number)
    return Row(low, members, high)


def _deviations(pool: SelectionPool, tops: list[int], rows: list[Row]) -> tuple[tuple[int, int], ...]:
    """Add for every group a variable of at least |candidates x chosen in it - seats x candidates in it|."""
    everybody, seats = len(pool.candidates), min(pool.policy.seats, len(pool.candidates))
    terms = []
    for dimension, values in SELECTION_DIMENSIONS.items():
        for members in (_members(pool.candidates, dimension, value) for value in values):
            if members:
                share, most = seats * len(members), everybody * everybody
                counted = tuple((number, everybody) for number in members)
                tops.append(most)
                terms.append((len(tops) - 1, 1))
                rows.append(Row(-most, (*counted, (len(tops) - 1, -1)), share))
                rows.append(Row(share, (*counted, (len(tops) - 1, 1)), 2 * most))
    return tuple(terms)


def _choices(pool: SelectionPool, best: Best, chosen: set[str], *, explain: bool) -> tuple[Choice, ...]:
    line = {one.id: place for place, one in enumerate(waiting_order(pool, chosen), start=1)}
    most = len(line) if pool.policy.waiting_places is None else pool.policy.waiting_places
    others = _others(pool, best, chosen) if explain else []
    choices = []
    for number, one in enumerate(pool.candidates):
        inside = one.id in chosen
        place = line.get(one.id, 0)
        outcome: Outcome = "chosen" if inside else "waiting" if 0 < place <= most else "not_chosen"
        tell = reason_in if inside else reason_out
        reason = tell(pool, one, chosen, best, others[number]) if explain else ""
        shown = place if outcome == "waiting" else 0
        choices.append(Choice(school=one.id, outcome=outcome, priority=one.priority, place=shown, reason=reason))
    return tuple(choices)


def _others(pool: SelectionPool, best: Best, chosen: set[str]) -> list[Best | None]:
    """Give for each school what is best with it forced the other way.

    A choice that reaches all goals as well answers for every school that it takes otherwise than the best does.
    """
    found: list[Best | None] = []
    as_good: list[Best] = []
    for number, one in enumerate(pool.candidates):
        other = next((known for known in as_good if known.values[number] != best.values[number]), None)
        if other is None:
            other = _otherwise(pool, one.id, best, inside=one.id in chosen)
            if other is not None and other.verdict == best.verdict == "proven" and other.reached == best.reached[:-1]:
                as_good.append(other)
        found.append(other)
    return found


def _otherwise(pool: SelectionPool, school: str, best: Best, *, inside: bool) -> Best | None:
    """Solve again with a school forced the other way, up to the first goal that gets worse; None where it was settled.

    What the draw says then is not asked: between equals it decides, whatever it drew.
    """
    if school in pool.required or school in pool.excluded:
        return None
    required, excluded = (
        (pool.required, (*pool.excluded, school)) if inside else ((*pool.required, school), pool.excluded)
    )
    small = _small(replace(pool, required=required, excluded=excluded))
    return best_of(replace(small, aims=small.aims[:-1]), until_other=best)


def _conflict(pool: SelectionPool) -> Conflict:
    """Name limits of which none can be missed for the contradiction (QuickXplain), and ways out that were tried."""
    core = _core(pool, 0)
    names = {one.id: one.name for one in pool.candidates}
    told = tuple(one.words if isinstance(one, SelectionLimit) else f"{names[one]} is al gekozen" for one in core)
    bounds: list[SelectionLimit | str] = [*pool.policy.limits, *pool.required]
    ways = [
        f"Laat los: {words}."
        for one, words in zip(core, told, strict=True)
        if best_of(_small(pool, [other for other in bounds if other != one])).verdict != "impossible"
    ]
    sentence = f"Met {counted(pool.policy.seats, 'plaats', 'plaatsen')} kan dit niet samen: {'; '.join(told)}."
    return Conflict(sentence, rules=told, remedies=tuple(ways) or ("Laat meer dan één van deze grenzen los.",))


def _core(pool: SelectionPool, seats: int) -> list[SelectionLimit | str]:
    bounds: list[SelectionLimit | str] = [*pool.policy.limits, *pool.required]
    return smallest(bounds, lambda kept: best_of(_small(pool, kept, seats)).verdict == "impossible")


def _notes(pool: SelectionPool, filled: int) -> tuple[str, ...]:
    """Say which limits keep seats empty, or that there are no more applicants."""
    seats, everybody = pool.policy.seats, len(pool.candidates) - len(pool.excluded)
    if filled == seats:
        return ()
    if everybody <= filled:
        there = counted(everybody, "kandidaat", "kandidaten")
        return (f"Plaatsen: {seats}, voor {there}: iedereen heeft een plaats.",)
    core = _core(pool, min(seats, everybody))
    words = "; ".join(one.words for one in core if isinstance(one, SelectionLimit))
    empty = f"{as_many(seats - filled, 'blijft', 'blijven')} {counted(seats - filled, 'plaats', 'plaatsen')}"
    return (f"Er {empty} leeg door: {words}.",)


selection_to_document, selection_from_document = document_of(FORMAT, Selection)
