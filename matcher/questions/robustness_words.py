"""How is it said in Dutch how firm a plan stands? Sentences from the values alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.criteria.wording import listed
from matcher.domain.counting import counted, spelled
from matcher.domain.plan import Plan
from matcher.domain.policy import MAX_WEIGHT
from matcher.domain.vocabulary import HALF_DAY_NAMES
from matcher.matching.loss_words import price_phrase, thousands
from matcher.matching.solved import Solved
from matcher.questions.single_choices import SingleChoice, Wider
from matcher.questions.spread_ladder import SpreadRung
from matcher.questions.weight_ranges import Edge, WeightRange

MOST_NAMED = 3


def range_words(asked: Solved, one: WeightRange) -> str:
    """Say at which weights the plan stays the best, and who changes just outside of them."""
    return " ".join((f"Dit plan blijft het beste {_between(one)}.", *_outside(asked, one)))


def _between(one: WeightRange) -> str:
    low, high = thousands(one.low), thousands(one.high)
    if one.low_known and one.high_known and (one.low, one.high) == (0, MAX_WEIGHT):
        return f"bij elk gewicht van {low} tot en met {high}"
    if one.low == one.high:
        return f"bij gewicht {low}"
    return f"bij een gewicht van {low} tot en met {high}"


def _outside(asked: Solved, one: WeightRange) -> Iterator[str]:
    for edge in (one.below, one.above):
        if edge is not None:
            yield _edge(asked, edge)
    if one.low_known and one.below is None and one.low > 0:
        yield "Bij een gewicht van 0 telt niets nog mee voor de punten."
    if not one.low_known:
        yield f"Onder {thousands(one.low)} is het niet uitgerekend."
    if not one.high_known:
        yield f"Boven {thousands(one.high)} is het niet uitgerekend."


def _edge(asked: Solved, edge: Edge) -> str:
    return f"Bij {thousands(edge.weight)} is een ander plan beter: dan {_changing(asked, edge.schools)}."


def _changing(asked: Solved, schools: Sequence[str]) -> str:
    names = [asked.facts.school[one].name for one in schools if one in asked.facts.school]
    verb = "verandert" if len(names) == 1 else "veranderen"
    if len(names) <= MOST_NAMED:
        return f"{verb} {listed(names)}"
    return f"{verb} {len(names)} scholen"


def choice_words(asked: Solved, one: SingleChoice) -> str:
    """Say who has a single choice, and what each wider answer would change."""
    facts = asked.facts
    if one.side == "school":
        told = [f"{facts.school[one.id].name} kan alleen {facts.mentor[one.only].name} krijgen."]
    else:
        told = [f"{facts.mentor[one.id].name} kan alleen bij {facts.school[one.only].name}."]
    told += [_wider_words(asked, one, each) for each in one.wider]
    if not one.wider:
        count = spelled(one.tried, "ruimer antwoord is", "ruimere antwoorden zijn").replace("één", "Eén")
        told.append(f"{count} geprobeerd; meer keuze geeft dat niet.")
    if not one.complete:
        told.append("Niet elk ruimer antwoord is geprobeerd.")
    return " ".join(told)


def _wider_words(asked: Solved, one: SingleChoice, wider: Wider) -> str:
    who = "scholen" if one.side == "mentor" else "mentoren"
    changes = f"; dan {_changing(asked, wider.schools)}" if wider.schools else "; aan het plan verandert niets"
    losses = f", {price_phrase(wider.losses)}" if wider.schools else ""
    return f"Met {_answer(wider)}: {wider.choices} mogelijke {who}{changes}{losses}."


def _answer(wider: Wider) -> str:
    if wider.half_day:
        return f"{HALF_DAY_NAMES[wider.half_day]} erbij"
    if wider.minutes:
        return f"hoogstens {counted(wider.minutes, 'minuut', 'minuten')} rijden"
    return f"{wider.school_type} erbij"


def rung_words(one: SpreadRung) -> str:
    """Say what a step of more spreading costs."""
    fewer = spelled(one.fewer, "tweede of verdere school", "tweede of verdere scholen").replace("één", "Eén")
    losses = {name: loss for name, loss in one.losses.items() if name != "spread"}
    proof = "" if one.plan.proven else " (niet bewezen)"
    return f"{fewer} minder voor eenzelfde mentor: {price_phrase(losses)}{proof}."


def nothing_to_spread_words(plan: Plan) -> str:
    """Say why there is no step of more spreading."""
    if not plan.pairs:
        return "Er zijn geen koppels om te spreiden."
    if len({pair.mentor for pair in plan.pairs}) == len(plan.pairs):
        return "Elke mentor in het plan heeft één school: meer spreiden kan niet."
    return "Meer spreiden kan niet zonder dat een plaats open blijft."
