"""How does somebody change their data on their own page, ask something, or stop?"""

from __future__ import annotations

from typing import Any

from fastapi import Response

from service.access.participants import Side
from service.access.permissions import access
from service.core.errors import not_found
from service.participants import own_wishes
from service.participants.own_page import back, own_page
from service.participants.own_route import own_router
from service.participants.shapes import WishKind
from service.participants.wish_fields import CONTACT, PLANNED, SHAPES
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, or_again
from service.web.shapes import Key, Note, Shape

routes = own_router()

NUMBERS = ("max_minutes", "max_schools", "mentors_wanted")
WAITS = "Gevraagd. Uw coördinator beslist; het antwoord komt op deze bladzijde."


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
        body = read_shape(SHAPES[_side(call)], _told(form, _side(call)))
        note = read_shape(NoteIn, {"note": form["nota"]}).note
        own_wishes.ask_change(call.sent(form["eenmaal"]), body, note)
        return back(secret, "gevraagd", WAITS)

    return or_again(act, lambda problem: own_page(call, secret, problem))


def _told(form: Form, side: Side) -> dict[str, Any]:
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
