"""How is a drop-out noted, and the published plan repaired?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from matcher import resting_words
from service.cohorts.members import store as members
from service.cohorts.members import withdrawn_store
from service.core.errors import invalid
from service.rounds.given import locks_store
from service.rounds.run import store as rounds
from service.rounds.run.actions import begin_round, shape_of
from service.web.answers import Answer

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction

REPAIRING = "Er wordt een ronde uitgerekend die het gepubliceerde plan herstelt met zo weinig mogelijk wijzigingen."


SOLVING = (
    "Er wordt net een ronde uitgerekend waarin deze mentor nog meedoet: dat plan blijft bewaard, maar kan niet "
    "gepubliceerd worden. Reken daarna een nieuwe ronde uit."
)


NOTHING = "Er is nog niets gepubliceerd: er valt niets te herstellen. De volgende ronde houdt er rekening mee."


def shown(row: withdrawn_store.WithdrawalRow) -> dict[str, Any]:
    """Write a withdrawal."""
    members_told = ("mentor", "reason", "note", "at")
    return {name: getattr(row, name) for name in members_told} | {"round": None, "next_step": ""}


def _known(transaction: Transaction, cohort: str, mentor: str) -> str:
    """Give the pseudonym of a mentor; raises Problem 422 where there is none."""
    row = members.find(transaction, "mentor", cohort, mentor)
    if row is None:
        known = [row.id for row in members.listed(transaction, "mentor", cohort)]
        guess = matcher.did_you_mean(mentor, known)
        raise invalid("/mentor", "unknown_mentor", f"Deze mentor is er niet. {guess}".strip())
    return row.pseudonym


def _resting(transaction: Transaction, row: withdrawn_store.WithdrawalRow) -> str:
    """Say which required pairs of a mentor rest from now on, after a space; empty for none."""
    held = [one.school for one in locks_store.listed(transaction, row.cohort) if _held(one, row.mentor)]
    found = (members.find(transaction, "school", row.cohort, key) for key in held)
    words = resting_words([str(one.document["name"]) for one in found if one is not None])
    return f" {words}" if words else ""


def _held(lock: locks_store.LockRow, mentor: str) -> bool:
    return (lock.mentor, lock.kind) == (mentor, "required")


def _repaired(work: Work, transaction: Transaction, row: withdrawn_store.WithdrawalRow) -> Answer:
    """Begin the repair of what is published, unless there is nothing to repair or a round is being solved."""
    place = f"/v1/cohorts/{row.cohort}"
    rests = _resting(transaction, row)
    if rounds.being_solved(transaction, row.cohort) is not None:
        return Answer(201, shown(row) | {"next_step": SOLVING + rests}, {"Location": f"{place}/withdrawals"})
    if rounds.of_state(transaction, row.cohort, "published") is None:
        return Answer(201, shown(row) | {"next_step": NOTHING + rests}, {"Location": f"{place}/withdrawals"})
    begun = begin_round(work, transaction, row.cohort, repair=True)
    told = {"round": shape_of(transaction, begun).model_dump(), "next_step": REPAIRING + rests}
    return Answer(202, shown(row) | told, {"Location": f"{place}/rounds/{begun.id}"})
