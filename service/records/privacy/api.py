"""What do we keep about a person, and how does that person get it, or have it erased?"""

from __future__ import annotations

from service.access.permissions import access
from service.core.addresses import saved_as
from service.records.privacy import actions
from service.records.privacy.shapes import AboutOut, ErasedOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}", "privacy")

SAVED = saved_as("gegevens.json")


@routes.get("/mentors/{mentor}/export", openapi_extra=access(actions.export_person))
def export_mentor(call: Called, cohort: Key, mentor: MemberKey) -> AboutOut:
    """Geef alles wat over een mentor bewaard is, om aan die persoon te bezorgen."""
    call.tell(content_disposition=SAVED)
    return actions.export_person(call.work, cohort, "mentor", mentor)


@routes.get("/schools/{school}/export", openapi_extra=access(actions.export_person))
def export_school(call: Called, cohort: Key, school: MemberKey) -> AboutOut:
    """Geef alles wat over de contactpersoon van een school bewaard is, om aan die persoon te bezorgen."""
    call.tell(content_disposition=SAVED)
    return actions.export_person(call.work, cohort, "school", school)


@routes.post("/mentors/{mentor}/erase", openapi_extra=access(actions.erase_person))
def erase_mentor(call: Called, cohort: Key, mentor: MemberKey) -> ErasedOut:
    """Wis naam en e-mailadres van een mentor, overal. De koppels blijven, met alleen het nummer."""
    return actions.erase_person(call.work, cohort, "mentor", mentor)


@routes.post("/schools/{school}/erase", openapi_extra=access(actions.erase_person))
def erase_school(call: Called, cohort: Key, school: MemberKey) -> ErasedOut:
    """Wis contactpersoon en e-mailadres van een school, overal. De school en haar koppels blijven."""
    return actions.erase_person(call.work, cohort, "school", school)
