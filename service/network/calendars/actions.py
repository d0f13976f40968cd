"""How are the secret addresses of calendars made, closed and served?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Response

import matcher
from service.core.errors import conflict, not_found
from service.core.etag import etag
from service.network.calendars import store as calendars
from service.network.calendars.shapes import CalendarOut, CalendarsOut
from service.network.season import store as seasons
from service.web.answers import Answer

if TYPE_CHECKING:
    from service.database.engine import Transaction
    from service.network.calendars.store import Side
    from service.network.season.store import SeasonRow
    from service.web.call import Call


ICALENDAR = "text/calendar"


CACHED = {"Cache-Control": "private, max-age=900"}
"""Calendar programs come back each few hours at most; a session never moves within the quarter."""


def _closed(call: Call, cohort: str, side: str, subject: str) -> Response:
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        if not calendars.close(transaction, cohort, side, subject):
            raise not_found("Deze kalender")
        call.audit(transaction, "calendar.closed", subject or side, cohort, side=side)
    return Answer(204).response()


def _followed(call: Call, secret: str) -> Response:
    with call.database.read() as transaction:
        row = calendars.by_secret(transaction, secret)
        season = seasons.published(transaction, row.cohort) if row is not None else None
    if row is None or season is None:
        raise not_found("Deze kalender")
    school, mentor = (row.subject if row.side == side else None for side in ("school", "mentor"))
    planned, year = matcher.season_from_document(season.season), matcher.year_from_document(season.year)
    data = matcher.feed(planned, year, school=school, mentor=mentor)
    headers = CACHED | {"ETag": etag(data)}
    if call.fresh(headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=ICALENDAR, headers=headers)


def _season(transaction: Transaction, cohort: str) -> SeasonRow:
    season = seasons.published(transaction, cohort)
    if season is None:
        raise conflict("nothing_published", "Publiceer eerst een jaar van sessies: de kalenders volgen dat.")
    return season


def _people(season: SeasonRow) -> dict[tuple[Side, str], str]:
    """Give who has a calendar in a year: side and id to name, schools and then mentors by name."""
    planned, year = matcher.season_from_document(season.season), matcher.year_from_document(season.year)
    names: dict[tuple[Side, str], str] = {("school", one.id): one.name for one in planned.participants}
    names |= {("mentor", one.id): one.name for one in planned.guides}
    order = sorted(matcher.followers(planned, year), key=lambda one: (one[0] == "mentor", names[one], one))
    found: dict[tuple[Side, str], str] = {("all", calendars.WHOLE): "Alle sessies"}
    return found | {one: names[one] for one in order}


def _shape(call: Call, transaction: Transaction, season: SeasonRow) -> CalendarsOut:
    rows = {(one.side, one.subject): one for one in calendars.listed(transaction, season.cohort)}
    items = []
    for (side, subject), name in _people(season).items():
        row = rows.get((side, subject))
        url = f"{call.settings.url}/v1/calendars/{calendars.secret_of(transaction, row)}.ics" if row else None
        made = row.created_at if row else None
        items.append(CalendarOut(side=side, subject=subject or None, name=name, url=url, made_at=made))
    return CalendarsOut(items=items)
