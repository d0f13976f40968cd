"""How does a year reach people's calendars? Feeds per school, mentor and all; invitations for what changes.

A feed (METHOD:PUBLISH) also holds what is gone, as cancelled: who imports an old file and then the new one
is left with one event per session. Invitations follow RFC 5546: one file per session and person, so that
nobody reads another's address.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from icalendar import Calendar, Event, vDuration

from matcher.domain.errors import InvalidValueError
from matcher.domain.period import refuse_if
from matcher.domain.season import Season
from matcher.domain.year import Session, Year
from matcher.output.ical_event import Organizer, add_attendees, brussels_zone, event, is_address
from matcher.output.season_names import Directory

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
Follower = Literal["school", "mentor", "host"]

PLACES: Final = ("company", "other")
"""Hosts that follow a calendar as a place: a school has its own, and nobody is at home where all is online."""

KINDS: Final = {"PUBLISH": "agenda", "REQUEST": "uitnodiging", "CANCEL": "afzegging"}

REFRESH: Final = timedelta(hours=6)
"""How often a program that follows a calendar should look again: RFC 7986, and what older programs read."""

NOBODY: Final = Organizer("IN2STEM", "noreply@in2stem.invalid")
"""The organizer of feeds to which nobody can answer (a name that can't exist, RFC 2606)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One invitation or cancellation, to be mailed to `email` as text/calendar with this method.

    `recipient` is the id of a school or mentor; `uid` and `sequence` are the session's.
    """

    kind: Literal["school", "mentor"]
    recipient: str
    email: str
    method: Method
    uid: str
    sequence: int
    data: bytes


@dataclass(frozen=True, slots=True)
class _Guest:
    kind: Literal["school", "mentor"]
    id: str
    role: str = "REQ-PARTICIPANT"


def feed(  # noqa: PLR0913 - whose calendar, by name
    season: Season,
    year: Year,
    organizer: Organizer = NOBODY,
    *,
    school: str | None = None,
    mentor: str | None = None,
    host: str | None = None,
) -> bytes:
    """Write the calendar of a school, of a mentor, of a place that receives, or of all where none is named."""
    names = Directory.of(season)
    person = names.school(school) if school else names.guide(mentor) if mentor else names.host(host) if host else ""
    calendar = _calendar("PUBLISH", f"IN2STEM lerend netwerk: {person or 'alle sessies'}")
    for session, is_on in _sessions_of(year, school, mentor, host):
        receives = session.host in (school, host) and is_on
        found = event(names, session, organizer, "CONFIRMED" if is_on else "CANCELLED", receives=receives)
        if not is_on or (mentor is not None and mentor in session.absent_mentors):
            found.add("TRANSP", "TRANSPARENT")
        calendar.add_component(found)
    return bytes(calendar.to_ical())


def _sessions_of(
    year: Year, school: str | None, mentor: str | None, host: str | None
) -> Iterator[tuple[Session, bool]]:
    """Give the sessions of a person or a place, and whether each is still on there."""
    if host is not None:
        yield from ((one, one.host == host) for one in year.sessions if host in (one.host, *one.left_hosts))
        yield from ((one, False) for one in year.cancelled if host in (one.host, *one.left_hosts))
        return
    for session, is_on in [(one, True) for one in year.sessions] + [(one, False) for one in year.cancelled]:
        now = school in session.schools if school else mentor in session.invited_mentors
        once = school in session.left_schools if school else mentor in session.left_mentors
        if now or once or (school is None and mentor is None):
            yield session, is_on and (now or (school is None and mentor is None))


def followers(season: Season, year: Year) -> tuple[tuple[Follower, str], ...]:
    """Give who has a calendar: every school, every mentor ever invited, and every place that receives and is no school.

    Of sessions that are or were planned.
    """
    everything = (*year.sessions, *year.cancelled)
    invited = {one for session in everything for one in (*session.invited_mentors, *session.left_mentors)}
    schools = [("school", one.id) for one in season.participants]
    mentors = [("mentor", one.id) for one in season.guides if one.id in invited]
    receive = {one for session in everything for one in (session.host, *session.left_hosts)}
    places = [("host", one.id) for one in season.hosts if one.kind in PLACES and one.id in receive]
    return (*schools, *mentors, *places)  # type: ignore[arg-type]


def feeds(
    season: Season, year: Year, organizer: Organizer = NOBODY, *, sender: tuple[str, str] | None = None
) -> dict[str, bytes]:
    """Write all calendars: `alle.ics` and one for each of the followers, file name to bytes.

    With a `sender`, name and address, also what is to be mailed (see `post`); raises InvalidValueError where
    that is no address.
    """
    organizer = organizer if sender is None else Organizer(*sender)
    files = {"alle.ics": feed(season, year, organizer)}
    for kind, key in followers(season, year):
        files[_file_name(kind, key)] = feed(season, year, organizer, **{kind: key})
    return files | ({} if sender is None else post(season, year, organizer))


def post(season: Season, year: Year, organizer: Organizer) -> dict[str, bytes]:
    """Write what is to be mailed: all invitations, or what carries the season's previous year over into this one.

    They lie in a folder of this moment of planning, for those of an earlier run must not be sent again. Who is
    invited and has no good address is listed there.
    """
    refused = f"«{organizer.email}» is geen e-mailadres. Schrijf de afzender als Naam <adres>."
    refuse_if(not is_address(organizer.email), refused)
    folder = f"berichten/{season.stamp:%Y-%m-%d-%H%M%S}"
    told = messages(season, year, organizer)
    files = {f"{folder}/{message_name(number, one)}": one.data for number, one in enumerate(told, 1)}
    invited = {guest.id for session in year.sessions for guest in _guests(session)}
    names = {one.id: one.name for one in season.participants} | {one.id: one.name for one in season.guides}
    lost = [f"{key}: {names[key]}\n" for key in unreachable(season) if key in invited]
    return files | ({f"{folder}/zonder-adres.txt": "".join(lost).encode()} if lost else {})


def messages(season: Season, year: Year, organizer: Organizer) -> tuple[Message, ...]:
    """Write what is to be mailed of a year: all invitations, or what carries its previous year over into it."""
    if season.previous is None:
        return invitations(season, year, organizer)
    return changes(season, season.previous, year, organizer)


def message_name(number: int, message: Message) -> str:
    """Name a message by its number, kind and receiver: `001-uitnodiging-school-034561.ics`."""
    receiver = re.sub(r"[^A-Za-z0-9-]", "_", message.recipient)
    return f"{number:03}-{KINDS[message.method]}-{message.kind}-{receiver}.ics"


def _file_name(kind: str, key: str) -> str:
    """Name a file by an id; one that no file can bear gets part of its hash, so that two never meet."""
    safe = re.sub(r"[^A-Za-z0-9-]", "_", key)
    mark = "" if safe == key else f"-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    return f"{kind}-{safe}{mark}.ics"


def invitations(season: Season, year: Year, organizer: Organizer) -> tuple[Message, ...]:
    """Write the first invitations to every session, for everybody who has an address."""
    names = Directory.of(season)
    return tuple(one for session in year.sessions for one in _requests(names, session, organizer))


def changes(season: Season, old: Year, new: Year, organizer: Organizer) -> tuple[Message, ...]:
    """Write what carries the old year over into the new one, and nothing for what stays.

    `new` must have been planned with `old` as its previous year; raises InvalidValueError otherwise. Who
    left since must still be among the season's participants or guides to hear of it.
    """
    names, before = Directory.of(season), {one.uid: one for one in old.sessions}
    cancelled = {one.uid: one for one in new.cancelled}
    lost = before.keys() - cancelled.keys() - {one.uid for one in new.sessions}
    if lost:
        raise InvalidValueError("Het nieuwe jaar volgt niet op het oude: er zijn sessies verdwenen zonder bericht.")
    found: list[Message] = []
    for session in new.sessions:
        earlier = before.get(session.uid)
        if earlier is None or session.sequence > earlier.sequence:
            staying = {(one.kind, one.id) for one in _guests(session)}
            left = [one for one in _guests(earlier) if (one.kind, one.id) not in staying]
            found += _requests(names, session, organizer)
            found += _cancels(names, session, left, organizer)
    for uid in sorted(before.keys() & cancelled.keys()):
        found += _cancels(names, cancelled[uid], _guests(before[uid]), organizer, "CANCELLED")
    return tuple(found)


def unreachable(season: Season) -> tuple[str, ...]:
    """Give the ids of schools and mentors who can't be invited, having no good e-mail address."""
    everybody = [(one.id, one.email) for one in season.participants] + [(one.id, one.email) for one in season.guides]
    return tuple(key for key, email in everybody if not is_address(email))


def _guests(session: Session | None) -> list[_Guest]:
    if session is None:
        return []
    schools = [_Guest("school", one) for one in session.schools]
    present = [_Guest("mentor", one) for one in session.mentors]
    return schools + present + [_Guest("mentor", one, "OPT-PARTICIPANT") for one in session.absent_mentors]


def _requests(names: Directory, session: Session, organizer: Organizer) -> Iterator[Message]:
    for guest in _guests(session):
        found = event(names, session, organizer, receives=(guest.kind, guest.id) == ("school", session.host))
        found.add("TRANSP", "OPAQUE" if guest.role == "REQ-PARTICIPANT" else "TRANSPARENT")
        yield from _message(names, session, guest, "REQUEST", found)


def _cancels(
    names: Directory, session: Session, guests: Iterable[_Guest], organizer: Organizer, status: str | None = None
) -> Iterator[Message]:
    """Cancel for some guests; RFC 5546 wants a status only where the whole event is gone."""
    for guest in guests:
        yield from _message(names, session, guest, "CANCEL", event(names, session, organizer, status))


def _message(names: Directory, session: Session, guest: _Guest, method: Method, found: Event) -> Iterator[Message]:
    person = (names.schools if guest.kind == "school" else names.guides).get(guest.id)
    if person is None or not is_address(person.email):
        return
    add_attendees(found, [(person.name, person.email, guest.role)])
    calendar = _calendar(method, None)
    calendar.add_component(found)
    yield Message(
        kind=guest.kind,
        recipient=guest.id,
        email=person.email,
        method=method,
        uid=session.uid,
        sequence=session.sequence,
        data=bytes(calendar.to_ical()),
    )


def _calendar(method: Method, title: str | None) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", "-//IN2STEM//Lerend netwerk//NL")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    if title is not None:
        calendar.add("NAME", title)
        calendar.add("X-WR-CALNAME", title)
        calendar.add("X-WR-TIMEZONE", "Europe/Brussels")
        calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    calendar.add_component(brussels_zone())
    return calendar
