"""How is it said whether those of a pair want it?"""

from __future__ import annotations

from service.rounds.acceptance.shapes import PairProposalOut, ProposalsOut

WHO = {"mentor": "mentor", "school": "school"}

MARKS = {
    "proposed": ("let-op", "gevraagd"),
    "accepted_by_mentor": ("let-op", "mentor zegt ja"),
    "accepted_by_school": ("let-op", "school zegt ja"),
    "accepted": ("goed", "aanvaard"),
    "declined": ("fout", "afgewezen"),
    "unanswered": ("fout", "geen antwoord"),
    "withdrawn": ("", "voorstel ingetrokken"),
    "left": ("fout", "doet niet meer mee"),
}
"""State of a proposal to the class and the words of its mark."""

OVER = ("declined", "withdrawn", "left")
"""Nobody can answer any more."""


DECLINED_BY = {"mentor": "Afgewezen door de mentor", "school": "Afgewezen door de school"}


CHOOSE = "Kies ja of nee."
ANSWERS = {"accepted": "ja", "declined": "nee"}
"""What people answer, in words."""


def declined_for(side: str, reason: str = "") -> str:
    """Say who declined, and why: the reason of the agreement that forbids the pair from then on."""
    return f"{DECLINED_BY[side]}: {reason}" if reason else DECLINED_BY[side]


def mark_of(found: PairProposalOut | None) -> tuple[str, str]:
    """Give the class and the words of a pair's mark."""
    return ("", "nog niet gevraagd") if found is None else MARKS[found.state]


def marks_of(found: ProposalsOut) -> dict[tuple[str, str], tuple[str, str]]:
    """Give the mark of each pair (school, mentor) of a plan; none at all where nobody was asked."""
    if not any(one.proposal for one in found.pairs):
        return {}
    return {(one.school, one.mentor): mark_of(one.proposal) for one in found.pairs}


def missing_answers(found: ProposalsOut) -> list[tuple[str, str, str]]:
    """Give each pair of a plan without yes from both: school, mentor, and what is missing in words."""
    told = []
    for one in found.pairs:
        proposal = one.proposal
        if proposal is None:
            told.append((one.school, one.mentor, "nog niet gevraagd"))
        elif proposal.state in OVER:
            told.append((one.school, one.mentor, mark_of(proposal)[1]))
        elif proposal.waiting_for:
            who = " en ".join(f"de {WHO[side]}" for side in proposal.waiting_for)
            told.append(
                (one.school, one.mentor, f"{who} antwoordde{'n' if len(proposal.waiting_for) > 1 else ''} nog niet")
            )
    return told


def says_yes(found: PairProposalOut | None) -> bool:
    """Tell whether somebody of a pair said yes, and nobody no."""
    answers = [] if found is None else [found.mentor_answer, found.school_answer]
    given = {one.answer for one in answers if one is not None}
    return given == {"accepted"} and found is not None and found.state not in OVER
