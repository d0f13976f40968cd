"""What is somebody shown of their matches? Who the other is once proposed; how to reach them once both said yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import matcher
from service.access.participants import Side
from service.cohorts.members import store as members
from service.database.engine import Transaction
from service.database.ids import digest, today
from service.participants.names import name_of
from service.rounds.acceptance.store import ProposalRow, State, that_can
from service.rounds.acceptance.visible_pairs import published_unasked, shown_to

OTHER: Mapping[str, Side] = {"school": "mentor", "mentor": "school"}

GONE: Mapping[Side, str] = {"school": "Een school", "mentor": "Een mentor"}
"""How somebody is called who is not in the cohort any more."""

REACHED = {
    "mentor": (("E-mail", "email"),),
    "school": (("Contactpersoon", "contact"), ("E-mail", "email"), ("Straat", "street")),
}
"""What of a mentor or school is told only once both said yes, with its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A match as one of both sees it; `reach` is empty until both said yes, and once somebody of it left.

    One that is published and was proposed to nobody has the state `published`, no day to answer by, and in the place
    of a proposal's id one of its own. `agreed`: nobody's yes is missing, also where one of both left afterwards.
    """

    proposal: str
    school: str
    mentor: str
    name: str
    organisation: str
    municipality: str
    about: str
    state: State | Literal["published"]
    mine: str
    agreed: bool
    public: bool
    answer_by: date | None
    reach: tuple[tuple[str, str], ...]

    @property
    def stands(self) -> bool:
        """Whether it is published and nobody's yes is missing: from then on there is something to note of it."""
        return self.public and self.agreed


def matches_of(transaction: Transaction, cohort: str, side: Side, key: str) -> list[Match]:
    """Give what somebody may know of each match that was proposed to them, the oldest first; then what is public."""
    proposed = [_match(transaction, row, side, public=now) for row, now in shown_to(transaction, cohort, side, key)]
    unasked = published_unasked(transaction, cohort, side, key)
    return proposed + [_published(transaction, cohort, side, one) for one in unasked]


def _match(transaction: Transaction, row: ProposalRow, side: Side, *, public: bool) -> Match:
    other, state = OTHER[side], row.state(today())
    known = _known(transaction, row.cohort, other, getattr(row, other))
    mine = row.answers.get(side)
    reach = [(label, str(known.get(field) or "")) for label, field in REACHED[other]] if state == "accepted" else []
    return Match(
        proposal=row.id,
        school=row.school,
        mentor=row.mentor,
        state=state,
        mine=mine.answer if mine is not None else "",
        agreed=row.agreed,
        public=public,
        answer_by=row.answer_by,
        reach=tuple(one for one in reach if one[1]),
        **_who(other, known),
    )


def _published(transaction: Transaction, cohort: str, side: Side, pair: tuple[str, str]) -> Match:
    school, mentor = pair
    other = OTHER[side]
    key = mentor if other == "mentor" else school
    return Match(
        proposal=f"pub_{digest(school + chr(10) + mentor)[:24]}",
        school=school,
        mentor=mentor,
        state="published" if (school, mentor) in that_can(transaction, cohort, [pair]) else "left",
        mine="",
        agreed=True,
        public=True,
        answer_by=None,
        reach=(),
        **_who(other, _known(transaction, cohort, other, key)),
    )


def _known(transaction: Transaction, cohort: str, side: Side, key: str) -> Mapping[str, Any]:
    found = members.find(transaction, side, cohort, key)
    return found.document if found is not None else {}


def _who(other: Side, known: Mapping[str, Any]) -> dict[str, str]:
    """Say who the other is."""
    return {
        "name": name_of(other, known) if known else GONE[other],
        "organisation": str(known.get("company") or ""),
        "municipality": str(known.get("municipality") or ""),
        "about": _about(other, known),
    }


def _about(other: Side, known: Mapping[str, Any]) -> str:
    """Say what the other is or does: the kind of a school, the sectors of a mentor."""
    if other == "school":
        return str(matcher.kind_words(known.get("school_types") or (), known.get("finalities") or ()))
    sectors = {one.code: one.name for one in matcher.sectors_of(matcher.Policy())}
    return "; ".join(sectors.get(code, code) for code in known.get("sectors") or ())
