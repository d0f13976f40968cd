"""What does a school or mentor see and do of their own, at a secret address? No login, and no script needed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Response
from pydantic import Field, StringConstraints

from service.access.participants import Side
from service.access.permissions import access
from service.core.errors import invalid, not_found
from service.network.season.attendance_shapes import Uid
from service.participants import own_actions, own_wishes, own_work
from service.participants.own_page import back, own_page
from service.participants.own_route import own_router
from service.participants.shapes import WishKind
from service.participants.wish_fields import CONTACT, PLANNED, SHAPES
from service.rounds.acceptance.shapes import ProposalAnswerIn
from service.rounds.acceptance.words import ANSWERS, CHOOSE
from service.trajectory.outcomes.shapes import ContactShape
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, or_again
from service.web.shapes import Key, Note, Shape
from service.web.values import Deed, MemberKey

routes = own_router()

NUMBERS = ("max_minutes", "max_schools", "mentors_wanted")
WAITS = "Gevraagd. Uw coördinator beslist; het antwoord komt op deze bladzijde."

TOLD = {
    ("accepted", True): "Bedankt. U zei allebei ja: hieronder staat hoe u elkaar bereikt.",
    ("accepted", False): "Bedankt, uw ja is genoteerd. We wachten nog op de andere.",
    ("declined", False): "Uw nee is genoteerd. Uw coördinator ziet dit.",
}
"""What an answer means: which, and whether the match is accepted by both."""


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


class NoteIn(Shape):
    """What somebody adds in words."""

    note: Note


def _side(call: Call) -> Side:
    return "school" if call.caller.side == "school" else "mentor"


@routes.post("/contact", openapi_extra=access(own_wishes.change_contact))
def change_contact(call: Called, secret: Key, form: Sent) -> Response:
    """Change how one is reached."""

    def act() -> Response:
        told = {name: form[name] for name in CONTACT[_side(call)] if name in form}
        own_wishes.change_contact(call.work, read_shape(SHAPES[_side(call)], told))
        return back(secret, "gegevens", "Bewaard.")

    return or_again(act, lambda problem: own_page(call, secret, problem))


@routes.post("/wijziging", openapi_extra=access(own_wishes.ask_change))
def ask_change(call: Called, secret: Key, form: Sent) -> Response:
    """Ask that availability or limits change."""

    def act() -> Response:
        body = read_shape(SHAPES[_side(call)], _planned(form, _side(call)))
        note = read_shape(NoteIn, {"note": form["nota"]}).note
        own_wishes.ask_change(call.sent(form["eenmaal"]), body, note)
        return back(secret, "gevraagd", WAITS)

    return or_again(act, lambda problem: own_page(call, secret, problem))


def _planned(form: Form, side: Side) -> dict[str, Any]:
    told: dict[str, Any] = {"half_days": form.all("half_days")}
    return told | {name: form.whole(name) for name in PLANNED[side] if name in NUMBERS and name in form}


@routes.post("/vraag", openapi_extra=access(own_wishes.ask_other))
def ask_other(call: Called, secret: Key, form: Sent) -> Response:
    """Ask something in words, or to stop."""
    kind: WishKind = "withdraw" if form["soort"] == "withdraw" else "other"

    def act() -> Response:
        note = read_shape(NoteIn, {"note": form["nota"]}).note
        own_wishes.ask_other(call.sent(form["eenmaal"]), kind, note)
        return back(secret, "gevraagd", WAITS)

    return or_again(act, lambda problem: own_page(call, secret, problem))


@routes.post("/trek-in", openapi_extra=access(own_wishes.take_back))
def take_back(call: Called, secret: Key, form: Sent) -> Response:
    """Take back what one asked."""
    if not form["vraag"]:
        raise not_found("Deze vraag")
    own_wishes.take_back(call.work, form.key("vraag"))
    return back(secret, "gevraagd", "Ingetrokken.")


class RatedIn(Shape):
    """How satisfied somebody is."""

    satisfaction: int = Field(ge=1, le=5)


class StepIn(Shape):
    """Which step of which school's plan."""

    school: MemberKey
    place: Annotated[str, StringConstraints(pattern=r"^\S(?:.{0,80}\S)? \d{1,3}$")]
    text: Deed


@routes.post("/contact-met", openapi_extra=access(own_work.note_contact))
def note_contact(call: Called, secret: Key, form: Sent) -> Response:
    """Note a contact."""

    def act() -> Response:
        told = {"day": form["dag"], "kind": form["soort"], "minutes": form.whole("minuten")}
        own_work.note_contact(call.sent(form["eenmaal"]), form.key("match"), read_shape(ContactShape, told))
        return back(secret, "begeleiding", "Het contact is genoteerd.")

    return or_again(act, lambda problem: own_page(call, secret, problem))


@routes.post("/tevreden", openapi_extra=access(own_work.rate_match))
def rate_match(call: Called, secret: Key, form: Sent) -> Response:
    """Say how satisfied one is."""

    def act() -> Response:
        told = read_shape(RatedIn, {"satisfaction": form.whole("tevreden")})
        own_work.rate_match(call.work, form.key("match"), told.satisfaction)
        return back(secret, "begeleiding", "Bedankt, dat is genoteerd.")

    return or_again(act, lambda problem: own_page(call, secret, problem))


@routes.post("/stap", openapi_extra=access(own_work.tick_step))
def tick_step(call: Called, secret: Key, form: Sent) -> Response:
    """Say that a step is done, or not."""
    done = form["klaar"] == "ja"

    def act() -> Response:
        told = read_shape(StepIn, {"school": form["school"], "place": form["plaats"], "text": form["tekst"]})
        own_work.tick_step(call.work, told.school, told.place, told.text, done=done)
        return back(secret, "actieplan", "Afgevinkt." if done else "Weer open.")

    return or_again(act, lambda problem: own_page(call, secret, problem))
