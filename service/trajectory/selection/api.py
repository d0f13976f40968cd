"""Which schools are selected, why, and how do the chosen become the cohort's schools?"""

from __future__ import annotations

from service.access.permissions import access
from service.core.addresses import path_to
from service.trajectory.selection import actions
from service.trajectory.selection.shapes import (
    ReplaceIn,
    SelectionIn,
    SelectionOut,
    SelectionPolicyIn,
    SelectionPolicyOut,
)
from service.web.call import Call, Called
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/selection", "selectie")


@routes.get("/policy", openapi_extra=access(actions.get_selection_policy))
def get_selection_policy(call: Called, cohort: Key) -> SelectionPolicyOut:
    """Geef hoe er geselecteerd wordt: plaatsen, grenzen, volgorde van de doelen."""
    return call.tagged(actions.get_selection_policy(call.work, cohort), actions.tag_of_policy, cohort)


@routes.put("/policy", openapi_extra=access(actions.replace_selection_policy))
def replace_selection_policy(call: Called, cohort: Key, body: SelectionPolicyIn) -> SelectionPolicyOut:
    """Stel in hoe er geselecteerd wordt; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.replace_selection_policy(call.work, cohort, body), actions.tag_of_policy, cohort)


@routes.post("", status_code=202, openapi_extra=access(actions.add_selection))
def add_selection(call: Called, cohort: Key, body: SelectionIn) -> SelectionOut:
    """Kies scholen uit de bevestigde aanmeldingen, exact en met redenen. Er wordt nog niets aanvaard."""
    return _tagged(call, cohort, actions.add_selection(call.work, cohort, body))


@routes.get("", openapi_extra=access(actions.list_selections))
def list_selections(call: Called, cohort: Key) -> Page[SelectionOut]:
    """Geef de selecties, de nieuwste eerst."""
    return actions.list_selections(call.work, cohort)


@routes.post("/replace", status_code=202, openapi_extra=access(actions.fill_place))
def fill_place(call: Called, cohort: Key, body: ReplaceIn) -> SelectionOut:
    """Laat een school weggaan en selecteer haar plaats opnieuw; alle andere gekozen scholen blijven."""
    return _tagged(call, cohort, actions.fill_place(call.work, cohort, body))


@routes.get("/{selection}", openapi_extra=access(actions.get_selection))
def get_selection(call: Called, cohort: Key, selection: Key) -> SelectionOut:
    """Geef een selectie met de redenen; `laatste` is ook een naam."""
    return _tagged(call, cohort, actions.get_selection(call.work, cohort, selection))


@routes.post("/{selection}/accept", openapi_extra=access(actions.accept_selection))
def accept_selection(call: Called, cohort: Key, selection: Key) -> SelectionOut:
    """Aanvaard de gekozen scholen: ze staan meteen in de cohorte. De andere komen op de wachtlijst."""
    return _tagged(call, cohort, actions.accept_selection(call.work, cohort, selection))


def _tagged(call: Call, cohort: str, selection: SelectionOut) -> SelectionOut:
    place = path_to("/v1/cohorts/{}/selection/{}", cohort, selection.id)
    call.tell(etag=actions.tag_of(cohort, selection), location=place)
    return selection
