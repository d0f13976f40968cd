"""Who am I, and how do I log in and out?"""

from __future__ import annotations

from fastapi import Response

from service.access import logins
from service.access.people import is_email
from service.access.permissions import access
from service.core.errors import invalid
from service.people.login import choose_password, clear_cookie, log_in_by_link, log_in_by_password, log_out, set_cookie
from service.people.shapes import PasswordIn, SessionIn, SessionOut
from service.web.answers import Answer
from service.web.call import Call, Called
from service.web.route import router

routes = router("/v1/session", "aanmelden")


def shape_of(login: logins.LoginRow) -> SessionOut:
    """Write who is logged in."""
    return SessionOut(
        id=login.id,
        name=login.name,
        role=login.role,  # type: ignore[arg-type]
        regions=list(login.regions),
        cohort=None,
        is_key=False,
        email=login.email,
        has_password=login.has_password,
    )


@routes.post("", response_model=SessionOut, status_code=201, openapi_extra=access("anyone"))
def log_in(call: Called, body: SessionIn) -> Response:
    """Meld u aan met een link die één keer werkt, of met e-mailadres en wachtwoord. Het antwoord zet een cookie."""
    if body.link is not None:
        secret = log_in_by_link(call, body.link)
    else:
        if not is_email(body.email or ""):
            raise invalid("/email", "not_an_address", "Dit is geen e-mailadres.")
        secret = log_in_by_password(call, body.email or "", body.password or "")
    return _with_login(call, secret, 201)


@routes.get("", response_model=SessionOut, openapi_extra=access("portal"))
def who_am_i(call: Called) -> Response:
    """Zeg wie u bent: een persoon of een sleutel."""
    if not call.caller.is_key and call.login_secret is not None:
        with call.database.read() as transaction:
            login = logins.login_row(transaction, call.login_secret)
        if login is not None:
            return Answer(200, shape_of(login)).response()
    caller = call.caller
    shape = SessionOut(
        id=caller.id,
        name=caller.name,
        role=caller.role,  # type: ignore[arg-type]
        regions=list(caller.regions),
        cohort=caller.cohort,
        is_key=caller.is_key,
    )
    return Answer(200, shape).response()


@routes.delete("", status_code=204, openapi_extra=access("anyone"))
def end_session(call: Called) -> Response:
    """Meld u af in deze browser."""
    log_out(call)
    return clear_cookie(call, Answer(204).response())


@routes.put("/password", response_model=SessionOut, openapi_extra=access("viewer"))
def put_password(call: Called, body: PasswordIn) -> Response:
    """Kies een wachtwoord. Overal elders wordt u afgemeld, en in deze browser krijgt u een nieuwe cookie."""
    return _with_login(call, choose_password(call, body.password, body.old), 200)


def _with_login(call: Call, secret: str, status: int) -> Response:
    with call.database.read() as transaction:
        login = logins.login_row(transaction, secret)
    assert login is not None  # noqa: S101 - begun a moment ago
    return set_cookie(call, Answer(status, shape_of(login)).response(), secret)
