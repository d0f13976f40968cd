"""How are goals, prices and losses of a plan said in Dutch?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.domain.plan import GoalValue, Plan
    from matcher.domain.round import Round
    from matcher.questions.price import LockPrice


ORDINALS = ("een mentor", "een tweede mentor", "een derde mentor")


def nothing_words(given: Round) -> str:
    """Say why a plan has no pairs."""
    helping = [one for one in given.mentors if given.helps(one)]
    missing = " en ".join(name for name, there in (("scholen", given.schools), ("mentoren", helping)) if not there)
    if missing:
        return f"Er valt niets te koppelen: er zijn geen {missing}."
    return "Geen enkel koppel is mogelijk."


def goal_lines(plan: Plan) -> list[str]:
    """Say what every goal reached, and whether better is possible."""
    words = {
        "places_filled": _places(plan),
        "changes": f"Wijzigingen aan het vorige plan: {plan.value('changes')}.",
        "worst_pair": f"Zwakste koppel: {thousands(plan.value('worst_pair'))} van 1.000 punten.",
        "points": f"Punten samen: {thousands(plan.value('points'))}.",
        "travel_minutes": f"Reistijd samen: {thousands(plan.value('travel_minutes'))} minuten, enkele rit.",
    }
    silent = {"changes"} if not plan.value("changes") else set()
    if not plan.pairs:
        silent |= {"worst_pair", "points", "travel_minutes"}
    names = [goal.name for goal in plan.goals if goal.name not in silent]
    lines = [words[name] for name in names]
    if plan.proven:
        lines.append("Bewezen: voor elk van deze doelen, in deze volgorde, bestaat er geen beter plan.")
    else:
        open_goals = [goal for goal in plan.goals if not goal.proven]
        told = "1 doel is" if len(open_goals) == 1 else f"{len(open_goals)} doelen zijn"
        lines.append(f"Niet bewezen: er is misschien een beter plan ({told} nog open).")
    return lines


def _places(plan: Plan) -> str:
    value = plan.value("places_filled")
    counts = value if isinstance(value, tuple) else (value,)
    told = [
        f"{count} {'school' if count == 1 else 'scholen'} met {ORDINALS[place]}"
        for place, count in enumerate(counts)
        if count or not place
    ]
    return f"Ingevuld: {', '.join(told)}."


def thousands(value: object) -> str:
    """Write a number as Belgians do."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)


def loss_words(losses: Mapping[str, GoalValue]) -> str:
    """Say losses per goal in one short phrase, `niets` where there are none."""
    told = []
    places = losses.get("places_filled", ())
    lost = sum(places) if isinstance(places, tuple) else places
    if lost:
        told.append(
            f"{abs(lost)} {'plaats' if abs(lost) == 1 else 'plaatsen'} {'minder' if lost > 0 else 'meer'} ingevuld"
        )
    elif isinstance(places, tuple) and any(places):
        told.append("een eerste plaats in ruil voor een tweede")
    units = {
        "changes": ("wijziging", "wijzigingen"),
        "worst_pair": ("punt op het zwakste koppel", "punten op het zwakste koppel"),
        "points": ("punt", "punten"),
        "travel_minutes": ("minuut", "minuten"),
    }
    for name, (one, more) in units.items():
        loss = losses.get(name, 0)
        if isinstance(loss, int) and loss:
            sign = -loss if name in {"worst_pair", "points"} else loss
            told.append(f"{'+' if sign > 0 else '−'}{thousands(abs(sign))} {one if abs(sign) == 1 else more}")
    return ", ".join(told) or "niets"


def price_words(price: LockPrice) -> str:
    """Say what an agreement costs, or with what it contradicts."""
    if price.conflict is not None:
        return f"dat gaat niet samen: {price.conflict.sentence.removesuffix('.')}"
    count = len(price.moves)
    moved = (
        "niemand verschuift" if not count else f"{count} {'school verandert' if count == 1 else 'scholen veranderen'}"
    )
    return f"dat kost {loss_words(price.losses)}; {moved}"


def resting_words(schools: Sequence[str]) -> str:
    """Say that the required pairs of a mentor who leaves rest, at these schools; empty for none."""
    if not schools:
        return ""
    where = " en ".join([", ".join(schools[:-1]), schools[-1]] if schools[1:] else schools)
    what = "De vaste koppels" if schools[1:] else "Het vaste koppel"
    return f"{what} bij {where} {'rusten' if schools[1:] else 'rust'} tot deze mentor terugkomt."
