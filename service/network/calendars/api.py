"""How do people follow their sessions? Each at a secret address of their own, that can be made and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access import scope
from service.access.permissions import access
from service.core.errors import invalid
from service.database.engine import Transaction
from service.network.calendars import store as calendars
from service.network.calendars.actions import ICALENDAR, _closed, _followed, _people, _season, _shape
from service.network.calendars.shapes import CalendarsIn, CalendarsOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

if TYPE_CHECKING:
    from service.network.calendars.store import Side

routes = router("/v1/cohorts/{cohort}/calendars", "kalenders")
followed = router("/v1/calendars", "kalenders")


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
        scope.touch(transaction, cohort)
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


@followed.get(
    "/{secret}.ics",
    response_class=Response,
    responses={200: {"content": {ICALENDAR: {}}}, 304: {"description": "Niet gewijzigd sinds If-None-Match."}},
    openapi_extra=access("anyone"),
)
async def follow_calendar(call: Called, secret: Key) -> Response:
    """Geef de kalender achter een geheim adres: wat nu gepubliceerd is, en wat sindsdien wegviel als geannuleerd."""
    return await run_in_threadpool(_followed, call, secret)
