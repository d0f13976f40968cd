"""How are goals, prices and losses of a plan said in Dutch?"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.counting import as_many, counted
from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.matching.loss_words import ORDINALS, price_phrase, thousands
from matcher.questions.price import LockPrice


def nothing_words(given: Round) -> str:
    """Say why a plan has no pairs."""
    missing = " en ".join(
        name for name, there in (("scholen", given.schools), ("mentoren", given.mentors)) if not there
    )
    if missing:
        return f"Er valt niets te koppelen: er zijn geen {missing}."
    if not any(map(given.helps, given.mentors)):
        return "Er valt niets te koppelen: geen enkele mentor helpt nu een school."
    return "Geen enkel koppel is mogelijk."


def goal_lines(plan: Plan) -> list[str]:
    """Say what every goal reached, and whether better is possible."""
    reached = {goal.name: goal.value for goal in plan.goals}
    words = {
        "places_filled": _places(plan),
        "reserves_used": f"Plaatsen met een reserve: {reached.get('reserves_used')}.",
        "stranded": f"Scholen die hun mentor kwijt zijn: {reached.get('stranded')}.",
        "changes": f"Wijzigingen aan het vorige plan: {plan.value('changes')}.",
        "worst_pair": f"Zwakste koppel: {thousands(plan.value('worst_pair'))} op 1.000 punten.",
        "points": f"Punten samen: {thousands(plan.value('points'))}.",
        "spread": f"Scholen bij een mentor die er al een heeft: {reached.get('spread')}.",
        "travel_minutes": (
            f"Reistijd samen: {thousands(plan.value('travel_minutes'))} "
            f"{as_many(plan.value('travel_minutes'), 'minuut', 'minuten')}, enkele rit."
        ),
    }
    silent = {name for name in ("reserves_used", "stranded", "changes", "spread") if not reached.get(name)}
    if not plan.pairs:
        silent |= {"worst_pair", "points", "travel_minutes"}
    names = [goal.name for goal in plan.goals if goal.name not in silent]
    lines = [words[name] for name in names]
    if plan.proven:
        lines.append("Bewezen: voor elk van deze doelen, in deze volgorde, bestaat er geen beter plan.")
    else:
        open_goals = [goal for goal in plan.goals if not goal.proven]
        told = counted(len(open_goals), "doel is", "doelen zijn")
        lines.append(f"Niet bewezen: er is misschien een beter plan ({told} nog open).")
    return lines


def _places(plan: Plan) -> str:
    value = plan.value("places_filled")
    counts = value if isinstance(value, tuple) else (value,)
    told = [
        f"{counted(count, 'school', 'scholen')} met {ORDINALS[place]}"
        for place, count in enumerate(counts)
        if count or not place
    ]
    return f"Ingevuld: {', '.join(told)}."


def price_words(price: LockPrice) -> str:
    """Say what an agreement costs or brings; of a contradiction only that it is one, for the conflict tells of it."""
    if price.conflict is not None:
        return "dat gaat niet samen"
    count = len(price.moves)
    moved = "niemand verschuift" if not count else counted(count, "school verandert", "scholen veranderen")
    return f"{price_phrase(price.losses)}; {moved}"


def resting_words(schools: Sequence[str]) -> str:
    """Say that the required pairs of a mentor who leaves rest, at these schools; empty for none."""
    if not schools:
        return ""
    where = " en ".join([", ".join(schools[:-1]), schools[-1]] if schools[1:] else schools)
    what = "De vaste koppels" if schools[1:] else "Het vaste koppel"
    return f"{what} bij {where} {'rusten' if schools[1:] else 'rust'} tot deze mentor terugkomt."
