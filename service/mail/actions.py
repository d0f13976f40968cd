"""What becomes of the mails of a cohort? A coordinator looks, sends, drops, tries again; or sends them by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from service.access.action import action
from service.access.work import Work
from service.cohorts.members import store as members
from service.core.crashpoints import reach
from service.core.errors import conflict, existing
from service.core.smtp_address import is_mailable
from service.database.engine import Transaction
from service.database.ids import now
from service.mail import store
from service.mail.kinds import KINDS, Kind, State
from service.mail.shapes import MailCountsOut, MailOut, MailsIn, MailsOut
from service.mail.store import MailRow
from service.mail.template_store import wording_row
from service.web.paging import page_of
from service.web.shapes import Page

SENDABLE: tuple[State, ...] = ("proposed", "dropped", "refused", "bounced", "failed")
"""What a coordinator can have sent: what is proposed, and anew what did not arrive."""

OF_APPLICANT: tuple[Kind, ...] = ("application_confirm", "application_waiting", "application_refused")
"""What is told to the address that stood in an application: another school may have the number it told."""

DROPPABLE: tuple[State, ...] = ("proposed", "waiting", "refused", "failed")
BY_HAND = "Met de hand verstuurd."
NO_SERVER = (
    "Er is geen mailserver ingesteld. Haal het blad op of open elke mail in uw mailprogramma, "
    "en zet ze daarna op verstuurd."
)

TEXTS_CHANGED = (
    "De teksten van de mails zijn gewijzigd sinds u deze bladzijde opende. Er is niets verstuurd. "
    "Hieronder staan de mails zoals ze nu zijn: kijk ze na en verstuur ze dan."
)


@action("coordinator")
def list_mails(  # noqa: PLR0913, PLR0917 - what to look for
    work: Work,
    cohort: str,
    state: State | None = None,
    kind: Kind | None = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[MailOut]:
    """Give mails, the newest first, all where no limit is told; that they were read is noted."""
    with work.noting(cohort) as transaction:
        states = () if state is None else (state,)
        rows = store.listed(transaction, cohort, states, kind, cursor, None if limit is None else limit + 1)
        work.audit(transaction, "mails.read", cohort, cohort)
        current, back = _addresses(transaction, cohort, rows), store.bouncing(transaction, cohort)
    return page_of(
        lambda row: shape_of(row, current, back), rows, len(rows) if limit is None else limit, lambda row: row.id
    )


@action("coordinator")
def get_mail(work: Work, cohort: str, mail: str) -> MailOut:
    """Give a mail; that it was read is noted."""
    with work.noting() as transaction:
        row = mail_of(work, transaction, cohort, mail)
        work.audit(transaction, "mails.read", row.id, cohort)
        return shaped_now(transaction, row)


@action("coordinator")
def count_mails(work: Work, cohort: str) -> MailCountsOut:
    """Tell how many mails are in which state, and whether they can be sent from here."""
    with work.reading(cohort) as transaction:
        counts = store.counts(transaction, cohort)
        version = wording_row(transaction, cohort).version
    can = work.settings.can_mail
    return MailCountsOut(can_send=can, sender=work.settings.mail_from, counts=counts, texts_version=version)


@action("coordinator")
def send_mails(work: Work, cohort: str, body: MailsIn) -> MailsOut:
    """Have mails sent, to the address that is known now; raises Problem 409 where there is no mail server."""
    if not work.settings.can_mail:
        raise conflict("no_mail_server", NO_SERVER)

    def effect(transaction: Transaction) -> MailsOut:
        _check_texts(transaction, cohort, body)
        rows = _chosen(work, transaction, cohort, body, SENDABLE)
        known = _addresses(transaction, cohort, rows)
        back = store.bouncing(transaction, cohort)
        good = [row for row in rows if is_mailable(known[row.id]) and known[row.id].casefold() not in back]
        for row in good:
            store.readdress(transaction, row, known[row.id])
        done = store.release(transaction, good, work.caller.by)
        if done:
            work.audit(transaction, "mails.sent", cohort, cohort, count=len(done))
        return MailsOut(done=done, without_address=[row.id for row in rows if row not in good])

    made = work.once(body, MailsOut, effect)
    reach("mail.released")
    return made


@action("coordinator")
def drop_mails(work: Work, cohort: str, body: MailsIn) -> MailsOut:
    """Decide not to send mails."""
    return _all(work, cohort, body, DROPPABLE, "mails.dropped", lambda t, row: put_in(work, t, row, "dropped", ""))


@action("coordinator")
def note_sent(work: Work, cohort: str, body: MailsIn) -> MailsOut:
    """Note that a coordinator sent mails with another program."""
    return _all(work, cohort, body, SENDABLE, "mails.by_hand", lambda t, row: put_in(work, t, row, "sent", BY_HAND))


def shaped_now(transaction: Transaction, row: MailRow) -> MailOut:
    """Write one mail as it is now."""
    cohort = str(row.cohort)
    return shape_of(row, _addresses(transaction, cohort, [row]), store.bouncing(transaction, cohort))


def shape_of(row: MailRow, current: dict[str, str], back: dict[str, str]) -> MailOut:
    """Write a mail, with the address that is known now as long as it was not sent, and why none goes there."""
    address = current.get(row.id, row.address)
    returned = back.get(address.casefold())
    return MailOut.from_row(
        row,
        title=KINDS[row.kind].title,
        address=address,
        mailable=is_mailable(address) and returned is None,
        returned=returned,
        calendar=bool(row.calendar),
    )


def put_in(work: Work, transaction: Transaction, row: MailRow, state: State, answer: str) -> bool:
    """Put a mail in a state, as long as it is in the one that was read; tell whether it was."""
    values = {"sent_at": now()} if state == "sent" else {}
    return store.change(transaction, row, work.caller.by, state=state, answer=answer, next_at=None, **values)


def _all(  # noqa: PLR0913, PLR0917 - what is done, with which
    work: Work,
    cohort: str,
    body: MailsIn,
    states: Sequence[State],
    told: str,
    change: Callable[[Transaction, MailRow], bool],
) -> MailsOut:
    def effect(transaction: Transaction) -> MailsOut:
        rows = _chosen(work, transaction, cohort, body, states)
        done = [row.id for row in rows if change(transaction, row)]
        if done:
            work.audit(transaction, told, cohort, cohort, count=len(done))
        return MailsOut(done=done, without_address=[])

    return work.once(body, MailsOut, effect)


def _check_texts(transaction: Transaction, cohort: str, body: MailsIn) -> None:
    """Refuse to send what reads otherwise than it was seen; raises Problem 409."""
    if body.texts_version is not None and body.texts_version != wording_row(transaction, cohort).version:
        raise conflict("texts_changed", TEXTS_CHANGED)


def _chosen(work: Work, transaction: Transaction, cohort: str, body: MailsIn, states: Sequence[State]) -> list[MailRow]:
    """Give the mails that are meant; raises Problem 404 or 409 where one can't be."""
    rows = [mail_of(work, transaction, cohort, key) for key in dict.fromkeys(body.mails)]
    for row in rows:
        if row.state not in states:
            detail = f"De mail aan {row.name} is intussen veranderd. Laad de bladzijde opnieuw."
            raise conflict("other_state", detail, mail=row.id, state=row.state)
    return rows


def mail_of(work: Work, transaction: Transaction, cohort: str, key: str) -> MailRow:
    """Give a mail of a cohort; raises Problem 404."""
    work.cohort(transaction, cohort)
    row = store.find(transaction, key)
    return existing(row if row is not None and row.cohort == cohort else None, "Deze mail")


def _addresses(transaction: Transaction, cohort: str, rows: Sequence[MailRow]) -> dict[str, str]:
    """Give where each mail goes: to the address that stands with the school or mentor now, none where that is emptied.

    What was sent stays as it was, and so does what is told to who applied: whose number that is, is not certain yet.
    """
    known = {
        (side, one.id): str(one.document["email"])
        for side in members.TABLES
        for one in members.listed(transaction, side, cohort)
    }
    return {
        row.id: known.get((row.side, row.who), row.address)  # type: ignore[arg-type]
        if row.state in SENDABLE and row.kind not in OF_APPLICANT
        else row.address
        for row in rows
    }
