"""What is said in sum of a shortage, and how does its answer look as a document?"""

from __future__ import annotations

from typing import Any

from matcher.criteria.wording import listed
from matcher.domain.counting import spelled
from matcher.domain.document import claim_to_document
from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.matching.rules import RULE_WORDS
from matcher.matching.verdicts import Verdicts
from matcher.questions.shortage import Shortage, Shortfall, shortfall, tries_for


def shortfall_words(found: Shortfall) -> tuple[str, ...]:
    """Sum up in Dutch how many places stay open, and say which rules this does not count."""
    if found.places is None:
        return ("Er is geen plan mogelijk: de afspraken spreken elkaar tegen.",)
    places = spelled(found.places, "plaats blijft", "plaatsen blijven")
    if found.places:
        words = f"Zeker {places} open."
    elif found.aside:
        words = "Zonder de eigen regels kan elke gevraagde plaats ingevuld worden."
    else:
        words = "Geen tekort: elke gevraagde plaats kan ingevuld worden."
    return words, *aside_words(found)


def aside_words(found: Shortfall) -> tuple[str, ...]:
    """Say in Dutch which of the policy's own rules this does not count; nothing where there is none."""
    if not found.aside:
        return ()
    rules = listed([f"«{RULE_WORDS[key]}»" for key in found.aside])
    counts = "Eén regel telt" if len(found.aside) == 1 else f"{len(found.aside)} regels tellen"
    return (f"{counts} hier niet mee: {rules}. Daarmee kan er meer openblijven, en een uitweg minder helpen.",)


def shortage_document(found: Shortage) -> dict[str, Any]:
    """Write one shortage with its remedies."""
    return {
        "schools": list(found.schools),
        "mentors": list(found.mentors),
        "asked": found.asked,
        "filled": found.filled,
        "sentence": found.sentence,
        "claims": [claim_to_document(one) for one in found.claims],
        "remedies": [
            {
                "words": one.words,
                "places": one.places,
                "effort": one.effort,
                "claims": [claim_to_document(each) for each in one.claims],
            }
            for one in found.remedies
        ],
    }


def shortages_of_plan(given: Round, verdicts: Verdicts, plan: Plan) -> dict[str, Any]:
    """Write the shortages of a plan with open places, and which rules they do not count; empty where all are filled."""
    if not plan.open_places or plan.conflict is not None:
        return {}
    tries = tries_for(given)
    if not tries:
        return {"aside": ["Deze ronde is te groot om hier te zeggen wat helpt: vraag het met «in2stem shortage»."]}
    found = shortfall(given, verdicts, most_tries=tries, quick=True)
    return {"shortages": [shortage_document(one) for one in found.shortages], "aside": list(aside_words(found))}
