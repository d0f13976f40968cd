"""How does a browser go to the organisation's OpenID provider and come back logged in? Where one is set."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import Query, Response
from fastapi.responses import RedirectResponse

from service.access.callers import cookie_name
from service.access.factors import HALF_HOLDS
from service.access.permissions import ANY_QUERY, access
from service.people import oidc_actions as actions
from service.people.login_cookie import HALF, browser_of, clear_cookie, set_cookie
from service.people.session_actions import HalfWay
from service.web.call import Called
from service.web.route import router

routes = router("/v1/session/oidc", "aanmelden")

ATTEMPT = "-oidc"
"""What the name of the cookie ends in that a browser keeps while its person is with the provider."""

HOLDS = timedelta(minutes=10)
HOME = "/"
Given = Annotated[str, Query(max_length=4096)]


@routes.get("", status_code=303, response_class=RedirectResponse, openapi_extra=access(actions.begin_attempt))
def go(call: Called, anew: bool = False) -> Response:  # noqa: FBT001, FBT002 - a query
    """Ga naar de aanmelddienst van uw organisatie; met `anew=true` vraagt die opnieuw wie u bent."""
    address, kept = actions.begin_attempt(call.work, browser_of(call), anew=anew)
    answer = RedirectResponse(address, 303)
    set_cookie(call, answer, kept, HOLDS, ATTEMPT)
    return answer


@routes.get(
    "/callback",
    status_code=303,
    response_class=RedirectResponse,
    openapi_extra=access(actions.finish_attempt, **{ANY_QUERY: True}),  # providers add their own
)
def come_back(call: Called, state: Given = "", code: Given = "", error: Given = "") -> Response:
    """Kom terug van de aanmelddienst. Wie hier niet gekend is, komt niet binnen."""
    kept = call.request.cookies.get(cookie_name(call.settings.url) + ATTEMPT)
    begun = actions.finish_attempt(call.work, browser_of(call), kept, state, "" if error else code)
    half = isinstance(begun, HalfWay)
    answer = RedirectResponse("/aanmelden/code" if half else HOME, 303)
    if half:
        set_cookie(call, answer, begun.secret, HALF_HOLDS, HALF)
    else:
        set_cookie(call, answer, begun.secret)
    clear_cookie(call, answer, ATTEMPT)
    return answer
