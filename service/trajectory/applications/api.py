"""Who applies, and what becomes of it? The coordinator's queue, the forms anyone may send, and what the portal sent."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from service.access.permissions import access
from service.trajectory.applications import actions, own_actions, public_actions, rules_actions
from service.trajectory.applications import bulk_actions as bulk
from service.trajectory.applications.shapes import (
    ApplicationOut,
    ApplicationRulesIn,
    ApplicationRulesOut,
    BulkIn,
    BulkOut,
    ConfirmIn,
    MentorForm,
    MoveIn,
    OpenOut,
    OwnApplicationOut,
    PointsIn,
    ReceivedOut,
    RemovedOut,
    SchoolForm,
)
from service.trajectory.applications.words import Kind, State
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/applications", "aanmeldingen")
rules = router("/v1/cohorts/{cohort}/application-rules", "aanmeldingen")
own = router("/v1/portal/cohorts/{cohort}/applications", "portaal")
public = router("/v1/public", "aanmelden")


@routes.get("", openapi_extra=access(actions.list_applications))
def list_applications(  # noqa: PLR0913, PLR0917 - what to look for
    call: Called,
    cohort: Key,
    kind: Annotated[Kind | None, Query(description="Scholen of mentoren.")] = None,
    state: Annotated[State | None, Query(description="Alleen in deze toestand.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ApplicationOut]:
    """Geef de aanmeldingen, de oudste eerst."""
    return actions.list_applications(call.work, cohort, kind, state, limit, cursor)


@routes.post("/move", openapi_extra=access(bulk.move_applications))
def move_applications(call: Called, cohort: Key, body: BulkIn) -> BulkOut:
    """Zet met verschillende aanmeldingen dezelfde stap. Wie die stap niet kan zetten, blijft staan en wordt genoemd."""
    return bulk.move_applications(call.work, cohort, body)


@routes.post("/remove-unconfirmed", openapi_extra=access(bulk.remove_unconfirmed))
def remove_unconfirmed(call: Called, cohort: Key) -> RemovedOut:
    """Verwijder alle aanmeldingen die nog niet bevestigd zijn."""
    return bulk.remove_unconfirmed(call.work, cohort)


@routes.get("/{application}", openapi_extra=access(actions.get_application))
def get_application(call: Called, cohort: Key, application: Key) -> ApplicationOut:
    """Geef een aanmelding."""
    return call.tagged(actions.get_application(call.work, cohort, application), actions.tag_of)


@routes.post("/{application}/move", openapi_extra=access(actions.move_application))
def move_application(call: Called, cohort: Key, application: Key, body: MoveIn) -> ApplicationOut:
    """Aanvaard, zet op de wachtlijst of weiger (met reden). Wie aanvaard is, staat meteen in de cohorte."""
    return call.tagged(actions.move_application(call.work, cohort, application, body), actions.tag_of)


@routes.put("/{application}/points", openapi_extra=access(actions.give_points))
def give_points(call: Called, cohort: Key, application: Key, body: PointsIn) -> ApplicationOut:
    """Geef een aanmelding voorrangspunten voor de selectie, met de reden."""
    return call.tagged(actions.give_points(call.work, cohort, application, body), actions.tag_of)


@rules.get("", openapi_extra=access(rules_actions.get_application_rules))
def get_application_rules(call: Called, cohort: Key) -> ApplicationRulesOut:
    """Geef wanneer men zich kan aanmelden, hoeveel per uur, en binnen hoeveel dagen men bevestigt."""
    return call.tagged(rules_actions.get_application_rules(call.work, cohort), rules_actions.tag_of, cohort)


@rules.put("", openapi_extra=access(rules_actions.change_application_rules))
def replace_application_rules(call: Called, cohort: Key, body: ApplicationRulesIn) -> ApplicationRulesOut:
    """Kies wanneer men zich kan aanmelden, hoeveel per uur, en binnen hoeveel dagen men bevestigt."""
    return call.tagged(rules_actions.change_application_rules(call.work, cohort, body), rules_actions.tag_of, cohort)


@own.get("", openapi_extra=access(own_actions.list_own_applications))
def list_own_applications(
    call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None
) -> Page[OwnApplicationOut]:
    """Geef de aanmeldingen die deze sleutel zelf stuurde, de oudste eerst, met hun stand en bevestigingslink."""
    return own_actions.list_own_applications(call.work, cohort, limit, cursor)


@own.get("/{application}", openapi_extra=access(own_actions.get_own_application))
def get_own_application(call: Called, cohort: Key, application: Key) -> OwnApplicationOut:
    """Geef één aanmelding die deze sleutel zelf stuurde, met haar stand en bevestigingslink."""
    return own_actions.get_own_application(call.work, cohort, application)


@public.get("/cohorts/{cohort}/applications", openapi_extra=access(rules_actions.get_open))
def get_applications_open(call: Called, cohort: Key) -> OpenOut:
    """Zeg of men zich nu kan aanmelden, vanaf en tot wanneer, en binnen hoeveel dagen men bevestigt."""
    return rules_actions.get_open(call.work, cohort)


@public.post("/cohorts/{cohort}/applications/schools", status_code=202, openapi_extra=access(public_actions.apply))
def apply_as_school(call: Called, cohort: Key, body: SchoolForm) -> ReceivedOut:
    """Meld een school aan. Het antwoord zegt niets over wie zich aanmeldde."""
    return public_actions.apply(call.work, cohort, call.address, body)


@public.post("/cohorts/{cohort}/applications/mentors", status_code=202, openapi_extra=access(public_actions.apply))
def apply_as_mentor(call: Called, cohort: Key, body: MentorForm) -> ReceivedOut:
    """Meld een mentor aan. Het antwoord zegt niets over wie zich aanmeldde."""
    return public_actions.apply(call.work, cohort, call.address, body)


@public.post("/applications/confirm", openapi_extra=access(public_actions.confirm))
def confirm_application(call: Called, body: ConfirmIn) -> ReceivedOut:
    """Bevestig een aanmelding met het geheim uit de link; dat kan één keer, dertig dagen lang."""
    return public_actions.confirm(call.work, call.address, body)
