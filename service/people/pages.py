"""How does a person log in? With the link that the administrator gave, or with address and password."""

from __future__ import annotations

from fastapi import Request, Response

from service.access.factors import HALF_HOLDS
from service.access.permissions import MOST_BODY, access
from service.core.errors import Problem
from service.people import session_actions as actions
from service.people.login_cookie import HALF, browser_of, clear_cookie, half_of, set_cookie
from service.people.session_actions import HalfWay, LoggedIn
from service.web.call import Call, Called
from service.web.pages.form_addresses import STANDS_ON
from service.web.pages.forms import Form, Sent
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.pages.resume_form import HOME, MOST_BYTES, carried, own_path

routes = pages()

MOST_CARRIED = 3 * MOST_BYTES
"""A form that goes along through the login stands there once more in quotes."""


@routes.get("/", openapi_extra=access("anyone"))
async def home() -> Response:
    """Send who comes to the front door on to the cohorts."""
    return go(HOME)


@routes.get("/aanmelden", openapi_extra=access("anyone"))
async def show_login(request: Request, terug: str = "") -> Response:
    """Ask who it is; a link's secret stands behind the #, which the browser keeps to itself."""
    return page(request, "aanmelden.html", back=own_path(terug), ended=False, again=None)


@routes.post("/aanmelden", openapi_extra=access(actions.log_in_by_link, **{MOST_BODY: MOST_CARRIED}))
def log_in(call: Called, form: Sent) -> Response:
    """Log in, and go on to where the person wanted to be."""
    back, again = own_path(form["terug"]), carried(form["opnieuw"])
    try:
        begun = _begin(call, form)
    except Problem as problem:
        return page(call.request, "aanmelden.html", problem=problem, back=back, ended=False, again=again)
    if isinstance(begun, HalfWay):
        return _ask_code(call, begun, back, form["opnieuw"])
    return _on(call, begun, back, form["opnieuw"])


def _on(call: Call, begun: LoggedIn, back: str, carried_on: str) -> Response:
    again = carried(carried_on)
    on = page(call.request, "opnieuw.html", back=back, again=again) if again else go(back)
    set_cookie(call, on, begun.secret)
    if half_of(call):
        clear_cookie(call, on, HALF)
    return on


@routes.post("/aanmelden/link", openapi_extra=access(actions.ask_link))
def ask_link(call: Called, form: Sent) -> Response:
    """Have a link mailed."""
    try:
        asked = actions.ask_link(call.work, browser_of(call), form["email"])
    except Problem as problem:
        return page(call.request, "aanmelden.html", problem=problem, back="", ended=False, again=None)
    return with_message(go("/aanmelden"), asked.detail)


def _ask_code(call: Call, half: HalfWay, back: str, carried_on: str) -> Response:
    answer = page(call.request, "aanmeldcode.html", back=back, again=carried(carried_on))
    set_cookie(call, answer, half.secret, HALF_HOLDS, HALF)
    return answer


@routes.get("/aanmelden/code", openapi_extra=access("anyone"))
async def show_code(request: Request, terug: str = "") -> Response:
    """Ask for the code of who proved the first factor."""
    return page(request, "aanmeldcode.html", back=own_path(terug), again=None)


@routes.post("/aanmelden/code", openapi_extra=access(actions.log_in_by_code, **{MOST_BODY: MOST_CARRIED}))
def log_in_by_code(call: Called, form: Sent) -> Response:
    """Log in with a code, and go on to where the person wanted to be."""
    back = own_path(form["terug"])
    try:
        begun = actions.log_in_by_code(call.work, browser_of(call), half_of(call), form["code"])
    except Problem as problem:
        again = carried(form["opnieuw"])
        return page(call.request, "aanmeldcode.html", problem=problem, back=back, again=again)
    return _on(call, begun, back, form["opnieuw"])


def _begin(call: Call, form: Form) -> LoggedIn | HalfWay:
    pasted = form["link"].strip()
    if pasted:
        return actions.log_in_by_link(call.work, browser_of(call), pasted.rpartition("#")[2])
    return actions.log_in_by_password(call.work, browser_of(call), form["email"], form["wachtwoord"])


@routes.post("/afmelden", openapi_extra=access(actions.log_out, **{STANDS_ON: "/cohorten"}))
def end(call: Called) -> Response:
    """Log out in this browser."""
    actions.log_out(call.work, browser_of(call))
    answer = go("/aanmelden")
    clear_cookie(call, answer)
    return with_message(answer, "U bent uitgelogd.")
