"""How does a school or a mentor apply, and confirm it? The forms that anyone may send."""

from __future__ import annotations

from service.access.permissions import access
from service.trajectory.applications import public_actions as actions
from service.trajectory.applications import rules_actions
from service.trajectory.applications.shapes import ConfirmIn, MentorForm, OpenOut, ReceivedOut, SchoolForm
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/public", "aanmelden")


@routes.get("/cohorts/{cohort}/applications", openapi_extra=access(rules_actions.get_open))
def get_applications_open(call: Called, cohort: Key) -> OpenOut:
    """Zeg of men zich nu kan aanmelden, vanaf en tot wanneer, en binnen hoeveel dagen men bevestigt."""
    return rules_actions.get_open(call.work, cohort)


@routes.post("/cohorts/{cohort}/applications/schools", status_code=202, openapi_extra=access(actions.apply))
def apply_as_school(call: Called, cohort: Key, body: SchoolForm) -> ReceivedOut:
    """Meld een school aan. Het antwoord zegt niets over wie zich aanmeldde."""
    return actions.apply(call.work, cohort, call.address, body)


@routes.post("/cohorts/{cohort}/applications/mentors", status_code=202, openapi_extra=access(actions.apply))
def apply_as_mentor(call: Called, cohort: Key, body: MentorForm) -> ReceivedOut:
    """Meld een mentor aan. Het antwoord zegt niets over wie zich aanmeldde."""
    return actions.apply(call.work, cohort, call.address, body)


@routes.post("/applications/confirm", openapi_extra=access(actions.confirm))
def confirm_application(call: Called, body: ConfirmIn) -> ReceivedOut:
    """Bevestig een aanmelding met het geheim uit de link; dat kan één keer, dertig dagen lang."""
    return actions.confirm(call.work, call.address, body)
