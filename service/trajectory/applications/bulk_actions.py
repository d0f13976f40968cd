"""How do many applications take a step at once, and how do those go that nobody confirmed?"""

from __future__ import annotations

from service.access.action import action
from service.access.work import Work
from service.core.errors import Problem, not_found
from service.database.engine import Transaction
from service.database.ids import now
from service.trajectory.applications import store as applications
from service.trajectory.applications.accepting import move
from service.trajectory.applications.actions import application_of
from service.trajectory.applications.shapes import BulkIn, BulkOut, NotMovedOut, RemovedOut


@action("coordinator")
def move_applications(work: Work, cohort: str, body: BulkIn) -> BulkOut:
    """Take the same step with several applications; one that can't take it stays as it is, and is told."""

    def effect(transaction: Transaction) -> BulkOut:
        work.hold(transaction, cohort)
        rows = [application_of(work, transaction, cohort, key) for key in dict.fromkeys(body.applications)]
        moved, others = [], []
        for row in rows:
            try:
                with transaction.connection.begin_nested():
                    move(work, transaction, row, body.state, body.reason)
            except Problem as problem:
                if problem.faults:  # the reason lacks, which holds for all
                    raise
                others.append(NotMovedOut(id=row.id, who=row.value.who, detail=problem.detail))
            else:
                moved.append(row.id)
        return BulkOut(moved=moved, not_moved=others)

    return work.once(body, BulkOut, effect)


@action("coordinator")
def remove_unconfirmed(work: Work, cohort: str) -> RemovedOut:
    """Remove all applications that nobody confirmed; raises Problem 404 where there are none."""

    def effect(transaction: Transaction) -> RemovedOut:
        work.cohort(transaction, cohort)
        removed = applications.remove_unconfirmed(transaction, cohort, now())
        if not removed:
            raise not_found("Een aanmelding die te bevestigen is")
        work.audit(transaction, "applications.unconfirmed_removed", cohort, cohort, count=removed)
        return RemovedOut(removed=removed)

    return work.once({"unconfirmed": cohort}, RemovedOut, effect)
