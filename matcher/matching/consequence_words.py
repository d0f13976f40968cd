"""What goes with a pair, what changed, and what would a drop-out do? The sentence of every such claim."""

from __future__ import annotations

from matcher.criteria.wording import listed
from matcher.domain import claim, fall_claim, remedy_claim
from matcher.domain.counting import as_many, counted, spelled
from matcher.domain.vocabulary import HALF_DAY_NAMES
from matcher.matching.claim_names import because, first_big, mentor_name, objection, school_name
from matcher.matching.loss_words import cost_clauses, gain_clauses, thousands
from matcher.matching.rules import Facts


def costs(_facts: Facts, one: claim.Costs) -> str:
    """Write the sentence of this claim."""
    return f"{first_big(listed(cost_clauses(one.losses)))}."


def gains(_facts: Facts, one: claim.Gains) -> str:
    """Write the sentence of this claim."""
    return f"{first_big(listed(gain_clauses({name: _negative(gain) for name, gain in one.gains.items()})))}."


def _negative(gain: int | tuple[int, ...]) -> int | tuple[int, ...]:
    return tuple(-part for part in gain) if isinstance(gain, tuple) else -gain


def moves(facts: Facts, one: claim.Moves) -> str:
    """Write the sentence of this claim."""
    school = school_name(facts, one.school)
    goes, comes = ([mentor_name(facts, each) for each in side] for side in (one.goes, one.comes))
    if not goes:
        return f"{school}: krijgt {listed(comes)}."
    return f"{school}: {listed(goes)} wordt {listed(comes)}." if comes else f"{school}: verliest {listed(goes)}."


def would_fit(facts: Facts, one: claim.WouldFit) -> str:
    """Write the sentence of this claim."""
    return f"Kan {wider_words(facts, one)}."


def wider_words(facts: Facts, one: claim.WouldFit | remedy_claim.AskWider) -> str:
    """Say what more a mentor would have to do: `als An ook op maandagvoormiddag kan`."""
    name, mentor = mentor_name(facts, one.mentor), facts.mentor[one.mentor]
    limit = mentor.max_minutes or facts.given.policy.max_minutes
    told = [f"ook op {listed([HALF_DAY_NAMES[half] for half in one.half_days])} kan"] if one.half_days else []
    told += (
        [f"{counted(one.max_minutes, 'minuut', 'minuten')} wil rijden in plaats van {limit}"] if one.max_minutes else []
    )
    told += [f"ook in {listed(one.provinces)} wil werken"] if one.provinces else []
    told += [f"ook naar een school met {'/'.join(one.school_types)} wil"] if one.school_types else []
    return f"als {name} {listed(told)}"


def locked(facts: Facts, one: claim.Locked) -> str:
    """Write the sentence of this claim."""
    return f"{mentor_name(facts, one.mentor)} ligt hier vast door een afspraak{because(one.reason)}."


def locked_against(facts: Facts, one: claim.LockedAgainst) -> str:
    """Write the sentence of this claim."""
    against = objection(facts, one.school, one.mentor, one.criterion, one.facts)
    return f"{mentor_name(facts, one.mentor)} ligt hier vast tegen een regel in{because(one.reason)}. {against}"


def no_longer_fits(facts: Facts, one: claim.NoLongerFits) -> str:
    """Write the sentence of this claim."""
    return objection(facts, one.school, one.mentor, one.criterion, one.facts)


def override_gone(facts: Facts, one: claim.OverrideGone) -> str:
    """Write the sentence of this claim."""
    against = objection(facts, one.school, one.mentor, one.criterion, one.facts)
    return f"De afspraak tegen de regel in is er niet meer. {against}"


def row_gone(facts: Facts, one: claim.RowGone) -> str:
    """Write the sentence of this claim."""
    return f"{mentor_name(facts, one.mentor)} staat niet meer in de gegevens."


def school_left(facts: Facts, one: claim.SchoolLeft) -> str:
    """Write the sentence of this claim."""
    return f"{school_name(facts, one.school)} staat niet meer in de gegevens."


def moves_along(facts: Facts, one: claim.MovesAlong) -> str:
    """Write the sentence of this claim."""
    who, here, there = mentor_name(facts, one.mentor), school_name(facts, one.school), school_name(facts, one.to)
    return f"{who} schuift mee, van {here} naar {there}."


def takes_over(facts: Facts, one: fall_claim.TakesOver) -> str:
    """Write the sentence of this claim."""
    who = facts.mentor.get(one.mentor)
    stands_by = ", uit de reserve," if who is not None and who.status == "reserve" else ""
    return f"{mentor_name(facts, one.mentor)}{stands_by} neemt over bij {school_name(facts, one.school)}."


def stays_open(facts: Facts, one: fall_claim.StaysOpen) -> str:
    """Write the sentence of this claim."""
    school = school_name(facts, one.school)
    if not one.left:
        return f"{school} blijft zonder mentor."
    places = spelled(one.count, "plaats", "plaatsen")
    return f"Bij {school} {as_many(one.count, 'komt', 'komen')} {places} open."


def changes_too(facts: Facts, one: fall_claim.ChangesToo) -> str:
    """Write the sentence of this claim."""
    school = school_name(facts, one.school)
    goes, comes = ([mentor_name(facts, each) for each in side] for side in (one.goes, one.comes))
    if not comes:
        return f"{school} verliest dan {listed(goes)}."
    return f"{school} krijgt dan {listed(comes)}" + (f" in plaats van {listed(goes)}." if goes else ".")


def points_after(_facts: Facts, one: fall_claim.PointsAfter) -> str:
    """Write the sentence of this claim."""
    if not one.lost:
        return "Het plan verliest geen punten."
    count = counted(abs(one.lost), "punt", "punten").replace(str(abs(one.lost)), thousands(abs(one.lost)))
    return f"Het plan {'verliest' if one.lost > 0 else 'wint'} {count}."
