"""How does a person log in? With the link that the administrator gave, or with address and password."""

from __future__ import annotations

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import MOST_BODY, access
from service.core.errors import Problem
from service.people.login import clear_cookie, log_in_by_link, log_in_by_password, log_out, set_cookie
from service.web.call import Called
from service.web.pages.forms import Form, read_form
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
    return page(request, "aanmelden.html", back=own_path(terug), form=Form(), problem=None, ended=False, again=None)


@routes.post("/aanmelden", openapi_extra=access("anyone", **{MOST_BODY: MOST_CARRIED}))
async def log_in(call: Called) -> Response:
    """Log in, and go on to where the person wanted to be."""
    form = await read_form(call.request)
    back, again = own_path(form["terug"]), carried(form["opnieuw"])
    try:
        secret = await run_in_threadpool(_begin, call, form)
    except Problem as problem:
        shown = {"back": back, "form": form, "problem": problem, "ended": False, "again": again}
        return page(call.request, "aanmelden.html", status=problem.status, **shown)
    on = page(call.request, "opnieuw.html", back=back, again=again) if again else go(back)
    return set_cookie(call, on, secret)


def _begin(call: Called, form: Form) -> str:
    pasted = form["link"].strip()
    if pasted:
        return log_in_by_link(call, pasted.rpartition("#")[2])
    return log_in_by_password(call, form["email"], form["wachtwoord"])


@routes.post("/afmelden", openapi_extra=access("anyone"))
async def end(call: Called) -> Response:
    """Log out in this browser."""
    await run_in_threadpool(log_out, call)
    return with_message(clear_cookie(call, go("/aanmelden")), "U bent afgemeld.")
