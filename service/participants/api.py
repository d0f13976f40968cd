"""Who has a page of their own, and at which secret address?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.participants import actions, wish_actions
from service.participants.shapes import DecisionIn, ParticipantsIn, ParticipantsOut, Side, WishesOut, WishOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key
from service.web.values import MemberKey

wishes = router("/v1/cohorts/{cohort}/wishes", "deelnemers")
routes = router("/v1/cohorts/{cohort}/participants", "deelnemers")


@routes.get("", openapi_extra=access(actions.list_participants))
def list_participants(call: Called, cohort: Key) -> ParticipantsOut:
    """Geef alle scholen en mentoren, met het geheime adres van hun eigen bladzijde."""
    return actions.list_participants(call.work, cohort)


@routes.post("", openapi_extra=access(actions.open_participants))
def open_participants(call: Called, cohort: Key, body: ParticipantsIn) -> ParticipantsOut:
    """Maak adressen voor wie er nog geen heeft. Een adres dat er al is, blijft."""
    return actions.open_participants(call.work, cohort, body)


@routes.post(
    "/{side}/{subject}/renew", status_code=204, response_class=Response, openapi_extra=access(actions.renew_participant)
)
def renew_participant(call: Called, cohort: Key, side: Side, subject: MemberKey) -> None:
    """Geef iemand een ander adres; het vorige geeft niets meer."""
    actions.renew_participant(call.work, cohort, side, subject)


@routes.delete(
    "/{side}/{subject}", status_code=204, response_class=Response, openapi_extra=access(actions.close_participant)
)
def close_participant(call: Called, cohort: Key, side: Side, subject: MemberKey) -> None:
    """Sluit iemands adres; wie het kent, krijgt niets meer."""
    actions.close_participant(call.work, cohort, side, subject)


@wishes.get("", openapi_extra=access(wish_actions.list_wishes))
def list_wishes(call: Called, cohort: Key) -> WishesOut:
    """Geef wat scholen en mentoren op hun eigen bladzijde vroegen, het nieuwste eerst."""
    return wish_actions.list_wishes(call.work, cohort)


@wishes.post("/{wish}/decision", openapi_extra=access(wish_actions.decide_wish))
def decide_wish(call: Called, cohort: Key, wish: Key, body: DecisionIn) -> WishOut:
    """Neem over wat gevraagd werd, of weiger het. Wat u overneemt, gebeurt meteen."""
    return wish_actions.decide_wish(call.work, cohort, wish, body)
