"""Who meets whom, where and when in a year? Groups, hosts and dates together, every goal with its bound."""

from __future__ import annotations

import platform
import time
from dataclasses import replace
from functools import partial
from importlib import metadata
from typing import TYPE_CHECKING

from matcher.domain.plan import Goal
from matcher.domain.season_document import season_hash
from matcher.domain.travel import travel_source
from matcher.domain.year import Year
from matcher.engine.year.annealing import Effort, arrange
from matcher.engine.year.exact_dates import date_groups
from matcher.engine.year.exact_year import solve_year
from matcher.engine.year.travel_bound import travel_bounds
from matcher.sessions.agreements import agreement_words
from matcher.sessions.bounds import fewest_repeats, outlook, shape_of
from matcher.sessions.conflict import obvious_conflict, other_counts, smallest_conflict
from matcher.sessions.goals import LOWEST, goal_order, goal_values
from matcher.sessions.groups import absences_of
from matcher.sessions.identity import identify
from matcher.sessions.polish import polish
from matcher.sessions.repair import Repair, repair
from matcher.sessions.session_list import sessions_of, taste
from matcher.sessions.simple_bounds import simple_bounds
from matcher.sessions.year_arrays import Facts, facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.domain.plan import Conflict, PlanStatus
    from matcher.domain.season import Season
    from matcher.engine.calls import Progress, Stop
    from matcher.engine.year.annealing import Best
    from matcher.engine.year.year_problem import Arrangement, Gathering

STAGES = {
    "mixing": "groepen zonder herhaling zoeken",
    "nearing": "reistijd van de verste school verlagen",
    "saving": "totale reistijd verlagen",
}


def plan_year(
    season: Season,
    *,
    progress: Progress | None = None,
    stop: Stop | None = None,
    seconds: float = 60,
    effort: Effort | None = None,
) -> Year:
    """Plan a season's sessions: a year, a conflict in words, or `unfinished` where time ran out before a year held.

    `seconds` is a guard: with the effort that fits the season's size the answer depends on the seed alone.
    Where it or `stop` cut the search short, the year's notes say so.
    """
    began, cut_after = time.monotonic(), None
    facts = facts_of(season)
    conflict = obvious_conflict(facts)
    if conflict is not None:
        return _without_sessions(facts, "conflict", conflict)

    def halted() -> bool:
        nonlocal cut_after
        spent = time.monotonic() - began
        halts = spent > seconds or (stop is not None and stop())
        if halts and cut_after is None:
            cut_after = spent
        return halts

    year = _plan(facts, effort, halted, progress)
    if year is None:
        status, other = other_counts(facts)
        year = _plan(other, effort, halted, progress) if other is not None else None
        if year is None and status != "unknown":
            return _without_sessions(facts, "conflict", smallest_conflict(facts))
    if year is None:
        return _without_sessions(facts, "unfinished", None)
    return replace(year, notes=(*year.notes, *_cut_words(year, cut_after)))


def _cut_words(year: Year, cut_after: float | None) -> list[str]:
    """Say after how many seconds the search was cut short, where it was and the year may be better."""
    if cut_after is None or not year.sessions or all(goal.proven for goal in year.goals):
        return []
    spent = max(1, round(cut_after))
    return [f"Gestopt na {spent} {'seconde' if spent == 1 else 'seconden'}: langer zoeken kan een beter jaar geven."]


def _plan(facts: Facts, effort: Effort | None, halted: Stop, progress: Progress | None) -> Year | None:
    """Plan with the numbers of groups of `facts`; None where it is proven that these can't be."""
    season = facts.season
    fixed = repair(facts) if season.previous else None
    if fixed and fixed.answer.status == "impossible":
        return None
    given = fixed.given if fixed else facts.given
    effort = effort or effort_for(given)
    choices = {"seed": season.seed, "order": season.first, "margin": season.travel_margin}
    search = partial(arrange, given, **choices, stop=halted, progress=_in_dutch(progress))  # type: ignore[arg-type]
    best = search(effort=effort, first=(fixed.answer.plan,) if fixed and fixed.answer.plan else ())
    if best.score.faults:
        answer = solve_year(given, seed=season.seed, effort=20 * effort.proof, hint=best.plan)
        if answer.status == "impossible":
            return None
        if answer.plan is None:
            return _without_sessions(facts, "unfinished", None)
        best = search(effort=replace(effort, mixing=0), first=(answer.plan,))
    best.plan = polish(facts, given, best.plan, halted)
    return _year(facts, best, fixed, effort.proof)


def effort_for(given: Gathering) -> Effort:
    """Choose an effort that takes a quarter of a minute or so on one core, whatever the size."""
    size = given.schools * given.rounds
    if size <= 150:  # noqa: PLR2004 - some thirty schools and five rounds
        return Effort()
    scale = max(0.15, min(1.0, 400 / size))
    return Effort(
        chains=8 if size <= 600 else 4,  # noqa: PLR2004 - a hundred schools and five rounds
        mixing=int(6000 * scale) + 1500,
        nearing=int(6000 * scale) + 2000,
        saving=int(3500 * scale) + 1000,
    )


def _year(facts: Facts, best: Best, fixed: Repair | None, proof: float) -> Year:
    season = facts.season
    given = fixed.given if fixed else facts.given
    plan, dated = date_groups(given, best.plan, taste(facts, best.plan), effort=5 * max(proof, 0.02), seed=season.seed)
    sessions, cancelled = identify(season, sessions_of(facts, plan))
    values = goal_values(season, sessions)
    bounds = _bounds(facts, plan, values, fixed, proof)
    goals = tuple(
        Goal(name, values[name], bounds[name], proven=bounds[name] == values[name]) for name in goal_order(season)
    )
    upper = [goal for goal in goals if goal.name not in LOWEST]
    notes = [*outlook(facts.given, values["repeats"]), *_margin_words(season, values["worst_travel"], best.fairest)]
    notes += agreement_words(season, sessions)
    if dated:
        notes.append("Voor deze groepen en gastheren zijn de data bewezen de beste voor de mentoren en de halve dagen.")
    return replace(
        _empty(facts),
        status="proven" if all(goal.proven for goal in upper) else "feasible",
        goals=goals,
        sessions=sessions,
        cancelled=cancelled,
        notes=tuple(notes),
    )


def _margin_words(season: Season, worst: int, fairest: int) -> list[str]:
    """Say what the margin on the worst journey was used for, where it was."""
    if worst <= fairest:
        return []
    return [
        (
            f"De verste school reist {worst} minuten; minder dan {fairest} werd niet gevonden. "
            f"De marge van {season.travel_margin} % daarop spaart reistijd voor alle scholen samen."
        )
    ]


def _bounds(
    facts: Facts, plan: Arrangement, values: Mapping[str, int], fixed: Repair | None, proof: float
) -> dict[str, int | None]:
    """Give a bound for every goal. Those of travel hold for any groups, those of changes are exact."""
    repeats = values["repeats"] if facts.season.first == "mixing" else None
    worst, total = travel_bounds(facts.given, repeats, plan=plan, effort=proof, seed=facts.season.seed)
    bounds: dict[str, int | None] = {
        "left_out": 0,
        "repeats": fewest_repeats(shape_of(facts.given)),
        "worst_travel": worst,
        "total_travel": total,
        **simple_bounds(facts),
    }
    if fixed is not None:
        whole = len(fixed.kept) == len(facts.season.previous.sessions)  # type: ignore[union-attr]
        found = (values["changed_sessions"], values["changed_invitations"])
        same = whole and (fixed.answer.changed, fixed.answer.moved) == found
        names = ("changed_sessions", "changed_invitations")
        for name, proven in zip(names, fixed.proofs(facts), strict=True):
            bounds[name] = values[name] if same and proven else None
    return bounds


def _without_sessions(facts: Facts, status: PlanStatus, conflict: Conflict | None) -> Year:
    return replace(_empty(facts), status=status, conflict=conflict)


def _empty(facts: Facts) -> Year:
    season = facts.season
    return Year(
        season=season.id,
        status="unfinished",
        goals=(),
        sessions=(),
        inputs_hash=season_hash(season),
        absences=absences_of(season),
        seed=season.seed,
        versions=_versions(),
        travel_source=travel_source(
            season.roads,
            season.policy,
            ([one.position for one in season.participants], [one.position for one in season.hosts]),
        ),
        notes=outlook(facts.given),
    )


def _versions() -> Mapping[str, str]:
    packages = {name: metadata.version(name) for name in ("in2stem", "numpy", "ortools")}
    return packages | {"python": platform.python_version()}


def _in_dutch(progress: Progress | None) -> Progress | None:
    if progress is None:
        return None
    return lambda name, fraction: progress(STAGES.get(name, name), fraction)
