"""Who is invited by mail to the sessions of a published year, reminded of one, or hears that it is off? A mail each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

import matcher
from service.access.work import Work
from service.cohorts.members import store as members
from service.cohorts.members.taking_part_store import taking_part
from service.database.engine import Transaction
from service.mail import store as mails
from service.mail.kinds import Kind, Side
from service.mail.outbox import (
    OUTDATED,
    Letter,
    Recipient,
    propose_mails,
    recipient_of,
    whole_deed,
)
from service.mail.store import MailRow
from service.mail.template_store import wording_of
from service.network.season import attendance_store as attendances
from service.network.season import store as seasons
from service.network.season.store import SeasonRow
from service.web.pages.dutch_format import day

UID = re.compile(r"^UID:(.*)\r$", re.MULTILINE)
KIND: tuple[Kind, ...] = ("session_invited",)
REMINDER: Kind = "session_reminder"
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
    earlier = _earlier(transaction, row.cohort, people.keys())
    letters, outdated = list[Letter](), list[str]()
    for one in matcher.messages(season, year, _organizer(work, transaction, row.cohort)):
        to = people[one.kind, one.recipient]
        off = one.method == "CANCEL"
        before = earlier.get((to.side, to.key, one.uid), [])
        outdated += [mail.id for mail in before if mail.state == "proposed"]
        if off and all(mail.state in {"proposed", "dropped"} for mail in before):
            continue  # nobody cancels what was never told
        facts = _facts(sessions[one.uid], places) | {"afgelast": "ja" if off else ""}
        deed = f"session {one.uid} {one.sequence} {one.method}"
        text = one.data.decode("utf-8")
        letters.append(Letter(kind="session_invited", to=to, facts=facts, deed=deed, calendar=text))
    mails.drop(transaction, outdated, work.caller.by, "Vervangen door een nieuwere mail.")
    propose_mails(work, transaction, letters, cohort=row.cohort)


def remind_of_sessions(work: Work, transaction: Transaction, cohort: str, today: date, until: date) -> int:
    """Propose a reminder to who was invited to a session on a day in [today, until] and did not say whether they come.

    Once for a session and its day, and not to who left the cohort or stopped; give how many mails that are.
    """
    row = seasons.published(transaction, cohort)
    if row is None or row.season is None or row.year is None:
        return 0
    soon = [one for one in matcher.year_from_document(row.year).sessions if today <= one.day <= until]
    if not soon:
        return 0
    season = matcher.season_from_document(row.season)
    people, places = _people(transaction, cohort, season), {one.id: one for one in season.hosts}
    said = {(one.session, one.side, one.subject) for one in attendances.listed(transaction, cohort)}
    there = taking_part(transaction, cohort)
    earlier = _earlier(transaction, cohort, people.keys())
    letters = list[Letter]()
    for one in soon:
        sides: tuple[tuple[Side, Sequence[str]], ...] = (("school", one.schools), ("mentor", one.mentors))
        for side, key in [(side, key) for side, keys in sides for key in keys]:
            to, mine = people.get((side, key)), earlier.get((side, key, one.uid), ())
            invited = any(mail.state not in {"proposed", "dropped"} for mail in mine)
            open_still = (side, key) in there and (one.uid, side, key) not in said
            if to is not None and invited and open_still:
                deed = reminder_deed(one.uid, one.day)
                letters.append(Letter(kind=REMINDER, to=to, facts=_facts(one, places), deed=deed))
    return propose_mails(work, transaction, letters, cohort=cohort)


def forget_reminder(  # noqa: PLR0913, PLR0917 - who, of what
    work: Work, transaction: Transaction, cohort: str, side: Side, key: str, session: str
) -> None:
    """Have a reminder of a session that still waits for a look not sent any more: somebody said whether they come."""
    year = seasons.published(transaction, cohort)
    found = matcher.year_from_document(year.year).sessions if year is not None and year.year is not None else ()
    to = Recipient(side=side, key=key, name="", address="")
    days = [one.day for one in found if one.uid == session]
    for deed in [whole_deed(cohort, REMINDER, to, reminder_deed(session, one)) for one in days]:
        row = mails.of_deeds(transaction, [deed]).get(deed)
        if row is not None and row.state == "proposed":
            mails.change(transaction, row, work.caller.by, state="dropped", answer=OUTDATED)


def reminder_deed(uid: str, when: date) -> str:
    """Name what a reminder of a session tells: once it is moved, it may be told again."""
    return f"reminder {uid} {when}"


def _facts(session: matcher.Session, places: Mapping[str, matcher.Host]) -> dict[str, str]:
    """Say what a session is, when and where."""
    host, title = places.get(session.host), matcher.session_title(session)
    return {
        "sessie": title[:1].upper() + title[1:],
        "wanneer": f"{day(session.day)}, {session.start.hour}.{session.start.minute:02d} uur",
        "waar": host.name if host is not None else session.host,
    }


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


def _earlier(
    transaction: Transaction, cohort: str, people: Collection[tuple[Side, str]]
) -> dict[tuple[Side, str, str], list[MailRow]]:
    """Give what was told or proposed to people about sessions, by side, id and the session's UID."""
    found: dict[tuple[Side, str, str], list[MailRow]] = {}
    for row in mails.to_people(transaction, cohort, people, KIND):
        for uid in UID.findall(row.calendar.replace("\r\n ", "")):
            found.setdefault((row.side, row.who, uid), []).append(row)
    return found
