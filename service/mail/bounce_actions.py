"""Which mails came back? Noted by hand, or read from what a mail server sent; such an address gets no more mail."""

from __future__ import annotations

from collections.abc import Sequence

from service.access.action import action
from service.access.work import Work
from service.core.errors import conflict, invalid
from service.core.upload import Upload
from service.database.engine import Transaction
from service.mail import store
from service.mail.actions import mail_of, put_in, shaped_now
from service.mail.delivery_report import Returned, read_report
from service.mail.kinds import State
from service.mail.shapes import BounceIn, MailOut, ReturnedOut, ReturnsOut
from service.mail.store import MailRow

NO_REASON = "De mailserver zei niet waarom."
HELD_BACK = "Niet verstuurd: een eerdere mail aan dit adres kwam terug."
MOST_FILES = 50
RETURNABLE: tuple[State, ...] = ("sent", "bounced")


@action("coordinator")
def note_bounce(work: Work, cohort: str, mail: str, body: BounceIn) -> MailOut:
    """Note that a mail came back, with the reason; nothing goes to that address until somebody changes that."""

    def effect(transaction: Transaction) -> MailOut:
        row = mail_of(work, transaction, cohort, mail)
        if row.state != "sent":
            raise conflict("not_sent", "Alleen een verstuurde mail kan terugkomen.")
        _bounced(work, transaction, row, body.reason)
        return shaped_now(transaction, mail_of(work, transaction, cohort, mail))

    return work.once(body, MailOut, effect)


@action("coordinator")
def read_returns(work: Work, cohort: str, files: Sequence[Upload]) -> ReturnsOut:
    """Read what mail servers sent back (`.eml`), and note each mail of this cohort that came back.

    Raises Problem 422 where there is no file, or too many. What is no report, or about no mail of ours, is told.
    """
    if not 0 < len(files) <= MOST_FILES:
        raise invalid("/files", "files", f"Kies één tot {MOST_FILES} bestanden.")
    with work.writing(cohort) as transaction:
        told = [one for file in files for one in _read(work, transaction, cohort, file)]
    return ReturnsOut(items=told)


@action("coordinator")
def trust_address(work: Work, cohort: str, mail: str) -> MailOut:
    """Have mails go again to the address of a mail that came back: somebody knows that it works."""

    def effect(transaction: Transaction) -> MailOut:
        row = mail_of(work, transaction, cohort, mail)
        same = [one for one in store.listed(transaction, cohort, ("bounced",)) if _same(one.address, row.address)]
        for one in same:
            store.change(transaction, one, work.caller.by, state="failed")
        if same:
            work.audit(transaction, "mail.address_trusted", row.id, cohort)
        return shaped_now(transaction, mail_of(work, transaction, cohort, mail))

    return work.once({"trust": mail}, MailOut, effect)


def _read(work: Work, transaction: Transaction, cohort: str, file: Upload) -> list[ReturnedOut]:
    """Read a file; a report may tell of several addresses."""
    found = read_report(file.content)
    if not found:
        return [ReturnedOut(file=file.name, outcome="no_report", address="", reason="", mail=None)]
    return [_note(work, transaction, cohort, file.name, one) for one in found]


def _note(work: Work, transaction: Transaction, cohort: str, file: str, one: Returned) -> ReturnedOut:
    """Note what a report tells of one address."""
    told = {"file": file, "address": one.address, "reason": one.reason}
    row = _about(transaction, cohort, one)
    if row is None:
        return ReturnedOut(outcome="not_ours", mail=None, **told)
    if not one.failed:
        return ReturnedOut(outcome="no_failure", mail=row.id, **told)
    if row.state != "bounced":
        _bounced(work, transaction, row, one.reason or NO_REASON)
    return ReturnedOut(outcome="noted", mail=row.id, **told)


def _about(transaction: Transaction, cohort: str, one: Returned) -> MailRow | None:
    """Find the mail that a report is about: by its id, else the newest that went to that address.

    A report names an address that the mail did not go to where it was forwarded: the id alone then tells.
    """
    row = store.find(transaction, one.mail) if one.mail else None
    if row is not None:
        return row if row.cohort == cohort and row.state in RETURNABLE else None
    sent = store.listed(transaction, cohort, RETURNABLE)
    return next((row for row in sent if _same(row.address, one.address)), None)


def _bounced(work: Work, transaction: Transaction, row: MailRow, reason: str) -> None:
    """Note a mail that came back, and hold back what still waits for the same address."""
    put_in(work, transaction, row, "bounced", reason)
    work.audit(transaction, "mail.bounced", row.id, str(row.cohort))
    for one in store.listed(transaction, row.cohort, ("waiting",)):
        if _same(one.address, row.address):
            put_in(work, transaction, one, "proposed", HELD_BACK)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
