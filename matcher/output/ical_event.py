"""What does one session look like as an event of a calendar (RFC 5545)?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress
from icalendar.prop import vRecur, vUri

from matcher.domain.local_time import BRUSSELS
from matcher.domain.season import THEMES
from matcher.domain.year import Session
from matcher.output.season_names import Directory, clean
from matcher.sessions.half_days import ends, starts

ADDRESS: Final = re.compile(r"[^\s@<>\"(),:;\\]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]{2,}")
WINTER: Final = timedelta(hours=1)
SUMMER: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Organizer:
    """Who plans the sessions and gets the answers to invitations."""

    name: str
    email: str


def is_address(email: str) -> bool:
    """Tell whether a text can stand as an e-mail address of a calendar user."""
    return ADDRESS.fullmatch(email) is not None


def address(name: str, email: str, **parameters: str) -> vCalAddress:
    """Make a calendar user; parameters are those of RFC 5545, such as ROLE."""
    user = vCalAddress(f"mailto:{email}")
    user.params["CN"] = clean(name).replace('"', "'")
    for key, value in parameters.items():
        user.params[key] = value
    return user


def brussels_zone() -> Timezone:
    """Describe the clock of Brussels since 1996: last Sundays of March and October, at one o'clock UTC."""
    zone = Timezone()
    zone.add("TZID", BRUSSELS.key)
    for kind, name, month, hour, before, after in (
        (TimezoneDaylight, "CEST", 3, 2, WINTER, SUMMER),
        (TimezoneStandard, "CET", 10, 3, SUMMER, WINTER),
    ):
        change = kind()
        change.add("DTSTART", datetime.combine(_last_sunday(1996, month), time(hour)))
        change.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY="-1SU"))
        change.add("TZOFFSETFROM", before)
        change.add("TZOFFSETTO", after)
        change.add("TZNAME", name)
        zone.add_component(change)
    return zone


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def describe(names: Directory, session: Session) -> str:
    """Tell in Dutch lines what the session is about and who comes."""
    theme = THEMES.get(session.theme or "", "")
    lines = [f"Ronde {session.round} van het lerend netwerk.", f"Thema: {theme}." if theme else ""]
    for title, people in (
        ("Scholen", [names.school(one) for one in session.schools]),
        ("Mentoren", [names.guide(one) for one in session.mentors if one not in session.beyond_hours]),
        ("Komt buiten zijn uren", [names.guide(one) for one in session.beyond_hours]),
        ("Verhinderd", [names.guide(one) for one in session.absent_mentors]),
        ("Online", [names.school(one) for one in session.online if len(session.online) < len(session.schools)]),
    ):
        lines.append(f"{title}: {', '.join(people)}." if people else "")
    return "\n".join(line for line in lines if line)


def event(
    names: Directory,
    session: Session,
    organizer: Organizer,
    status: str | None = "CONFIRMED",
    *,
    receives: bool = False,
) -> Event:
    """Make the event of a session; without a `status` the property is left out. Who `receives` is told so."""
    found = Event()
    found.add("UID", session.uid)
    found.add("SEQUENCE", session.sequence)
    revised = (session.revised or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC)
    found.add("DTSTAMP", revised)
    found.add("LAST-MODIFIED", revised)
    found.add("DTSTART", starts(session))
    found.add("DTEND", ends(session))
    guests = f" (u ontvangt, {_schools(session)})" if receives else ""
    found.add("SUMMARY", f"IN2STEM {session_title(session)}{guests}")
    found.add("DESCRIPTION", describe(names, session))
    found.add("LOCATION", names.place(session.host))
    host = names.hosts.get(session.host)
    if session.link:
        found.add("URL", vUri(session.link))
        feature = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Online deelnemen"}
        found.add("CONFERENCE", vUri(session.link), parameters=feature)
    if host is not None and host.kind != "online":
        found.add("GEO", (host.position.latitude, host.position.longitude))
    found.add("ORGANIZER", address(organizer.name, organizer.email))
    if status is not None:
        found.add("STATUS", status)
    return found


def session_title(session: Session) -> str:
    """Say which session it is: lerend netwerk, ronde 1: feedback."""
    theme = THEMES.get(session.theme or "", "")
    return f"lerend netwerk, ronde {session.round}{f': {theme}' if theme else ''}"


def _schools(session: Session) -> str:
    count = len(session.schools)
    return f"{count} {'school' if count == 1 else 'scholen'}"


def add_attendees(found: Event, people: Iterable[tuple[str, str, str]]) -> None:
    """Add who is asked to come: name, e-mail address, and role (REQ- or OPT-PARTICIPANT)."""
    for name, email, role in people:
        user = address(name, email, ROLE=role, PARTSTAT="NEEDS-ACTION", RSVP="TRUE")
        found.add("ATTENDEE", user)
