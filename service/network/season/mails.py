"""Who is invited by mail to the sessions of a published year, or hears that one is off? A mail each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import matcher
from service.cohorts.members import store as members
from service.mail import store as mails
from service.mail.outbox import Recipient, propose_mail, recipient_of
from service.mail.template_store import wording_of
from service.web.pages.dutch_format import day

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.mail.kinds import Kind, Side
    from service.network.season.store import SeasonRow

KIND: tuple[Kind, ...] = ("session_invited",)
NAME, NOWHERE = "IN2STEM", "noreply@in2stem.invalid"
"""Who invites where nobody is named: to a name that can't exist (RFC 2606) no answer goes astray."""


def mail_sessions(work: Work, transaction: Transaction, row: SeasonRow) -> None:
    """Propose an invitation or a cancellation to everybody for whom a published year makes a difference."""
    season, year = matcher.season_from_document(row.season), matcher.year_from_document(row.year)
    people = _people(transaction, row.cohort, season)
    season = replace(
        season,
        participants=tuple(replace(one, email=_address(people["school", one.id])) for one in season.participants),
        guides=tuple(replace(one, email=_address(people["mentor", one.id])) for one in season.guides),
    )
    sessions = {one.uid: one for one in (*year.sessions, *year.cancelled)}
    places = {one.id: one for one in season.hosts}
    for one in matcher.messages(season, year, _organizer(work, transaction, row.cohort)):
        to = people[one.kind, one.recipient]
        off = one.method == "CANCEL"
        invited = _earlier(work, transaction, row.cohort, to, one.uid)
        if off and not invited:
            continue  # nobody cancels what was never told
        session = sessions[one.uid]
        host = places.get(session.host)
        title = matcher.session_title(session)
        facts = {
            "sessie": title[:1].upper() + title[1:],
            "wanneer": f"{day(session.day)}, {session.start.hour}.{session.start.minute:02d} uur",
            "waar": host.name if host is not None else session.host,
            "afgelast": "ja" if off else "",
        }
        deed = f"session {one.uid} {one.sequence} {one.method}"
        text = one.data.decode("utf-8")
        propose_mail(work, transaction, "session_invited", to, facts, cohort=row.cohort, deed=deed, calendar=text)


def _people(transaction: Transaction, cohort: str, season: matcher.Season) -> dict[tuple[Side, str], Recipient]:
    """Give who is in a season, with the name and address that are known now."""
    found: dict[tuple[Side, str], Recipient] = {
        ("school", one.id): Recipient("school", one.id, one.name, one.email) for one in season.participants
    }
    found |= {("mentor", one.id): Recipient("mentor", one.id, one.name, one.email) for one in season.guides}
    sides: tuple[Literal["school", "mentor"], ...] = ("school", "mentor")
    now = {(side, one.id): one.document for side in sides for one in members.listed(transaction, side, cohort)}
    return {key: recipient_of(key[0], now[key]) if key in now else one for key, one in found.items()}


def _address(person: Recipient) -> str:
    """Give an address that an event can hold; who has none yet gets it when the mail goes."""
    return person.address if matcher.is_address(person.address) else NOWHERE


def _organizer(work: Work, transaction: Transaction, cohort: str) -> matcher.Organizer:
    """Give who gets the answers to invitations: where answers to mails go, else the sender."""
    reply_to = wording_of(transaction, cohort).reply_to
    if not work.settings.mail_from:
        return matcher.Organizer(NAME, reply_to or NOWHERE)
    sender = work.settings.sender
    return matcher.Organizer(sender.name or NAME, reply_to or sender.address)


def _earlier(work: Work, transaction: Transaction, cohort: str, to: Recipient, uid: str) -> bool:
    """Have what was only proposed about a session not sent any more; tell whether anything was sent."""
    sent = False
    for row in mails.to_somebody(transaction, cohort, to.side, to.key, KIND):
        if f"UID:{uid}\r\n" not in row.calendar.replace("\r\n ", ""):
            continue
        if row.state == "proposed":
            mails.change(transaction, row, work.caller.by, state="dropped", answer="Vervangen door een nieuwere mail.")
        sent = sent or row.state not in {"proposed", "dropped"}
    return sent
