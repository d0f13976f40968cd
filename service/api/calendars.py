"""How do people follow their sessions? Each at a secret address of their own, that can be made and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Response
from starlette.concurrency import run_in_threadpool

import matcher
from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.errors import conflict, invalid, not_found
from service.store import calendars, cohorts, seasons
from service.store.database import Transaction
from service.wire.answers import Answer, etag
from service.wire.calendars import CalendarOut, CalendarsIn, CalendarsOut
from service.wire.shapes import Key

if TYPE_CHECKING:
    from service.store.calendars import Side
    from service.store.seasons import SeasonRow

routes = router("/v1/cohorts/{cohort}/calendars", "kalenders")
followed = router("/v1/calendars", "kalenders")

ICALENDAR = "text/calendar"
CACHED = {"Cache-Control": "private, max-age=900"}
"""Calendar programs come back each few hours at most; a session never moves within the quarter."""


@routes.get("", response_model=CalendarsOut, openapi_extra=access("coordinator"))
def list_calendars(call: Called, cohort: Key) -> Response:
    """Geef de kalenders van wie in het gepubliceerde jaar zit, met het adres waarop ieder de zijne volgt."""
    with call.database.write() as transaction:  # the secret of the installation may have to be made
        call.cohort(transaction, cohort)
        shape = _shape(call, transaction, _season(transaction, cohort))
    return Answer(200, shape).response()


@routes.post("", response_model=CalendarsOut, openapi_extra=access("coordinator"))
def open_calendars(call: Called, cohort: Key, body: CalendarsIn) -> Response:
    """Maak adressen voor wie er nog geen heeft. Een adres dat er al is, blijft."""

    def effect(transaction: Transaction) -> Answer:
        call.cohort(transaction, cohort)
        cohorts.touch(transaction, cohort)
        season = _season(transaction, cohort)
        known = _people(season)
        wanted: list[tuple[Side, str]] = list(known)
        if body.calendars is not None:
            wanted = [(one.side, one.subject or calendars.WHOLE) for one in body.calendars]
        for index, one in enumerate(wanted):
            if one not in known:
                pointer = f"/calendars/{index}/subject"
                raise invalid(pointer, "unknown_subject", "Die school of mentor zit niet in het gepubliceerde jaar.")
        made = calendars.open_all(transaction, cohort, wanted)
        if made:
            told = [{"side": one.side, "subject": one.subject} for one in made]
            call.audit(transaction, "calendars.opened", season.id, cohort, calendars=told)
        return Answer(200, _shape(call, transaction, season))

    return call.once(body, effect)


@routes.delete("/{side}", status_code=204, openapi_extra=access("coordinator"))
def close_calendar_of_all(call: Called, cohort: Key, side: Key) -> Response:
    """Sluit het adres van de kalender met alle sessies (`all`); wie het kent, krijgt niets meer."""
    return _closed(call, cohort, side if side == "all" else "", calendars.WHOLE)


@routes.delete("/{side}/{subject}", status_code=204, openapi_extra=access("coordinator"))
def close_calendar(call: Called, cohort: Key, side: Key, subject: Key) -> Response:
    """Sluit het adres van een school (`school`) of een mentor (`mentor`); wie het kent, krijgt niets meer."""
    return _closed(call, cohort, side, subject)


def _closed(call: Call, cohort: str, side: str, subject: str) -> Response:
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        if not calendars.close(transaction, cohort, side, subject):
            raise not_found("Deze kalender")
        call.audit(transaction, "calendar.closed", subject or side, cohort, side=side)
    return Answer(204).response()


@followed.get(
    "/{secret}.ics",
    response_class=Response,
    responses={200: {"content": {ICALENDAR: {}}}, 304: {"description": "Niet gewijzigd sinds If-None-Match."}},
    openapi_extra=access("anyone"),
)
async def follow_calendar(call: Called, secret: Key) -> Response:
    """Geef de kalender achter een geheim adres: wat nu gepubliceerd is, en wat sindsdien wegviel als geannuleerd."""
    return await run_in_threadpool(_followed, call, secret)


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
