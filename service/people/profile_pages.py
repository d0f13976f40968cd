"""Where am I logged in, with which password, and with a second step? A person's own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response

from service.access.permissions import access
from service.core.errors import Problem, invalid
from service.people import profile_actions as actions
from service.people import session_actions
from service.people.login_cookie import browser_of, set_cookie
from service.people.shapes import CodeIn, PasswordIn, ProofIn
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Sent
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages

routes = pages("/profiel")

HOME = "/profiel"
UNLIKE = "De twee nieuwe wachtwoorden zijn niet gelijk."


@dataclass(frozen=True, slots=True)
class Notice:
    """What the page says besides what is kept: what was refused and in which part, codes that are shown once."""

    problem: Problem | None = None
    part: str = ""
    codes: Sequence[str] = ()


@routes.get("", openapi_extra=access(actions.list_logins))
def show_profile(call: Called) -> Response:
    """Show who asks, where they are logged in, and the second step."""
    return _page(call, Notice())


def _page(call: Call, told: Notice) -> Response:
    with call.work.together() as work:
        me = session_actions.who_am_i(work, browser_of(call))
        found, factor = actions.list_logins(work, browser_of(call)), actions.get_factor(work)
        begun, fresh = actions.begun_factor(work), actions.is_fresh(work, browser_of(call))
    answer = page(
        call.request,
        "profiel.html",
        problem=told.problem,
        me=me,
        logins=found,
        factor=factor,
        begun=begun,
        fresh=fresh,
        told=told,
        lacks_step=call.caller.lacks_step,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@routes.post("/wachtwoord", openapi_extra=access(session_actions.choose_password))
def choose_password(call: Called, form: Sent) -> Response:
    """Keep a new password."""
    if form["nieuw"] != form["nog-eens"]:
        return _page(call, Notice(invalid("/password", "not_alike", UNLIKE), "wachtwoord"))
    try:
        body = read_shape(PasswordIn, {"password": form["nieuw"], "old": form["oud"] or None})
        begun = session_actions.choose_password(call.work, browser_of(call), body)
    except Problem as problem:
        return _page(call, Notice(problem, "wachtwoord"))
    text = "Uw wachtwoord is bewaard. In andere browsers bent u uitgelogd."
    answer = with_message(go(HOME), text)
    set_cookie(call, answer, begun.secret)
    return answer


@routes.post("/bewijs", openapi_extra=access(actions.prove))
def prove(call: Called, form: Sent) -> Response:
    """Prove once more who asks, by password or by a code."""
    try:
        body = read_shape(ProofIn, {"password": form["wachtwoord"] or None, "code": form["code"] or None})
        actions.prove(call.work, browser_of(call), body)
    except Problem as problem:
        return _page(call, Notice(problem, "bewijs"))
    return with_message(go(HOME), "U bewees dat u het bent. Een kwartier lang kunt u alles hier wijzigen.")


@routes.post("/browsers/weg", openapi_extra=access(actions.end_own_login))
def end_login(call: Called, form: Sent) -> Response:
    """Log out one browser."""
    try:
        actions.end_own_login(call.work, browser_of(call), form.key("browser"))
    except Problem as problem:
        return _page(call, Notice(problem, "browsers"))
    return with_message(go(HOME), "Die browser is uitgelogd.")


@routes.post("/browsers/alle-weg", openapi_extra=access(actions.end_own_logins))
def end_logins(call: Called) -> Response:
    """Log out everywhere but here."""
    try:
        actions.end_own_logins(call.work, browser_of(call))
    except Problem as problem:
        return _page(call, Notice(problem, "browsers"))
    return with_message(go(HOME), "U bent overal elders uitgelogd.")


@routes.post("/tweede-stap", openapi_extra=access(actions.begin_factor))
def begin_factor(call: Called) -> Response:
    """Give what an app takes over."""
    try:
        actions.begin_factor(call.work, browser_of(call))
    except Problem as problem:
        return _page(call, Notice(problem, "stap"))
    return go(f"{HOME}#tweede-stap")


@routes.post("/tweede-stap/bevestig", openapi_extra=access(actions.confirm_factor))
def confirm_factor(call: Called, form: Sent) -> Response:
    """Ask for a code from now on, and show the codes to recover."""
    try:
        made = actions.confirm_factor(call.work, browser_of(call), read_shape(CodeIn, {"code": form["code"]}))
    except Problem as problem:
        return _page(call, Notice(problem, "stap"))
    return _page(call, Notice(codes=made.codes))


@routes.post("/tweede-stap/herstelcodes", openapi_extra=access(actions.renew_recovery))
def renew_recovery(call: Called, form: Sent) -> Response:
    """Show new codes to recover."""
    try:
        made = actions.renew_recovery(call.work, read_shape(CodeIn, {"code": form["code"]}))
    except Problem as problem:
        return _page(call, Notice(problem, "stap"))
    return _page(call, Notice(codes=made.codes))


@routes.post("/tweede-stap/uit", openapi_extra=access(actions.drop_factor))
def drop_factor(call: Called, form: Sent) -> Response:
    """Ask for no code any more."""
    try:
        actions.drop_factor(call.work, read_shape(CodeIn, {"code": form["code"]}))
    except Problem as problem:
        return _page(call, Notice(problem, "stap"))
    return with_message(go(HOME), "U geeft geen code meer bij het inloggen.")
