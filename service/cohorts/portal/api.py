"""What does the portal show of a cohort, and who agreed to it? The coordinator chooses and notes."""

from __future__ import annotations

from typing import Literal

from service.access.permissions import access
from service.cohorts.portal import actions
from service.cohorts.portal.shapes import ConsentsIn, ConsentsOut, PortalIn, PortalOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/portal", "portaal")


@routes.get("", openapi_extra=access(actions.get_portal))
def get_portal(call: Called, cohort: Key) -> PortalOut:
    """Geef welke gegevens het portaal toont van scholen en mentoren die daarmee instemden."""
    return call.tagged(actions.get_portal(call.work, cohort), actions.tag_of, cohort)


@routes.put("", openapi_extra=access(actions.change_portal))
def replace_portal(call: Called, cohort: Key, body: PortalIn) -> PortalOut:
    """Kies welke gegevens het portaal toont. De naam van een mentor verschijnt pas als die het voorstel aanvaardde."""
    return call.tagged(actions.change_portal(call.work, cohort, body), actions.tag_of, cohort)


@routes.get("/consents", openapi_extra=access(actions.list_consents))
def list_consents(call: Called, cohort: Key) -> ConsentsOut:
    """Geef wie ermee instemde om op het portaal te staan."""
    return actions.list_consents(call.work, cohort)


@routes.post("/consents", openapi_extra=access(actions.add_consents))
def add_consents(call: Called, cohort: Key, body: ConsentsIn) -> ConsentsOut:
    """Noteer dat scholen of mentoren ermee instemmen om op het portaal te staan."""
    return actions.add_consents(call.work, cohort, body)


@routes.delete("/consents/{side}/{member}", status_code=204, openapi_extra=access(actions.remove_consent))
def remove_consent(call: Called, cohort: Key, side: Literal["school", "mentor"], member: MemberKey) -> None:
    """Noteer dat een school of mentor er niet meer mee instemt: het portaal toont de gegevens niet meer."""
    actions.remove_consent(call.work, cohort, side, member)
