"""Which schools are reminded by mail that a measurement is asked? Those that submitted none, at most once a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.access import participants
from service.access.action import action
from service.cohorts.members import store as members
from service.database.ids import today
from service.mail.outbox import propose_mail, recipient_of
from service.measuring import store as measurements
from service.measuring.shapes import SchoolsRemindedOut
from service.measuring.words import MOMENTS

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.measuring.shapes import Moment


@action("coordinator")
def remind_schools(work: Work, cohort: str, moment: Moment) -> SchoolsRemindedOut:
    """Put a reminder in the outbox for every school without this measurement; each has a page to fill it in on."""

    def effect(transaction: Transaction) -> SchoolsRemindedOut:
        work.cohort(transaction, cohort)
        there = {one.school for one in measurements.known(transaction, cohort) if one.frozen and one.moment == moment}
        rows = [one for one in members.listed(transaction, "school", cohort) if one.id not in there]
        participants.open_all(transaction, cohort, [("school", one.id) for one in rows])
        for one in rows:
            to = recipient_of("school", one.document)
            facts = {"organisatie": str(one.document["name"]), "meting": MOMENTS[moment].lower()}
            deed = f"{moment} {today()}"
            propose_mail(
                work,
                transaction,
                "measurement_reminder",
                to,
                facts,
                cohort=cohort,
                deed=deed,
                instead_of=("measurement_reminder",),
            )
        if rows:
            work.audit(transaction, "measurements.reminded", cohort, cohort, moment=moment, count=len(rows))
        return SchoolsRemindedOut(schools=[one.id for one in rows])

    return work.once({"remind": moment}, SchoolsRemindedOut, effect)
