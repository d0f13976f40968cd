"""Who am I, and how do I log in and out?"""

from __future__ import annotations

from fastapi import Response

from service.access.people import is_email
from service.access.permissions import access
from service.core.errors import invalid
from service.people import session_actions as actions
from service.people.login_cookie import browser_of, clear_cookie, set_cookie
from service.people.shapes import LinkAsked, LinkIn, PasswordIn, SessionIn, SessionOut
from service.web.call import Called
from service.web.route import router

routes = router("/v1/session", "aanmelden")


@routes.post("", status_code=201, openapi_extra=access(actions.log_in_by_link))
def log_in(call: Called, body: SessionIn, response: Response) -> SessionOut:
    """Log in met een link die één keer werkt, of met e-mailadres en wachtwoord. Het antwoord zet een cookie."""
    if body.link is not None:
        begun = actions.log_in_by_link(call.work, browser_of(call), body.link)
    else:
        if not is_email(body.email or ""):
            raise invalid("/email", "not_an_address", "Dit is geen e-mailadres.")
        begun = actions.log_in_by_password(call.work, browser_of(call), body.email or "", body.password or "")
    set_cookie(call, response, begun.secret)
    return begun.session


@routes.post("/link", status_code=202, openapi_extra=access(actions.ask_link))
def ask_link(call: Called, body: LinkIn) -> LinkAsked:
    """Vraag per mail een link om u aan te melden. Het antwoord zegt niet of het adres bij iemand hoort."""
    return actions.ask_link(call.work, browser_of(call), body.email)


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
