"""How do people follow their sessions? Each at a secret address of their own, that can be made and closed."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import ANY_QUERY, access
from service.core.etag import etag
from service.network.calendars import actions
from service.network.calendars.shapes import CalendarsIn, CalendarsOut
from service.web.call import Called
from service.web.openapi_headers import TAGGED
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/calendars", "kalenders")
followed = router("/v1/calendars", "kalenders")

ICALENDAR = "text/calendar"
CACHED = {"Cache-Control": "private, max-age=900"}
"""Calendar programs come back each few hours at most; a session never moves within the quarter."""


@routes.get("", openapi_extra=access(actions.list_calendars))
def list_calendars(call: Called, cohort: Key) -> CalendarsOut:
    """Geef de kalenders van wie in het gepubliceerde jaar zit, met het adres waarop ieder de zijne volgt."""
    return actions.list_calendars(call.work, cohort)


@routes.post("", openapi_extra=access(actions.open_calendars))
def open_calendars(call: Called, cohort: Key, body: CalendarsIn) -> CalendarsOut:
    """Maak adressen voor wie er nog geen heeft. Een adres dat er al is, blijft."""
    return actions.open_calendars(call.work, cohort, body)


@routes.delete("/{side}", status_code=204, response_class=Response, openapi_extra=access(actions.close_calendar))
def close_calendar_of_all(call: Called, cohort: Key, side: Key) -> None:
    """Sluit het adres van de kalender met alle sessies (`all`); wie het kent, krijgt niets meer."""
    actions.close_calendar(call.work, cohort, side)


@routes.delete(
    "/{side}/{subject}", status_code=204, response_class=Response, openapi_extra=access(actions.close_calendar)
)
def close_calendar(call: Called, cohort: Key, side: Key, subject: Key) -> None:
    """Sluit het adres van een school (`school`), mentor (`mentor`) of locatie (`host`); wie het kent, krijgt niets."""
    actions.close_calendar(call.work, cohort, side, subject)


@followed.get(
    "/{secret}.ics",
    response_class=Response,
    responses={
        200: {"content": {ICALENDAR: {}}} | TAGGED,
        304: {"description": "Niet gewijzigd sinds If-None-Match."} | TAGGED,
    },
    openapi_extra=access(actions.read_feed, **{ANY_QUERY: True}),  # programs that follow a calendar add their own
)
def follow_calendar(call: Called, secret: Key) -> Response:
    """Geef de kalender achter een geheim adres: wat nu gepubliceerd is, en wat sindsdien wegviel als geannuleerd."""
    data = actions.read_feed(call.work, secret)
    headers = CACHED | {"ETag": etag(data)}
    if call.fresh(headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=ICALENDAR, headers=headers)
