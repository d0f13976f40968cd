"""What is somebody shown of their sessions? When, where, with which schools, and whether they said to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import matcher
from service.access.participants import Side
from service.core.addresses import path_to
from service.database.engine import Transaction
from service.database.ids import today
from service.network.calendars import store as calendars
from service.network.season import attendance_store as attendances
from service.network.season import store as seasons
from service.network.season.attendance_actions import sessions_of
from service.network.season.session_rows import clock
from service.network.season.wishes import THEMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A session as somebody who is invited sees it; `comes` is None where they did not say."""

    uid: str
    day: date
    clock: str
    place: str
    town: str
    theme: str
    link: str
    schools: tuple[str, ...]
    comes: bool | None
    past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """Somebody's sessions, and the address at which a calendar follows them; empty where there is none."""

    sessions: list[Meeting]
    calendar: str


NO_MEETINGS = Meetings(sessions=[], calendar="")


def meetings_of(transaction: Transaction, url: str, cohort: str, side: Side, key: str) -> Meetings:
    """Give the sessions of the published year to which somebody is invited."""
    row = seasons.published(transaction, cohort)
    if row is None or row.season is None:
        return NO_MEETINGS
    season = matcher.season_from_document(row.season)
    said = {
        one.session: one.comes
        for one in attendances.listed(transaction, cohort)
        if (one.side, one.subject) == (side, key)
    }
    hosts = {one.id: one for one in season.hosts}
    names = {one.id: one.name for one in season.participants}
    found = []
    for one in sessions_of(transaction, cohort, side, key):
        host = hosts.get(one.host)
        found.append(
            Meeting(
                uid=one.uid,
                day=one.day,
                clock=clock(one.start.isoformat(), one.end.isoformat()),
                place=host.name if host is not None else one.host,
                town=host.municipality if host is not None else "",
                theme=THEMES[one.theme] if one.theme else "",
                link=one.link,
                schools=tuple(names.get(each, each) for each in one.schools if each != key),
                comes=said.get(one.uid),
                past=one.day < today(),
            )
        )
    return Meetings(sessions=found, calendar=_calendar(transaction, url, cohort, side, key))


def _calendar(transaction: Transaction, url: str, cohort: str, side: Side, key: str) -> str:
    known = calendars.listed(transaction, cohort)
    mine = next((one for one in known if (one.side, one.subject) == (side, key)), None)
    return url + path_to("/v1/calendars/{}.ics", calendars.secret_of(transaction, mine)) if mine is not None else ""
