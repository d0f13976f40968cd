"""Which shortfalls should a school take first? The largest gain towards the next level for the least effort, exactly.

Effort is what the school itself states for one step up. The question is a small knapsack: docs/decisions/0023.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.label import Level, criterion_name
from matcher.domain.period import refuse_if
from matcher.domain.vocabulary import LABEL_CRITERIA
from matcher.engine.choice.selection import Aim, Row, Small, best_of
from matcher.trajectory.action_plan import PlanGoal
from matcher.trajectory.label import CAVEAT, ReadinessRule, ReadinessRules, default_rules, silence
from matcher.trajectory.tie_draw import fixed_draw

MOST_EFFORT: Final = 10_000

Lift = tuple[str, int]
"""A criterion brought to a rating."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """Bring a criterion from one rating to another: its effort, how many rules it counts for, and why in Dutch."""

    criterion: str
    now: int
    then: int
    effort: int
    rules: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to take first, most gain for its effort in front.

    `short` is the shortage of the ratings before, `gain` how much of it goes, `effort` the sum; evidence is not
    counted here, readiness asks for it. `without_effort` names criteria that no effort was stated for: left out.
    """

    level: Level
    steps: tuple[FirstStep, ...]
    short: int
    gain: int
    effort: int
    proven: bool
    without_effort: tuple[str, ...]
    sentence: str
    caveat: str = CAVEAT


def advise_first(
    ratings: Mapping[str, int],
    efforts: Mapping[str, int],
    level: Level,
    budget: int | None = None,
    rules: ReadinessRules | None = None,
) -> Advice:
    """Choose which criteria to raise, and how far.

    In order, each proven: most shortage closed within the budget, least effort, fewest criteria, then a fixed
    draw. `efforts` holds whole units (half-days, say) per step up, at least 1; a criterion without a rating
    counts as 0. Raises InvalidValueError on an effort or budget below what is possible.
    """
    wrong = any(not 1 <= one <= MOST_EFFORT for one in efforts.values())
    refuse_if(wrong, f"De inspanning voor één stap is een geheel getal van 1 tot {MOST_EFFORT}.")
    refuse_if(budget is not None and budget < 0, "Een budget is nooit negatief.")
    table = rules or default_rules()
    asked = table.of(level)
    if not table.speaks_of(level):
        return _no_advice(level)
    lifts = _lifts(ratings, efforts, asked)
    best = best_of(_small(ratings, efforts, asked, lifts, budget))
    taken = {lift for lift, value in zip(lifts, best.values, strict=False) if value}
    steps = _steps(ratings, efforts, asked, taken)
    short = sum(_short(ratings, one) for one in asked)
    gain, effort = best.reached[0].value, sum(one.effort for one in steps)
    return Advice(
        level=level,
        steps=steps,
        short=short,
        gain=gain,
        effort=effort,
        proven=best.verdict == "proven",
        without_effort=_without_effort(ratings, efforts, asked),
        sentence=_sentence(level, (short, gain, effort), budget, proven=best.verdict == "proven"),
    )


def _no_advice(level: Level) -> Advice:
    """Advise nothing where the table has no rule for the level."""
    return Advice(
        level=level, steps=(), short=0, gain=0, effort=0, proven=True, without_effort=(), sentence=silence(level)
    )


def plan_goals(advice: Advice, owner: str = "", due: date | None = None) -> tuple[PlanGoal, ...]:
    """Start goals of an action plan from an advice."""
    return tuple(PlanGoal(criterion=one.criterion, aim=one.then, owner=owner, due=due) for one in advice.steps)


def _lifts(ratings: Mapping[str, int], efforts: Mapping[str, int], asked: tuple[ReadinessRule, ...]) -> list[Lift]:
    top = max((one.rating for one in asked), default=0)
    named = {code for one in asked for code in one.criteria}
    return [
        (code, rating)
        for code in LABEL_CRITERIA
        if code in named and code in efforts
        for rating in range(ratings.get(code, 0) + 1, top + 1)
    ]


def _without_effort(
    ratings: Mapping[str, int], efforts: Mapping[str, int], asked: tuple[ReadinessRule, ...]
) -> tuple[str, ...]:
    """Name the criteria that could help but have no effort stated."""
    return tuple(
        code
        for code in LABEL_CRITERIA
        if code not in efforts and any(code in one.criteria and ratings.get(code, 0) < one.rating for one in asked)
    )


def _short(ratings: Mapping[str, int], rule: ReadinessRule) -> int:
    return max(0, rule.count - sum(ratings.get(code, 0) >= rule.rating for code in rule.criteria))


def _small(
    ratings: Mapping[str, int],
    efforts: Mapping[str, int],
    asked: tuple[ReadinessRule, ...],
    lifts: list[Lift],
    budget: int | None,
) -> Small:
    """Write the question: a variable per lift, and one per rule for the shortage that goes."""
    number = {lift: place for place, lift in enumerate(lifts)}
    costs = tuple((place, efforts[code]) for (code, _), place in number.items())
    total = sum(cost for _, cost in costs)
    rows = [Row(0, costs, total if budget is None else min(budget, total))]
    for (code, rating), place in number.items():
        if (code, rating - 1) in number:  # no rating without the one below it
            rows.append(Row(0, ((number[code, rating - 1], 1), (place, -1)), 1))
    closed = range(len(lifts), len(lifts) + len(asked))
    for rule, place in zip(asked, closed, strict=True):
        winners = tuple((number[code, rule.rating], 1) for code in rule.criteria if (code, rule.rating) in number)
        rows.append(Row(0, (*winners, (place, -1)), len(lifts)))
    first = tuple((place, 1) for (code, rating), place in number.items() if rating == ratings.get(code, 0) + 1)
    tie = tuple((place, fixed_draw(code, str(rating))) for (code, rating), place in number.items())
    aims = (
        Aim("gain", tuple((place, 1) for place in closed), most=True),
        Aim("effort", costs, most=False),
        Aim("criteria", first, most=False),
        Aim("draw", tie, most=False),
    )
    return Small((*(1 for _ in lifts), *(_short(ratings, one) for one in asked)), tuple(rows), aims)


def _steps(
    ratings: Mapping[str, int], efforts: Mapping[str, int], asked: tuple[ReadinessRule, ...], taken: set[Lift]
) -> tuple[FirstStep, ...]:
    steps = []
    for code in sorted({code for code, _ in taken}):
        now, then = ratings.get(code, 0), max(rating for other, rating in taken if other == code)
        counts = sum(code in one.criteria and now < one.rating <= then and _short(ratings, one) > 0 for one in asked)
        effort = efforts[code] * (then - now)
        why = (
            f"{criterion_name(code)} van {now} naar {then}: inspanning {effort},"
            f" telt voor {counted(counts, 'regel', 'regels')} die nog niet gehaald {'is' if counts == 1 else 'zijn'}."
        )
        steps.append(FirstStep(criterion=code, now=now, then=then, effort=effort, rules=counts, why=why))
    return tuple(sorted(steps, key=lambda one: (-Fraction(one.rules, one.effort), one.effort, one.criterion)))


def _sentence(level: Level, told: tuple[int, int, int], budget: int | None, *, proven: bool) -> str:
    short, gain, effort = told
    if not short:
        return f"Volgens onze regels ontbreekt er voor {level} geen enkel cijfer meer."
    if not gain:
        what = "Met deze inspanningen" if budget is None else "Binnen dit budget"
        return f"{what} komt {level} niet dichterbij."
    within = "" if budget is None else f" binnen een budget van {budget}"
    end = "meer kan niet" if proven else "meer werd niet gevonden"
    return f"Met inspanning {effort}{within} gaat het tekort voor {level} van {short} naar {short - gain}; {end}."
