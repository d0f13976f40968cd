"""How far are the applications that the portal sent? For a key with the scope `applications`."""

from __future__ import annotations

from service.access.permissions import access
from service.trajectory.applications import own_actions as actions
from service.trajectory.applications.shapes import OwnApplicationOut
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/portal/cohorts/{cohort}/applications", "portaal")


@routes.get("", openapi_extra=access(actions.list_own_applications))
def list_own_applications(
    call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None
) -> Page[OwnApplicationOut]:
    """Geef de aanmeldingen die deze sleutel zelf stuurde, de oudste eerst, met hun stand en bevestigingslink."""
    return actions.list_own_applications(call.work, cohort, limit, cursor)


@routes.get("/{application}", openapi_extra=access(actions.get_own_application))
def get_own_application(call: Called, cohort: Key, application: Key) -> OwnApplicationOut:
    """Geef één aanmelding die deze sleutel zelf stuurde, met haar stand en bevestigingslink."""
    return actions.get_own_application(call.work, cohort, application)
