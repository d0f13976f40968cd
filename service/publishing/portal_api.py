"""What does the web portal show? What is published, and nothing else: pseudonyms and reasons, ready to be sent."""

from __future__ import annotations

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.core.errors import not_found
from service.publishing.portal_cache import PAIRINGS, Shown
from service.publishing.shapes import PublicPairingsOut, PublicSuggestionsOut
from service.web.answers import JSON
from service.web.call import Call, Called
from service.web.openapi_headers import TAGGED
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/portal/cohorts/{cohort}", "portaal")

CACHED = {"Cache-Control": "private, max-age=60", "Vary": "Authorization, Cookie"}
NOT_CHANGED = {200: TAGGED, 304: {"description": "Niet gewijzigd sinds If-None-Match."} | TAGGED}


@routes.get(
    "/schools/{school}/suggestions",
    response_model=PublicSuggestionsOut,
    responses=NOT_CHANGED,  # type: ignore[arg-type]
    openapi_extra=access("suggestions"),
)
async def get_school_suggestions(call: Called, cohort: Key, school: Key) -> Response:
    """Geef de mentoren die bij een school passen, de beste eerst, met redenen."""
    return await _shown(call, cohort, "school", school)


@routes.get(
    "/mentors/{pseudonym}/suggestions",
    response_model=PublicSuggestionsOut,
    responses=NOT_CHANGED,  # type: ignore[arg-type]
    openapi_extra=access("suggestions"),
)
async def get_mentor_suggestions(call: Called, cohort: Key, pseudonym: Key) -> Response:
    """Geef de scholen die bij een mentor passen, de beste eerst, met redenen."""
    return await _shown(call, cohort, "mentor", pseudonym)


@routes.get(
    "/pairings",
    response_model=PublicPairingsOut,
    responses=NOT_CHANGED,  # type: ignore[arg-type]
    openapi_extra=access("publication"),
)
async def get_pairings(call: Called, cohort: Key) -> Response:
    """Geef de gepubliceerde koppels, met redenen."""
    return await _shown(call, cohort, *PAIRINGS)


async def _shown(call: Call, cohort: str, side: str, subject: str) -> Response:
    """Send what is known; only where something must be looked up does another thread ask the database."""
    shown: Shown = call.request.app.state.shown
    page = shown.peek(cohort, side, subject)
    if page is None:
        page = await run_in_threadpool(shown.look, call.database, cohort, side, subject)
    if page.region is None or not call.caller.sees(page.region, cohort):
        raise not_found("Deze cohorte")
    if not page.number:
        raise not_found("Een gepubliceerd plan", "not_published")
    if page.body is None:
        raise not_found("Deze school" if side == "school" else "Deze mentor")
    headers = CACHED | {"ETag": page.tag}
    if call.fresh(page.tag):
        return Response(status_code=304, headers=headers)
    return Response(page.body, media_type=JSON, headers=headers)
