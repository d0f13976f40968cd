"""Which policy holds in a cohort, which held before, and what can a policy weigh?"""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from service.access.permissions import access
from service.cohorts.policy import actions
from service.cohorts.policy.shapes import CriteriaOut, RulesIn, RulesOut
from service.web.call import Called
from service.web.paging import Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1", "beleid")
VersionCursor = Annotated[int | None, Query(alias="cursor", ge=1, le=2**31, description="De «next» van de vorige.")]


@routes.get("/cohorts/{cohort}/rules", openapi_extra=access(actions.get_rules))
def get_rules(call: Called, cohort: Key) -> RulesOut:
    """Geef het beleid dat geldt. Versie 0 is dat van in2stem zelf."""
    return call.tagged(actions.get_rules(call.work, cohort), actions.tag_of, cohort)


@routes.get("/cohorts/{cohort}/rules/versions", openapi_extra=access(actions.list_rules))
def list_rules(call: Called, cohort: Key, limit: Limit = 50, cursor: VersionCursor = None) -> Page[RulesOut]:
    """Geef alle versies van het beleid, de nieuwste eerst."""
    return actions.list_rules(call.work, cohort, limit, cursor)


@routes.put("/cohorts/{cohort}/rules", openapi_extra=access(actions.replace_rules))
def replace_rules(call: Called, cohort: Key, body: RulesIn) -> RulesOut:
    """Voeg een nieuwe versie van het beleid toe; If-Match zegt op welke ze voortgaat."""
    return call.tagged(actions.replace_rules(call.work, cohort, body), actions.tag_of, cohort)


@routes.get("/criteria", openapi_extra=access(actions.list_criteria))
def list_criteria(call: Called) -> CriteriaOut:
    """Geef de criteria: naam, titel, gewoon gewicht en de kolommen waarnaar ze kijken."""
    return actions.list_criteria(call.work)
