"""Which schools are reminded by mail that a measurement is asked? Those that submitted none, at most once a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from service.access import participants
from service.access.action import action
from service.access.work import Work
from service.cohorts.members import store as members
from service.cohorts.members.store import MemberRow
from service.database.engine import Transaction
from service.database.ids import day_of, today
from service.mail import store as mails
from service.mail.kinds import Kind
from service.mail.outbox import Letter, forget_proposed, propose_mails, recipient_of, whole_deed
from service.measuring import store as measurements
from service.measuring.shapes import Moment, SchoolsRemindedOut
from service.measuring.words import MOMENTS

KIND: tuple[Kind] = ("measurement_reminder",)


@action("coordinator")
def remind_schools(work: Work, cohort: str, moment: Moment) -> SchoolsRemindedOut:
    """Put a reminder in the outbox for every school without this measurement; each has a page to fill it in on."""

    def effect(transaction: Transaction) -> SchoolsRemindedOut:
        work.cohort(transaction, cohort)
        rows = late_schools(transaction, cohort, moment)
        propose_reminders(work, transaction, cohort, moment, rows)
        if rows:
            work.audit(transaction, "measurements.reminded", cohort, cohort, moment=moment, count=len(rows))
        return SchoolsRemindedOut(schools=[one.id for one in rows])

    return work.once({"remind": moment}, SchoolsRemindedOut, effect)


def late_schools(transaction: Transaction, cohort: str, moment: Moment) -> list[MemberRow]:
    """Give the schools without this measurement."""
    there = {one.school for one in measurements.known(transaction, cohort) if one.frozen and one.moment == moment}
    return [one for one in members.listed(transaction, "school", cohort) if one.id not in there]


def propose_reminders(  # noqa: PLR0913 - what is told to whom
    work: Work,
    transaction: Transaction,
    cohort: str,
    moment: Moment,
    rows: Sequence[MemberRow],
    *,
    after: date | None = None,
) -> int:
    """Put a reminder in the outbox for schools, each with a page to fill the measurement in on; give how many.

    Once a day; or, `after` a day that is past, once for that day, and not to who was reminded since.
    """
    deed = f"{moment} {today()}" if after is None else f"{moment} passed {after}"
    already = _reminded(transaction, cohort, rows, after, deed) if after is not None else ()
    told = [one for one in rows if one.id not in already]
    participants.open_all(transaction, cohort, [("school", one.id) for one in told])
    letters = [
        Letter(
            kind="measurement_reminder",
            to=recipient_of("school", one.document),
            facts={"organisatie": str(one.document["name"]), "meting": MOMENTS[moment].lower()},
            deed=deed,
            instead_of=KIND,
        )
        for one in told
    ]
    propose_mails(work, transaction, letters, cohort=cohort)
    return len(told)


def forget_reminder(work: Work, transaction: Transaction, cohort: str, school: str) -> None:
    """Have a reminder that still waits for a look not sent any more: the school measured."""
    row = members.find(transaction, "school", cohort, school)
    if row is not None:
        forget_proposed(work, transaction, [recipient_of("school", row.document)], KIND, cohort=cohort)


def _reminded(transaction: Transaction, cohort: str, rows: Sequence[MemberRow], after: date, deed: str) -> set[str]:
    """Give which schools have a reminder from after a day, or of that very day."""
    (kind,) = KIND
    deeds = {whole_deed(cohort, kind, recipient_of("school", one.document), deed): one.id for one in rows}
    since = mails.to_people(transaction, cohort, {("school", one.id) for one in rows}, KIND)
    of_that_day = {deeds[one] for one in mails.of_deeds(transaction, list(deeds))}
    return of_that_day | {one.who for one in since if day_of(one.created_at) > after}
