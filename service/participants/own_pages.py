"""What does a school or mentor see of their own, at a secret address? No login, and no script needed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError

from service.access.participants import no_page
from service.access.permissions import access
from service.core.errors import Problem
from service.network.season.attendance_shapes import Uid
from service.participants import own_actions
from service.rounds.acceptance.shapes import ProposalAnswerIn
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent
from service.web.pages.page import page, with_message
from service.web.pages.page_route import PageRoute, go
from service.web.route import Route
from service.web.shapes import Key, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
"""The address is the key: it is told to no other site, found by no search engine, kept by no cache."""

SHOWN_AGAIN = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.PRECONDITION_FAILED)
"""After these the page comes back with what was typed."""


class OwnRoute(PageRoute):
    """A route behind a secret: whatever goes wrong is one and the same sober page, without a way into the console."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[None, None, Response]]:
        """Wrap the route's own work."""
        handle = Route.get_route_handler(self)

        async def shown(request: Request) -> Response:
            try:
                answer = await handle(request)
            except Problem as one:
                answer = _gone(request, one)
            except RequestValidationError:
                answer = _gone(request, no_page())
            answer.headers.update(HEADERS)
            return answer

        return shown


def _gone(request: Request, problem: Problem) -> Response:
    answer = page(request, "mijn_weg.html", problem=problem)
    answer.headers.update(problem.headers)
    return answer


class Said(Shape):
    """Of which session something is said."""

    session: Uid


routes = APIRouter(prefix="/mijn/{secret}", route_class=OwnRoute, include_in_schema=False)


@routes.get("", openapi_extra=access(own_actions.own_page))
def show_own_page(call: Called, secret: Key) -> Response:
    """Show all that is somebody's own."""
    return _page(call, secret)


def _page(call: Call, secret: str, form: Form | None = None, problem: Problem | None = None) -> Response:
    found = own_actions.own_page(call.work)
    return page(
        call.request, "mijn.html", here=f"/mijn/{secret}", own=found, me=found.me, form=form or Form(), problem=problem
    )


@routes.post("/antwoord", openapi_extra=access(own_actions.answer_proposal))
def answer(call: Called, secret: Key, form: Sent) -> Response:
    """Say yes or no to a match."""
    try:
        told = {"side": "mentor", "answer": form["antwoord"], "reason": form["reden"]}
        body = read_shape(ProposalAnswerIn, told)  # the side is that of the page, whatever a form says
        work = call.sent(form["eenmaal"])
        made = own_actions.answer_proposal(work, form.key("voorstel"), body.answer, body.reason)
    except Problem as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return _page(call, secret, form, problem)
    return with_message(go(f"/mijn/{secret}#match"), TOLD[body.answer, made.proposal.state == "accepted"])


@routes.post("/sessie", openapi_extra=access(own_actions.say_attendance))
def say_attendance(call: Called, secret: Key, form: Sent) -> Response:
    """Say whether one comes to a session."""
    comes = form["komt"] == "ja"
    try:
        own_actions.say_attendance(call.work, read_shape(Said, {"session": form["sessie"]}).session, comes=comes)
    except Problem as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return _page(call, secret, form, problem)
    told = "Genoteerd: u komt." if comes else "Genoteerd: u komt niet."
    return with_message(go(f"/mijn/{secret}#sessies"), told)


@routes.post("/agenda", openapi_extra=access(own_actions.open_own_calendar))
def open_calendar(call: Called, secret: Key) -> Response:
    """Make an address at which one follows one's own sessions."""
    own_actions.open_own_calendar(call.work)
    return go(f"/mijn/{secret}#sessies")


TOLD = {
    ("accepted", True): "Bedankt. U zei allebei ja: hieronder staat hoe u elkaar bereikt.",
    ("accepted", False): "Bedankt, uw ja is genoteerd. We wachten nog op de andere.",
    ("declined", False): "Uw nee is genoteerd. Uw coördinator zoekt verder.",
}
"""What an answer means: which, and whether the match is accepted by both."""
