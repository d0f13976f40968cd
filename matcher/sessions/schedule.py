"""Who meets whom, where and when in a year? Groups, hosts and dates together, every goal with its bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from matcher.domain.counting import counted
from matcher.domain.package_versions import versions
from matcher.domain.plan import Conflict, Goal, PlanStatus
from matcher.domain.season import Season
from matcher.domain.season_document import season_hash
from matcher.domain.travel import travel_source
from matcher.domain.year import Year
from matcher.engine.calls import Progress, Stop
from matcher.engine.year.annealing import Best, Effort, arrange
from matcher.engine.year.column_prices import Known
from matcher.engine.year.exact_dates import date_groups
from matcher.engine.year.exact_year import solve_year
from matcher.engine.year.first_year import round_by_round
from matcher.engine.year.travel_bound import travel_bounds
from matcher.engine.year.year_problem import Arrangement, YearProblem
from matcher.sessions.agreements import agreement_words
from matcher.sessions.bounds import fewest_repeats, outlook, shape_of
from matcher.sessions.clock import CONFLICT, DATES, OTHER_END, PROOFS, REPAIR, SEARCH, Clock
from matcher.sessions.conflict import obvious_conflict, other_counts, smallest_conflict
from matcher.sessions.goals import LOWEST, goal_order, goal_values
from matcher.sessions.groups import absences_of
from matcher.sessions.identity import identify
from matcher.sessions.polish import polish
from matcher.sessions.repair import Repair, fewer_repeats, repair
from matcher.sessions.session_list import sessions_of, taste
from matcher.sessions.simple_bounds import simple_bounds
from matcher.sessions.travel_words import margin_words, strict_words
from matcher.sessions.year_arrays import Facts, facts_of

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

    `seconds` is a guard over all of it, repairs and bounds too: with the effort that fits the season's size the answer
    depends on the seed alone. Where it or `stop` cut something short, the year's notes say so.
    """
    clock, facts = Clock(seconds, stop), facts_of(season)
    conflict = obvious_conflict(facts)
    if conflict is not None:
        return _without_sessions(facts, "conflict", conflict)

    year = _plan(facts, effort, clock, progress)
    if year is None:
        status, other = other_counts(facts, stop=clock.for_a_first(SEARCH))
        year = _plan(other, effort, clock, progress) if other is not None else None
        if year is None and status != "unknown":
            return _without_sessions(facts, "conflict", smallest_conflict(facts, clock.for_a_first(CONFLICT)))
    if year is None:
        return _without_sessions(facts, "unfinished", None)
    settled = not year.sessions or all(goal.proven for goal in year.goals)
    return year if settled else replace(year, notes=(*year.notes, *clock.words()))


def _plan(facts: Facts, effort: Effort | None, clock: Clock, progress: Progress | None) -> Year | None:
    """Plan with the numbers of groups of `facts`; None where it is proven that these can't be."""
    season = facts.season
    fixed = repair(facts, stop=clock.until(REPAIR)) if season.previous else None
    if fixed and fixed.answer.status == "impossible":
        return None
    given = fixed.given if fixed else facts.given
    effort, halted = effort or effort_for(given), clock.until(SEARCH)
    choices = {"seed": season.seed, "order": season.first, "margin": season.travel_margin}
    search: Callable[..., Best] = partial(arrange, **choices, stop=halted, progress=_in_dutch(progress))  # type: ignore[arg-type]
    best = search(given, effort=effort, first=(fixed.answer.plan,) if fixed and fixed.answer.plan else ())
    if best.score.faults and fixed and fixed.answer.plan is None:
        given = facts.given  # no exact repair was found, and not all that could stay can stay together
        best = search(given, effort=effort)
    if best.score.faults:
        first = clock.for_a_first(DATES)
        plan = round_by_round(given, seed=season.seed, effort=2 * effort.proof, stop=first)
        if plan is None:
            answer = solve_year(given, seed=season.seed, effort=20 * effort.proof, hint=best.plan, stop=first)
            if answer.status == "impossible":
                return None
            if answer.plan is None:
                return _without_sessions(facts, "unfinished", None)
            plan = answer.plan
        best = search(given, effort=replace(effort, mixing=0), first=(plan,))
    best.plan = polish(facts, given, best.plan, halted)
    best.plan, dated = date_groups(
        given,
        best.plan,
        taste(facts, best.plan),
        effort=5 * max(effort.proof, 0.02),
        seed=season.seed,
        stop=clock.until(DATES),
    )
    year = _year(facts, best, fixed, effort.proof, clock)
    if dated:
        note = "Voor deze groepen en gastheren zijn de data bewezen de beste voor de mentoren en de halve dagen."
        year = replace(year, notes=(*year.notes, note))
    return year


def effort_for(given: YearProblem) -> Effort:
    """Choose an effort that takes a few seconds where a year is small, else a quarter of a minute or so on one core."""
    size = given.schools * given.rounds
    if size <= 80:  # noqa: PLR2004 - some twenty schools and four rounds
        return Effort(mixing=2500, nearing=3000, saving=3000)
    if size <= 150:  # noqa: PLR2004 - some thirty schools and five rounds
        return Effort()
    scale = max(0.15, min(1.0, 400 / size))
    return Effort(
        chains=8 if size <= 600 else 4,  # noqa: PLR2004 - a hundred schools and five rounds
        mixing=int(6000 * scale) + 1500,
        nearing=int(6000 * scale) + 2000,
        saving=int(3500 * scale) + 1000,
    )


def _year(facts: Facts, best: Best, fixed: Repair | None, proof: float, clock: Clock) -> Year:
    season = facts.season
    sessions, cancelled = identify(season, sessions_of(facts, best.plan))
    values = goal_values(season, sessions)
    other = _other_end(facts, fixed, values, proof, clock)
    known = Known()
    bounds = _bounds(facts, best.plan, values, fixed, proof, clock.for_proofs(PROOFS), known)
    goals = tuple(
        Goal(name, values[name], bounds[name], proven=bounds[name] == values[name]) for name in goal_order(season)
    )
    upper = [goal for goal in goals if goal.name not in LOWEST]
    notes = [*other, *outlook(facts.given, values["repeats"])]
    notes += margin_words(season, values["worst_travel"], best.fairest, whole=clock.cut_after is None)
    if not season.travel_margin and not all(goal.proven for goal in upper):
        notes += strict_words(facts, best.plan, values, known=known, effort=proof, stop=clock.for_proofs(PROOFS))
    notes += agreement_words(season, sessions)
    return replace(
        _empty(facts),
        status="proven" if all(goal.proven for goal in upper) else "feasible",
        goals=goals,
        sessions=sessions,
        cancelled=cancelled,
        notes=tuple(notes),
    )


def _other_end(facts: Facts, fixed: Repair | None, values: Mapping[str, int], proof: float, clock: Clock) -> list[str]:
    """Say what more changes would spare in repeats, where a repair costs some."""
    if fixed is None or facts.season.first != "mixing":
        return []
    found = fewer_repeats(facts, fixed, effort=5 * proof, stop=clock.for_proofs(OTHER_END))
    if found is None or found[0] >= values["repeats"]:
        return []
    repeats, changed = found
    here = f"met {_sessions(values['changed_sessions'])} zijn het er {values['repeats']}"
    there = f"met {_sessions(changed)} kan het met {repeats}"
    return [f"Zo weinig mogelijk wijzigen kost herhaalde ontmoetingen: {here}, {there}."]


def _sessions(count: int) -> str:
    return counted(count, "gewijzigde sessie", "gewijzigde sessies")


def _bounds(  # noqa: PLR0913, PLR0917 - all that a bound hangs on
    facts: Facts,
    plan: Arrangement,
    values: Mapping[str, int],
    fixed: Repair | None,
    proof: float,
    stop: Stop,
    known: Known,
) -> dict[str, int | None]:
    """Give a bound for every goal. Those of travel hold for any groups, those of changes are exact."""
    repeats = values["repeats"] if facts.season.first == "mixing" else None
    worst, total = travel_bounds(
        facts.given, repeats, plan=plan, known=known, effort=proof, seed=facts.season.seed, stop=stop
    )
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
        versions=versions(),
        travel_source=travel_source(
            season.roads,
            season.policy,
            ([one.position for one in season.participants], [one.position for one in season.hosts]),
        ),
        notes=outlook(facts.given),
    )


def _in_dutch(progress: Progress | None) -> Progress | None:
    if progress is None:
        return None
    return lambda name, fraction: progress(STAGES.get(name, name), fraction)
