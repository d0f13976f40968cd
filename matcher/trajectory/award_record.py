"""What of an Award is signed, and does it still add up? The jury's input with the ranking that follows from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from matcher.domain.errors import DocumentError
from matcher.trajectory.award import Award, award_from_document, award_to_document, decide_award

RECORD_FORMAT: Final = "in2stem-award-record/1"
TIE: Final = "band aangegeven"


def award_record(award: Award) -> dict[str, Any]:
    """Write an award with its outcome; totals stand as exact fractions such as `17/2`.

    What is signed can't be erased later, so it holds no person: jurors by their number, ties without their words.
    """
    outcome = decide_award(award)
    numbered = tuple(replace(one, name=one.id, ties=dict.fromkeys(one.ties, TIE)) for one in award.jurors)
    ranking = [{"school": one.school, "rank": one.rank, "total": str(one.total)} for one in outcome.ranking]
    return {
        "format": RECORD_FORMAT,
        "award": award_to_document(replace(award, jurors=numbered)),
        "ranking": ranking,
        "winners": list(outcome.winners),
    }


def check_award_record(document: object) -> str | None:
    """Work the ranking of a record out again; give the first difference in Dutch, None where there is none."""
    fields = {"format", "award", "ranking", "winners"}
    if not isinstance(document, dict) or set(document) != fields or document["format"] != RECORD_FORMAT:
        return "Dit is geen dossier van een Award."
    try:
        again = award_record(award_from_document(document["award"]))
    except DocumentError as error:
        return f"De Award in het dossier is niet te lezen: {error}"
    if document["winners"] != again["winners"]:
        return f"Bij herrekenen wint {', '.join(again['winners']) or 'niemand'}."
    if document["ranking"] != again["ranking"]:
        return "Bij herrekenen komt er een andere rangschikking uit."
    return None
