"""How are the secret addresses of calendars opened and closed, and what is found behind one?"""

from __future__ import annotations

import matcher
from service.access.action import action
from service.access.work import Work
from service.core.errors import conflict, invalid, not_found
from service.database.engine import Transaction
from service.database.ids import digest
from service.network.calendars import store as calendars
from service.network.calendars.shapes import CalendarOut, CalendarsIn, CalendarsOut
from service.network.calendars.store import Side
from service.network.season import store as seasons
from service.network.season.store import SeasonRow

HASHED = 16
"""Digits of a hash that tell places of one year apart."""

SIDES = ("school", "mentor", "host")
"""In which order calendars are listed."""


@action("coordinator")
def list_calendars(work: Work, cohort: str) -> CalendarsOut:
    """Give the calendars of who is in the published year, each with its address; raises Problem 409 for no year."""
    with work.reading() as transaction:  # who has an address was given it with a secret: none is made here
        work.cohort(transaction, cohort)
        return _calendars(work, transaction, _season(transaction, cohort))


@action("coordinator")
def open_calendars(work: Work, cohort: str, body: CalendarsIn) -> CalendarsOut:
    """Make addresses for who has none yet; an address that is there stays."""

    def effect(transaction: Transaction) -> CalendarsOut:
        work.hold(transaction, cohort)
        season = _season(transaction, cohort)
        made = calendars.open_all(transaction, cohort, _wanted(body, _people(season)))
        if made:
            told = [{"side": one.side, "subject": one.subject} for one in made]
            work.audit(transaction, "calendars.opened", season.id, cohort, calendars=told)
        return _calendars(work, transaction, season)

    return work.once(body, CalendarsOut, effect)


@action("coordinator")
def close_calendar(work: Work, cohort: str, side: str, subject: str = calendars.WHOLE) -> None:
    """Have the address of a school, of a mentor, or of `all` without a subject, lead nowhere from now on."""
    with work.writing(cohort) as transaction:
        if not calendars.close(transaction, cohort, side, subject):
            raise not_found("Deze kalender")
        work.audit(transaction, "calendar.closed", subject or side, cohort, side=side)


@action("anyone")
def read_feed(work: Work, secret: str) -> bytes:
    """Give the calendar behind a secret address as iCalendar: what is published now, and what was dropped since."""
    with work.reading() as transaction:
        row = calendars.by_secret(transaction, secret)
        season = seasons.published(transaction, row.cohort) if row is not None else None
    if row is None or season is None:
        raise not_found("Deze kalender")
    planned, year = matcher.season_from_document(season.season), matcher.year_from_document(season.year)
    school, mentor = (row.subject if row.side == side else None for side in ("school", "mentor"))
    places = (one.id for one in planned.hosts if row.side == "host" and subject_of("host", one.id) == row.subject)
    host = next(places, None)
    if row.side == "host" and host is None:
        raise not_found("Deze kalender")
    return matcher.feed(planned, year, school=school, mentor=mentor, host=host)


def subject_of(side: str, key: str) -> str:
    """Give what stands for somebody in an address: an id, or part of the hash of a place's name."""
    return digest(key)[:HASHED] if side == "host" else key


def _wanted(body: CalendarsIn, known: dict[tuple[Side, str], str]) -> list[tuple[Side, str]]:
    """Give for whom an address is asked, everybody where nobody is named; raises Problem 422 for who is not there."""
    if body.calendars is None:
        return list(known)
    wanted: list[tuple[Side, str]] = [(one.side, one.subject or calendars.WHOLE) for one in body.calendars]
    for index, one in enumerate(wanted):
        if one not in known:
            detail = "Die school, mentor of locatie zit niet in het gepubliceerde jaar."
            raise invalid(f"/calendars/{index}/subject", "unknown_subject", detail)
    return wanted


def _season(transaction: Transaction, cohort: str) -> SeasonRow:
    season = seasons.published(transaction, cohort)
    if season is None:
        raise conflict("nothing_published", "Publiceer eerst een jaar van sessies: de kalenders volgen dat.")
    return season


def _people(season: SeasonRow) -> dict[tuple[Side, str], str]:
    """Give who has a calendar in a year: side and id to name, schools, then mentors, then places, each by name."""
    planned, year = matcher.season_from_document(season.season), matcher.year_from_document(season.year)
    names: dict[tuple[Side, str], str] = {("school", one.id): one.name for one in planned.participants}
    names |= {("mentor", one.id): one.name for one in planned.guides}
    names |= {("host", one.id): one.name for one in planned.hosts}
    order = sorted(matcher.followers(planned, year), key=lambda one: (SIDES.index(one[0]), names[one], one))
    found: dict[tuple[Side, str], str] = {("all", calendars.WHOLE): "Alle sessies"}
    return found | {(side, subject_of(side, key)): names[side, key] for side, key in order}


def _calendars(work: Work, transaction: Transaction, season: SeasonRow) -> CalendarsOut:
    rows = {(one.side, one.subject): one for one in calendars.listed(transaction, season.cohort)}
    items = []
    for (side, subject), name in _people(season).items():
        row = rows.get((side, subject))
        url = f"{work.settings.url}/v1/calendars/{calendars.secret_of(transaction, row)}.ics" if row else None
        made = row.created_at if row else None
        items.append(CalendarOut(side=side, subject=subject or None, name=name, url=url, made_at=made))
    return CalendarsOut(items=items)
