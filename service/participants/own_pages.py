"""What does a school or mentor see of their own, at a secret address? No login, and no script needed."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.errors import invalid
from service.network.season.attendance_shapes import Uid
from service.participants import own_actions
from service.participants.own_page import back, own_page
from service.participants.own_route import own_router
from service.rounds.acceptance.shapes import ProposalAnswerIn
from service.rounds.acceptance.words import ANSWERS, CHOOSE
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.forms import Sent, or_again
from service.web.shapes import Key, Shape

routes = own_router()


class Said(Shape):
    """Of which session something is said."""

    session: Uid


@routes.get("", openapi_extra=access(own_actions.own_page))
def show_own_page(call: Called, secret: Key) -> Response:
    """Show all that is somebody's own."""
    return own_page(call, secret)


@routes.post("/antwoord", openapi_extra=access(own_actions.answer_proposal))
def answer(call: Called, secret: Key, form: Sent) -> Response:
    """Say yes or no to a match."""

    def act() -> Response:
        if form["antwoord"] not in ANSWERS:
            raise invalid("/answer", "no_answer", CHOOSE)
        told = {"side": "mentor", "answer": form["antwoord"], "reason": form["reden"]}
        body = read_shape(ProposalAnswerIn, told)  # the side is that of the page, whatever a form says
        work = call.sent(form["eenmaal"])
        made = own_actions.answer_proposal(work, form.key("voorstel"), body.answer, body.reason)
        return back(secret, "match", TOLD[body.answer, made.proposal.state == "accepted"])

    return or_again(act, lambda problem: own_page(call, secret, problem))


@routes.post("/sessie", openapi_extra=access(own_actions.say_attendance))
def say_attendance(call: Called, secret: Key, form: Sent) -> Response:
    """Say whether one comes to a session."""
    comes = form["komt"] == "ja"

    def act() -> Response:
        own_actions.say_attendance(call.work, read_shape(Said, {"session": form["sessie"]}).session, comes=comes)
        told = "Genoteerd: u komt." if comes else "Genoteerd: u komt niet."
        return back(secret, "sessies", told)

    return or_again(act, lambda problem: own_page(call, secret, problem))


@routes.post("/agenda", openapi_extra=access(own_actions.open_own_calendar))
def open_calendar(call: Called, secret: Key) -> Response:
    """Make an address at which one follows one's own sessions."""
    own_actions.open_own_calendar(call.work)
    return back(secret, "sessies")


TOLD = {
    ("accepted", True): "Bedankt. U zei allebei ja: hieronder staat hoe u elkaar bereikt.",
    ("accepted", False): "Bedankt, uw ja is genoteerd. We wachten nog op de andere.",
    ("declined", False): "Uw nee is genoteerd. Uw coördinator ziet dit.",
}
"""What an answer means: which, and whether the match is accepted by both."""
