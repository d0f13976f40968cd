"""What is an applicant told by mail? To confirm at once, and what became of it, once a coordinator agrees."""

from __future__ import annotations

from service.access.work import Work
from service.database.engine import Transaction
from service.mail.kinds import Kind
from service.mail.outbox import Recipient, forget_proposed, propose_mail
from service.trajectory.applications import store as applications
from service.trajectory.applications.rules import rules_of
from service.trajectory.applications.store import ApplicationRow
from service.trajectory.applications.words import State

CONFIRM_PAGE = "/aanmelden/bevestigen#"
"""Before the secret, which no server sees behind the #; links of before it bear it as `?geheim=` and work as long."""
TOLD: dict[State, Kind] = {
    "accepted": "application_accepted",
    "waiting": "application_waiting",
    "refused": "application_refused",
}
"""The states of which an applicant hears by mail."""

OUTCOMES = tuple(TOLD.values())


def confirm_link(work: Work, transaction: Transaction, row: ApplicationRow) -> str:
    """Give the address at which an application is confirmed."""
    return f"{work.settings.url}{CONFIRM_PAGE}{applications.secret_of(transaction, row.id)}"


def mail_confirmation(work: Work, transaction: Transaction, row: ApplicationRow) -> None:
    """Mail who applied the link that confirms it."""
    days = str(rules_of(transaction, row.cohort).days_to_confirm)
    facts = {"organisatie": _organisation(row), "link": confirm_link(work, transaction, row), "dagen": days}
    deed = f"application {row.id}"
    propose_mail(work, transaction, "application_confirm", recipient_of(row), facts, cohort=row.cohort, deed=deed)


def mail_outcome(work: Work, transaction: Transaction, row: ApplicationRow, reason: str) -> None:
    """Propose a mail that says what became of an application, in the place of what was not sent yet."""
    to, kind = recipient_of(row), TOLD.get(row.state)
    if kind is None:
        forget_proposed(work, transaction, [to], OUTCOMES, cohort=row.cohort)
        return
    facts = {"organisatie": _organisation(row)} | ({"reden": reason} if row.state == "refused" else {})
    deed = f"application {row.id} {row.version}"
    propose_mail(work, transaction, kind, to, facts, cohort=row.cohort, deed=deed, instead_of=OUTCOMES)


def recipient_of(row: ApplicationRow) -> Recipient:
    """Give who is told about an application."""
    one = row.value
    if one.school is not None:
        return Recipient("school", one.school.id, one.school.contact or one.school.name, one.school.email)
    assert one.mentor is not None  # noqa: S101 - one of both
    name = f"{one.mentor.first_name} {one.mentor.last_name}".strip()
    return Recipient("mentor", one.mentor.id, name or one.mentor.company, one.mentor.email)


def _organisation(row: ApplicationRow) -> str:
    one = row.value
    return one.school.name if one.school is not None else one.mentor.company if one.mentor is not None else ""
