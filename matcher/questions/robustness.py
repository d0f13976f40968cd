"""How firm is a plan? The weights at which it stays the best, answers that leave no choice, the price of spreading."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from matcher.domain.errors import InvalidValueError
from matcher.questions.robustness_words import choice_words, range_words, rung_words
from matcher.questions.single_choices import SingleChoice, single_choices
from matcher.questions.spread_ladder import SpreadRung, spread_ladder
from matcher.questions.weight_ranges import WeightRange, weight_ranges

if TYPE_CHECKING:
    from matcher.matching.solved import Solved

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


def _plain(value: int | tuple[int, ...]) -> int | list[int]:
    return list(value) if isinstance(value, tuple) else value
