"""How does somebody note a contact, how satisfied they are, and which steps are done?"""

from __future__ import annotations

from typing import Annotated

from fastapi import Response
from pydantic import Field, StringConstraints

from service.access.permissions import access
from service.participants import own_work
from service.participants.own_page import back, own_page
from service.participants.own_route import own_router
from service.trajectory.outcomes.shapes import ContactShape
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.forms import Sent, or_again
from service.web.shapes import Key, Shape
from service.web.values import Deed, MemberKey

routes = own_router()


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
