"""What is an applicant told by mail? To confirm at once, and what became of it, once a coordinator agrees."""

from __future__ import annotations

from service.access.work import Work
from service.database.engine import Transaction
from service.mail import store as mails
from service.mail.kinds import Kind
from service.mail.outbox import NOT_GONE, OUTDATED, Recipient, propose_mail, whole_deed
from service.trajectory.applications import store as applications
from service.trajectory.applications.rules import rules_of
from service.trajectory.applications.store import ApplicationRow
from service.trajectory.applications.words import State

CONFIRM_PAGE = "/aanmelden/bevestigen/"
"""Before the secret, as on one's own page: no query and no log of ours holds it, and the button needs no script.

Earlier links bear it behind a `#` or as `?geheim=`, and work as long.
"""

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
    _take_back(work, transaction, row, to)
    if kind is None:
        return
    facts = {"organisatie": _organisation(row)} | ({"reden": reason} if row.state == "refused" else {})
    propose_mail(work, transaction, kind, to, facts, cohort=row.cohort, deed=_deed(row, row.version))


def _take_back(work: Work, transaction: Transaction, row: ApplicationRow, to: Recipient) -> None:
    """Have what was said before of this application not sent any more; of a school another may have applied too."""
    deeds = [
        whole_deed(row.cohort, kind, to, _deed(row, version))
        for kind in OUTCOMES
        for version in range(1, row.version + 1)
    ]
    found = mails.of_deeds(transaction, deeds)
    mails.drop(transaction, [one.id for one in found.values()], work.caller.by, OUTDATED, NOT_GONE)


def _deed(row: ApplicationRow, version: int) -> str:
    return f"application {row.id} {version}"


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
