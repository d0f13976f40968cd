"""Who has a page of their own? The links to hand out, to close when one got into wrong hands, and when used last."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.core.addresses import path_to
from service.core.errors import Problem, not_found
from service.participants import actions
from service.participants.shapes import DecisionIn, ParticipantsIn, Side, WishOut
from service.participants.wish_actions import decide_wish, list_wishes
from service.participants.wish_fields import labels
from service.participants.wish_words import state_words, wish_words
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import Form, Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/deelnemers")


@routes.get("", openapi_extra=access(actions.list_participants))
def show_participants(call: Called, cohort: Key) -> Response:
    """Show everybody of the cohort with the address of their page, and what they asked there."""
    return _page(call, cohort)


def _page(call: Call, cohort: str, problem: Problem | None = None) -> Response:
    with call.work.together() as work:
        row, items = get_cohort(work, cohort), actions.list_participants(work, cohort).items
        asked = list_wishes(work, cohort).items
    names = {(one.side, one.subject): one.name for one in items}
    told = [_shown(one, names) for one in asked]
    return page(
        call.request,
        "deelnemers.html",
        cohort=row,
        items=sorted(items, key=lambda one: (actions.SIDES.index(one.side), by_name(one.name))),
        missing=sum(not one.url for one in items),
        asked=[one for one in told if one["wish"].state == "open"],
        decided=[one for one in told if one["wish"].state != "open"],
        problem=problem,
    )


def _shown(one: WishOut, names: Mapping[tuple[Side, str], str]) -> dict[str, Any]:
    """Name who asked, and say what."""
    who = names.get((one.side, one.subject), one.subject)
    return {"wish": one, "who": who, "words": wish_words(one, labels(one.side)), "stands": state_words(one)}


@routes.post("", openapi_extra=access(actions.open_participants))
def open_participants(call: Called, cohort: Key, form: Sent) -> Response:
    """Make an address for everybody who has none."""
    actions.open_participants(call.sent(form["eenmaal"]), cohort, ParticipantsIn(participants=None))
    return with_message(go(path_to("/cohorten/{}/deelnemers", cohort)), "Ieder heeft nu een eigen bladzijde.")


@routes.post("/vraag", openapi_extra=access(decide_wish))
def decide(call: Called, cohort: Key, form: Sent) -> Response:
    """Accept or refuse what was asked."""
    accept = form["besluit"] == "accepted"

    def act() -> Response:
        body = read_shape(DecisionIn, {"accept": accept, "answer": form["antwoord"]})
        made = decide_wish(call.sent(form["eenmaal"]), cohort, form.key("vraag"), body)
        return with_message(
            go(path_to("/cohorten/{}/deelnemers", cohort)), DONE[made.kind, made.side] if accept else NOT
        )

    return or_again(act, lambda problem: _page(call, cohort, problem), HTTPStatus.NOT_FOUND)


NOT = "Geweigerd. Uw antwoord staat op de eigen bladzijde."
DONE = {
    ("change", "school"): "Overgenomen. De volgende ronde rekent ermee.",
    ("change", "mentor"): "Overgenomen. De volgende ronde rekent ermee.",
    ("withdraw", "mentor"): "De mentor is uitgevallen. Wat dat voor het plan betekent, staat op Uitval.",
    ("withdraw", "school"): "Genoteerd. Verwijder de school zelf uit de cohorte, op haar bladzijde.",
    ("other", "school"): "Afgehandeld.",
    ("other", "mentor"): "Afgehandeld.",
}
"""What happened where something was accepted: the kind, and who asked."""


@routes.post("/sluit", openapi_extra=access(actions.close_participant))
def close_participant(call: Called, cohort: Key, form: Sent) -> Response:
    """Close one address."""
    actions.close_participant(call.work, cohort, _side(form), form.key("wie"))
    return with_message(go(path_to("/cohorten/{}/deelnemers", cohort)), "Dit adres geeft niets meer.")


@routes.post("/vernieuw", openapi_extra=access(actions.renew_participant))
def renew_participant(call: Called, cohort: Key, form: Sent) -> Response:
    """Give somebody another address."""
    actions.renew_participant(call.sent(form["eenmaal"]), cohort, _side(form), form.key("wie"))
    text = "Er is een nieuw adres; het vorige geeft niets meer."
    return with_message(go(path_to("/cohorten/{}/deelnemers", cohort)), text)


def _side(form: Form) -> Side:
    side = next((one for one in actions.SIDES if one == form["soort"]), None)
    if side is None:
        raise not_found("Deze school of mentor")
    return side
