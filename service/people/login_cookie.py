"""How does a person log in and out? By a link that works once, or by address and password; then a cookie."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from service.access import audit_trail, logins, people
from service.access.callers import cookie_name
from service.access.passwords import check_strength, encode, is_dated, is_password
from service.core.errors import Problem, invalid
from service.database.ids import now

if TYPE_CHECKING:
    from datetime import timedelta

    from fastapi import Response

    from service.access.people import PersonRow
    from service.database.engine import Transaction
    from service.web.call import Call

FRESH = logins.LINK_HOLDS
"""How long after logging in a password may be chosen without the old one."""


def log_in_by_link(call: Call, secret: str) -> str:
    """Log in the person whose link this is; give the cookie's value. Raises Problem 401, and 429 for too many tries."""
    call.count_login(call.address)
    with call.database.write() as transaction:
        who = logins.use_link(transaction, secret)
        if who is not None:
            return begin(call, transaction, who, "link")
        audit_trail.note(transaction, "nobody", "login.failed", "link", None, {}, call.request_id)
    raise _refused("link_ended", "Deze link is al gebruikt of te oud. Vraag een beheerder om een nieuwe.")


def log_in_by_password(call: Call, email: str, password: str) -> str:
    """Log in by address and password; give the cookie's value.

    Whoever is unknown, is blocked or has no password gets the answer of a wrong password, after as long.
    Raises Problem 401, and 429 for too many tries from one place or for one address.
    """
    call.count_login(call.address)
    call.count_login(email.strip().lower())
    with call.database.read() as transaction:
        person = people.by_email(transaction, email) if people.is_email(email) else None
    right = is_password(person.password if person is not None else "", password)
    with call.database.write() as transaction:
        if person is not None and right and not person.blocked:
            if is_dated(person.password):
                people.set_password(transaction, person.id, encode(password))
            return begin(call, transaction, person.id, "password")
        target = person.id if person is not None else "unknown"
        audit_trail.note(transaction, "nobody", "login.failed", target, None, {}, call.request_id)
    raise _refused("login_failed", "Dit e-mailadres en wachtwoord horen niet bij elkaar.")


def begin(call: Call, transaction: Transaction, who: str, way: str) -> str:
    """Log a person in, instead of whoever was logged in with this browser; give the cookie's value."""
    secret = logins.begin_login(transaction, who, old=call.login_secret)
    audit_trail.note(transaction, who, "login.begun", who, None, {"way": way}, call.request_id)
    return secret


def log_out(call: Call) -> None:
    """End the login that came along, if any."""
    secret = call.login_secret
    if secret is not None:
        with call.database.write() as transaction:
            logins.end_login(transaction, secret)
            if call.caller.id:  # a cookie of nobody's ends nothing
                call.audit(transaction, "login.ended", call.caller.id)


def choose_password(call: Call, password: str, old: str | None) -> str:
    """Keep a person's new password and log them out everywhere else; give the new cookie's value.

    Raises Problem 422 for a bad password, and 403 where the old one is needed (not just logged in) and is not right.
    """
    secret = call.login_secret or ""
    with call.database.read() as transaction:
        person, row = people.find(transaction, call.caller.id), logins.login_row(transaction, secret)
    if person is None or row is None:
        raise Problem(HTTPStatus.FORBIDDEN, "forbidden", "Een sleutel heeft geen wachtwoord.")
    check_strength(password, person.email, person.name)
    if now() > row.created_at + FRESH:
        _check_old(call, person, old)
    encoded = encode(password)
    with call.database.write() as transaction:
        people.set_password(transaction, person.id, encoded)
        logins.end_logins(transaction, person.id)
        call.audit(transaction, "password.chosen", person.id)
        return logins.begin_login(transaction, person.id)


def _check_old(call: Call, person: PersonRow, old: str | None) -> None:
    call.count_login(person.email)
    if old is None:
        raise invalid("/old", "missing", "Geef ook uw huidige wachtwoord, of meld u opnieuw aan met een link.")
    if not is_password(person.password, old):
        raise Problem(HTTPStatus.FORBIDDEN, "wrong_password", "Uw huidige wachtwoord klopt niet.")


def set_cookie(call: Call, response: Response, secret: str, holds: timedelta = logins.LOGIN_HOLDS) -> Response:
    """Give the browser its login: no script reads it, no other site sends it along with a change."""
    response.set_cookie(
        cookie_name(call.settings.url),
        secret,
        max_age=int(holds.total_seconds()),
        path="/",
        secure=call.settings.url.startswith("https://"),
        httponly=True,
        samesite="lax",
    )
    return response


def clear_cookie(call: Call, response: Response) -> Response:
    """Take the login from the browser."""
    secure = call.settings.url.startswith("https://")
    response.delete_cookie(cookie_name(call.settings.url), path="/", secure=secure, httponly=True, samesite="lax")
    return response


def _refused(code: str, detail: str) -> Problem:
    return Problem(HTTPStatus.UNAUTHORIZED, code, detail, headers={"WWW-Authenticate": "Bearer"})
