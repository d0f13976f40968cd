"""Which cohorts are there, and how is one begun, changed or removed?"""

from __future__ import annotations

from service.access.permissions import access
from service.cohorts.cohort import actions
from service.cohorts.cohort.shapes import CohortChange, CohortIn, CohortOut, ColleagueOut
from service.core.addresses import path_to
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts", "cohorten")


@routes.get("", openapi_extra=access(actions.list_cohorts))
def list_cohorts(call: Called, limit: Limit = 50, cursor: Cursor = None) -> Page[CohortOut]:
    """Geef de cohorten, de nieuwste eerst."""
    return actions.list_cohorts(call.work, limit, cursor)


@routes.post("", status_code=201, openapi_extra=access(actions.add_cohort))
def add_cohort(call: Called, body: CohortIn) -> CohortOut:
    """Begin een cohorte."""
    made = actions.add_cohort(call.work, body)
    call.tell(etag=actions.tag_of(made), location=path_to("/v1/cohorts/{}", made.id))
    return made


@routes.get("/{cohort}", openapi_extra=access(actions.get_cohort))
def get_cohort(call: Called, cohort: Key) -> CohortOut:
    """Geef een cohorte."""
    return call.tagged(actions.get_cohort(call.work, cohort), actions.tag_of)


@routes.get("/{cohort}/team", openapi_extra=access(actions.list_team))
def list_team(call: Called, cohort: Key) -> Page[ColleagueOut]:
    """Geef wie aan deze cohorte werkt, met de naam die bij een id van het spoor hoort."""
    return actions.list_team(call.work, cohort)


@routes.patch("/{cohort}", openapi_extra=access(actions.change_cohort))
def change_cohort(call: Called, cohort: Key, body: CohortChange) -> CohortOut:
    """Wijzig een cohorte; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.change_cohort(call.work, cohort, body), actions.tag_of)


@routes.delete("/{cohort}", status_code=204, openapi_extra=access(actions.remove_cohort))
def remove_cohort(call: Called, cohort: Key) -> None:
    """Verwijder een cohorte met alles wat erbij hoort. Dit kan niet ongedaan gemaakt worden."""
    actions.remove_cohort(call.work, cohort)
