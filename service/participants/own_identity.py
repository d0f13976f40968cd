"""Whose own page is it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from service.access.participants import Side, no_page
from service.access.scope import CohortRow
from service.access.work import Work
from service.cohorts.members import store as members
from service.cohorts.members import withdrawn_store
from service.cohorts.members.store import MemberRow
from service.database.engine import Transaction
from service.participants.names import name_of

STOPPED = "U doet niet meer mee. Is dat een vergissing? Vraag het uw coördinator."


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Whose page it is: the cohort, the side, and the row of now; `stopped` for a mentor who takes part no longer."""

    cohort: CohortRow
    side: Side
    row: MemberRow
    stopped: bool = False

    @property
    def name(self) -> str:
        """How the page calls who it is of."""
        return name_of(self.side, self.row.document)


def me_of(work: Work, transaction: Transaction) -> Me:
    """Find whose page it is; raises Problem 404 for who was removed from the cohort."""
    caller = work.caller
    side = cast("Side", caller.side)
    row = members.find(transaction, side, str(caller.cohort), caller.key)
    if row is None:
        raise no_page()
    cohort = work.cohort(transaction, str(caller.cohort))
    return Me(cohort=cohort, side=side, row=row, stopped=side == "mentor" and _has_stopped(transaction, row))


def _has_stopped(transaction: Transaction, row: MemberRow) -> bool:
    gone = row.document["status"] == "withdrawn"
    return gone or withdrawn_store.find(transaction, row.cohort, row.id) is not None


def school_of(work: Work, transaction: Transaction) -> Me:
    """Find the school whose page it is; raises Problem 404 for a mentor's."""
    me = me_of(work, transaction)
    if me.side != "school":
        raise no_page()
    return me
