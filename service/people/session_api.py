"""Who am I, and how do I log in and out?"""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from service.access.factors import HALF_HOLDS
from service.access.people import is_email
from service.access.permissions import access
from service.core.errors import Problem, invalid
from service.people import session_actions as actions
from service.people.login_cookie import HALF, browser_of, clear_cookie, half_of, set_cookie
from service.people.session_actions import HalfWay, LoggedIn
from service.people.shapes import LinkAsked, LinkIn, PasswordIn, SessionIn, SessionOut
from service.web.call import Call, Called
from service.web.route import router

routes = router("/v1/session", "aanmelden")

WRONG_CODE = "Deze code klopt niet, of werd al gebruikt. Neem de code die de app nu toont."


@routes.post("", status_code=201, openapi_extra=access(actions.log_in_by_link))
def log_in(call: Called, body: SessionIn, response: Response) -> SessionOut:
    """Log in met een link die één keer werkt, of met e-mailadres en wachtwoord. Het antwoord zet een cookie."""
    begun = _begun(call, body)
    if isinstance(begun, HalfWay):
        raise _asked(call, begun, WRONG_CODE if body.code else "Geef met «code» ook de code van uw app.")
    if half_of(call):
        clear_cookie(call, response, HALF)
    set_cookie(call, response, begun.secret)
    return begun.session


@routes.post("/link", status_code=202, openapi_extra=access(actions.ask_link))
def ask_link(call: Called, body: LinkIn) -> LinkAsked:
    """Vraag per mail een link om u aan te melden. Het antwoord zegt niet of het adres bij iemand hoort."""
    return actions.ask_link(call.work, browser_of(call), body.email)


def _begun(call: Call, body: SessionIn) -> LoggedIn | HalfWay:
    if body.link is not None:
        return actions.log_in_by_link(call.work, browser_of(call), body.link, body.code)
    if body.email is None:
        return actions.log_in_by_code(call.work, browser_of(call), half_of(call), body.code or "")
    if not is_email(body.email):
        raise invalid("/email", "not_an_address", "Dit is geen e-mailadres.")
    return actions.log_in_by_password(call.work, browser_of(call), body.email, body.password or "", body.code)


def _asked(call: Call, half: HalfWay, detail: str) -> Problem:
    """Answer that a code is needed, with a cookie that lets it be sent alone within five minutes."""
    kept = Response()
    set_cookie(call, kept, half.secret, HALF_HOLDS, HALF)
    headers = {"WWW-Authenticate": "Bearer", "Set-Cookie": kept.headers["set-cookie"]}
    return Problem(HTTPStatus.UNAUTHORIZED, "code_needed", detail, headers=headers)


@routes.get("", openapi_extra=access(actions.who_am_i))
def who_am_i(call: Called) -> SessionOut:
    """Zeg wie u bent: een persoon of een sleutel."""
    return actions.who_am_i(call.work, browser_of(call))


@routes.delete("", status_code=204, openapi_extra=access(actions.log_out))
def end_session(call: Called, response: Response) -> None:
    """Meld u af in deze browser."""
    actions.log_out(call.work, browser_of(call))
    clear_cookie(call, response)


@routes.put("/password", openapi_extra=access(actions.choose_password))
def put_password(call: Called, body: PasswordIn, response: Response) -> SessionOut:
    """Kies een wachtwoord. Overal elders wordt u uitgelogd, en in deze browser krijgt u een nieuwe cookie."""
    begun = actions.choose_password(call.work, browser_of(call), body)
    set_cookie(call, response, begun.secret)
    return begun.session
