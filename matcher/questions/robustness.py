"""How firm is a plan? The weights at which it stays the best, answers that leave no choice, the price of spreading."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from matcher.domain.counting import as_many, counted
from matcher.domain.errors import InvalidValueError
from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.matching.proof import Alternative
from matcher.matching.solved import Solved, solved
from matcher.matching.verdicts import Verdicts
from matcher.questions.certificate import free_pairs
from matcher.questions.robustness_words import choice_words, range_words, rung_words
from matcher.questions.single_choices import SingleChoice, single_choices
from matcher.questions.spread_ladder import SpreadRung, spread_ladder
from matcher.questions.weight_ranges import WeightRange, weight_ranges

MOST_POSSIBLE = 1_000
"""Of so many possible pairs the weights are tried beside a plan: some hundreds of solutions, more than the plan."""

MOST_RUNGS = 5
"""So many steps of more spreading are worked out."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """The ranges of all weights, whom one answer more would give a choice, and what more spreading costs."""

    weights: tuple[WeightRange, ...]
    single_choices: tuple[SingleChoice, ...]
    spread: tuple[SpreadRung, ...]


def robustness(asked: Solved) -> Robustness:
    """Look how firm a plan stands; raises InvalidValueError where it is not proven best, for then nobody knows."""
    if not asked.plan.proven:
        raise InvalidValueError("Dit plan is niet bewezen het beste: hoe vast het staat, is niet te zeggen.")
    return Robustness(weight_ranges(asked), single_choices(asked), spread_ladder(asked, most=MOST_RUNGS))


def robustness_document(asked: Solved, found: Robustness) -> dict[str, Any]:
    """Write all of it as JSON, each part with its Dutch sentence as `words`."""
    return {
        "weights": [asdict(one) | {"words": range_words(asked, one)} for one in found.weights],
        "single_choices": [asdict(one) | {"words": choice_words(asked, one)} for one in found.single_choices],
        "spread": [
            {
                "fewer": one.fewer,
                "losses": {name: _plain(loss) for name, loss in one.losses.items()},
                "proven": one.plan.proven,
                "pairs": [[pair.school, pair.mentor] for pair in one.plan.pairs],
                "words": rung_words(one),
            }
            for one in found.spread
        ],
    }


def firmness_of_plan(given: Round, verdicts: Verdicts, plan: Plan, *, weights: bool = False) -> dict[str, Any]:
    """Write what stands beside a plan of how firm it is: interchangeable pairs, weights, single choices.

    `free` has school, mentor and `words` of each pair that is as good; the other two are parts of
    `robustness_document`, where `weights` asks for them. Nothing of a plan without pairs or not proven best; no weights
    and choices where more than `MOST_POSSIBLE` pairs are possible, for these take a solution for every weight tried.
    """
    if not (plan.proven and plan.pairs):
        return {}
    asked = solved(given, plan, verdicts)
    if not asked.problem.is_network:
        return {}
    free = [{"school": one.school, "mentor": one.mentor, "words": free_words(asked, one)} for one in free_pairs(asked)]
    if not weights or asked.problem.pairs > MOST_POSSIBLE:
        return {"free": free}
    found = robustness_document(asked, Robustness(weight_ranges(asked), single_choices(asked), ()))
    return {"free": free} | {name: found[name] for name in ("weights", "single_choices")}


def free_words(asked: Solved, one: Alternative) -> str:
    """Say that a school can as well have another mentor, and whether that changes other pairs too."""
    who = f"{asked.facts.school[one.school].name} kan even goed {asked.facts.mentor[one.mentor].name} krijgen"
    others = one.moves - 1
    if others < 1:
        return f"{who}; u kiest."
    return f"{who}; dan {as_many(others, 'wijzigt', 'wijzigen')} nog {counted(others, 'koppel', 'koppels')}. U kiest."


def _plain(value: int | tuple[int, ...]) -> int | list[int]:
    return list(value) if isinstance(value, tuple) else value
