"""What do we keep about a person, and how does that person get it, or have it erased?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Response

from service.access.permissions import access
from service.records.privacy.actions import _erase, _export
from service.records.privacy.shapes import AboutOut, ErasedOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key
from service.web.values import MemberKey

if TYPE_CHECKING:
    pass

routes = router("/v1/cohorts/{cohort}", "privacy")


@routes.get("/mentors/{mentor}/export", response_model=AboutOut, openapi_extra=access("coordinator"))
def export_mentor(call: Called, cohort: Key, mentor: MemberKey) -> Response:
    """Geef alles wat over een mentor bewaard is, om aan die persoon te bezorgen."""
    return _export(call, cohort, "mentor", mentor)


@routes.get("/schools/{school}/export", response_model=AboutOut, openapi_extra=access("coordinator"))
def export_school(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Geef alles wat over de contactpersoon van een school bewaard is, om aan die persoon te bezorgen."""
    return _export(call, cohort, "school", school)


@routes.post("/mentors/{mentor}/erase", response_model=ErasedOut, openapi_extra=access("coordinator"))
def erase_mentor(call: Called, cohort: Key, mentor: MemberKey) -> Response:
    """Wis naam en e-mailadres van een mentor, overal. De koppels blijven, met alleen het nummer."""
    return _erase(call, cohort, "mentor", mentor)


@routes.post("/schools/{school}/erase", response_model=ErasedOut, openapi_extra=access("coordinator"))
def erase_school(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Wis contactpersoon en e-mailadres van een school, overal. De school en haar koppels blijven."""
    return _erase(call, cohort, "school", school)
