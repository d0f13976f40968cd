"""How does a person log in with the organisation's own account? By way of its OpenID provider, where one is set."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response
from fastapi.responses import RedirectResponse

from service.access import audit_trail, people
from service.access.callers import cookie_name
from service.access.permissions import access
from service.core.errors import Problem
from service.people import oidc
from service.people.login import begin, set_cookie
from service.web.call import Call, Called
from service.web.route import router

routes = router("/v1/session/oidc", "aanmelden")

MINUTES = 10
HOME = "/"
Given = Annotated[str, Query(max_length=4096)]


def _attempt_cookie(call: Call) -> str:
    return f"{cookie_name(call.settings.url)}-oidc"


def _https(call: Call) -> bool:
    return call.settings.url.startswith("https://")


@routes.get("", status_code=303, response_class=RedirectResponse, openapi_extra=access("anyone"))
def go(call: Called) -> Response:
    """Ga naar de aanmelddienst van uw organisatie."""
    call.count_login(call.address)
    attempt = oidc.new_attempt()
    answer = RedirectResponse(oidc.where_to_go(call.settings, attempt), 303)
    answer.set_cookie(
        _attempt_cookie(call),
        attempt.cookie,
        max_age=MINUTES * 60,
        path="/",
        secure=_https(call),
        httponly=True,
        samesite="lax",
    )
    return answer


@routes.get("/callback", status_code=303, response_class=RedirectResponse, openapi_extra=access("anyone"))
def come_back(call: Called, state: Given = "", code: Given = "", error: Given = "") -> Response:
    """Kom terug van de aanmelddienst. Wie hier niet gekend is, komt niet binnen."""
    call.count_login(call.address)
    attempt = oidc.attempt_of(call.request.cookies.get(_attempt_cookie(call)), state)
    if error or not code:
        raise oidc.refused("De aanmelddienst heeft u niet aangemeld.")
    secret = _log_in(call, oidc.verified_email(call.settings, attempt, code))
    answer = set_cookie(call, RedirectResponse(HOME, 303), secret)
    answer.delete_cookie(_attempt_cookie(call), path="/", secure=_https(call), httponly=True, samesite="lax")
    return answer


def _log_in(call: Call, email: str) -> str:
    with call.database.write() as transaction:
        person = people.by_email(transaction, email) if people.is_email(email) else None
        if person is not None and not person.blocked:
            return begin(call, transaction, person.id, "oidc")
        target = person.id if person is not None else "unknown"
        audit_trail.note(transaction, "nobody", "login.failed", target, None, {"way": "oidc"}, call.request_id)
    detail = "U bent aangemeld bij uw organisatie, maar hier niet gekend. Vraag een beheerder om een uitnodiging."
    raise Problem(403, "unknown_person", detail)
