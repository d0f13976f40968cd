"""Which schools does a cohort have, and how is one added, changed or removed?"""

from __future__ import annotations

from service.access.permissions import access
from service.cohorts.members import actions
from service.cohorts.members.kinds import SCHOOL
from service.cohorts.members.shapes import SchoolChange, SchoolIn, SchoolOut, SchoolWhole
from service.core.addresses import path_to
from service.web.call import Called
from service.web.paging import Limit, MemberCursor
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/schools", "scholen")


@routes.get("", openapi_extra=access(actions.list_members))
def list_schools(call: Called, cohort: Key, limit: Limit = 50, cursor: MemberCursor = None) -> Page[SchoolOut]:
    """Geef de scholen, op nummer. Namen van mensen en adressen ziet alleen een coördinator."""
    return actions.list_members(call.work, cohort, SCHOOL, limit, cursor)


@routes.post("", status_code=201, openapi_extra=access(actions.add_member))
def add_school(call: Called, cohort: Key, body: SchoolIn) -> SchoolOut:
    """Voeg een school toe."""
    call.tell(location=path_to("/v1/cohorts/{}/schools/{}", cohort, body.id))
    return call.tagged(actions.add_member(call.work, cohort, SCHOOL, body), actions.tag_of, cohort, SCHOOL)


@routes.get("/{school}", openapi_extra=access(actions.get_member))
def get_school(call: Called, cohort: Key, school: MemberKey) -> SchoolOut:
    """Geef een school."""
    return call.tagged(actions.get_member(call.work, cohort, SCHOOL, school), actions.tag_of, cohort, SCHOOL)


@routes.put("/{school}", openapi_extra=access(actions.change_member))
def replace_school(call: Called, cohort: Key, school: MemberKey, body: SchoolWhole) -> SchoolOut:
    """Vervang een school helemaal; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.change_member(call.work, cohort, SCHOOL, school, body), actions.tag_of, cohort, SCHOOL)


@routes.patch("/{school}", openapi_extra=access(actions.change_member))
def change_school(call: Called, cohort: Key, school: MemberKey, body: SchoolChange) -> SchoolOut:
    """Wijzig een school; wat u weglaat, blijft. Een nieuwe postcode brengt haar eigen ligging mee."""
    return call.tagged(actions.change_member(call.work, cohort, SCHOOL, school, body), actions.tag_of, cohort, SCHOOL)


@routes.delete("/{school}", status_code=204, openapi_extra=access(actions.remove_member))
def remove_school(call: Called, cohort: Key, school: MemberKey) -> None:
    """Verwijder een school, met de afspraken die haar noemen."""
    actions.remove_member(call.work, cohort, SCHOOL, school)
