"""How does a browser keep a login? In a cookie that no script reads and no other site sends along."""

from __future__ import annotations

from datetime import timedelta

from fastapi import Response

from service.access import logins
from service.access.callers import cookie_name
from service.people.browser_names import browser_name
from service.people.session_actions import Browser
from service.web.call import Call

HALF = "-half"
"""What the name of the cookie ends in that a browser keeps while its person is asked for a code."""


def half_of(call: Call) -> str:
    """Give what the browser keeps of who proved the first factor, empty for nothing."""
    return call.request.cookies.get(cookie_name(call.settings.url) + HALF, "")


def browser_of(call: Call) -> Browser:
    """Give whence a request comes, with the login that came along."""
    return Browser(call.address, call.login_secret, browser_name(call.request.headers.get("user-agent", "")))


def set_cookie(
    call: Call, response: Response, value: str, holds: timedelta = logins.LOGIN_HOLDS, suffix: str = ""
) -> None:
    """Give the browser its login, or what it keeps beside that: sent back to us alone, along with no foreign change."""
    response.set_cookie(
        cookie_name(call.settings.url) + suffix,
        value,
        max_age=int(holds.total_seconds()),
        path="/",
        secure=_is_secure(call),
        httponly=True,
        samesite="lax",
    )


def clear_cookie(call: Call, response: Response, suffix: str = "") -> None:
    """Take the login from the browser, or what it kept beside that."""
    name = cookie_name(call.settings.url) + suffix
    response.delete_cookie(name, path="/", secure=_is_secure(call), httponly=True, samesite="lax")


def _is_secure(call: Call) -> bool:
    return call.settings.url.startswith("https://")
