"""How does who applied confirm it? With the link that was mailed; a robot that only opens links confirms nothing."""

from __future__ import annotations

import re
from http import HTTPStatus

from fastapi import Request, Response

from service.access.permissions import access
from service.core.errors import Problem
from service.trajectory.applications.public_actions import confirm as confirm_application
from service.trajectory.applications.shapes import ConfirmIn
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.forms import Sent
from service.web.pages.page import page
from service.web.pages.page_route import pages

routes = pages("/aanmelden/bevestigen")

SECRET = re.compile(r"[\w.-]{1,200}", re.ASCII)
UNSEEN = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
"""The address holds the secret: it is told to no other site, and found by no search engine."""


@routes.get("", openapi_extra=access(confirm_application))
def show_confirmation(request: Request, geheim: str = "") -> Response:
    """Ask whether the application is really meant; earlier links bear the secret behind the #, or in the query."""
    return page(request, "bevestigen.html", secret=geheim, done="")


@routes.get("/{confirm}", openapi_extra=access(confirm_application))
def show_linked(request: Request, confirm: str) -> Response:
    """Ask the same of who opens the link, without a script: the button sends the secret, and logs hold no paths."""
    answer = page(request, "bevestigen.html", secret=confirm if SECRET.fullmatch(confirm) else "", done="")
    answer.headers.update(UNSEEN)
    return answer


@routes.post("", openapi_extra=access(confirm_application))
def confirm(call: Called, form: Sent) -> Response:
    """Confirm the application."""
    try:
        body = read_shape(ConfirmIn, {"secret": _secret_in(form["geheim"])})
        made = confirm_application(call.work, call.address, body)
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return page(call.request, "bevestigen.html", secret="", done="", problem=problem)
    return page(call.request, "bevestigen.html", secret="", done=made.detail)


def _secret_in(pasted: str) -> str:
    """Give the secret of a link that was pasted whole, of now or of before, or of what the link held."""
    return re.split(r"[#/]|geheim=", pasted.strip())[-1]
