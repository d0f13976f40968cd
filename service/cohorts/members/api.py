"""Which schools and mentors does a cohort have, and how is one added, changed or removed?"""

from __future__ import annotations

from service.access.permissions import access
from service.cohorts.members import actions
from service.cohorts.members.kinds import MENTOR, SCHOOL
from service.cohorts.members.shapes import (
    MentorChange,
    MentorIn,
    MentorOut,
    MentorWhole,
    SchoolChange,
    SchoolIn,
    SchoolOut,
    SchoolWhole,
)
from service.core.addresses import path_to
from service.web.call import Called
from service.web.paging import Limit, MemberCursor
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.values import MemberKey

mentors = router("/v1/cohorts/{cohort}/mentors", "mentoren")
schools = router("/v1/cohorts/{cohort}/schools", "scholen")


@mentors.get("", openapi_extra=access(actions.list_members))
def list_mentors(call: Called, cohort: Key, limit: Limit = 50, cursor: MemberCursor = None) -> Page[MentorOut]:
    """Geef de mentoren, op nummer. Namen van mensen en adressen ziet alleen een coördinator."""
    return actions.list_members(call.work, cohort, MENTOR, limit, cursor)


@mentors.post("", status_code=201, openapi_extra=access(actions.add_member))
def add_mentor(call: Called, cohort: Key, body: MentorIn) -> MentorOut:
    """Voeg een mentor toe."""
    call.tell(location=path_to("/v1/cohorts/{}/mentors/{}", cohort, body.id))
    return call.tagged(actions.add_member(call.work, cohort, MENTOR, body), actions.tag_of, cohort, MENTOR)


@mentors.get("/{mentor}", openapi_extra=access(actions.get_member))
def get_mentor(call: Called, cohort: Key, mentor: MemberKey) -> MentorOut:
    """Geef een mentor."""
    return call.tagged(actions.get_member(call.work, cohort, MENTOR, mentor), actions.tag_of, cohort, MENTOR)


@mentors.put("/{mentor}", openapi_extra=access(actions.change_member))
def replace_mentor(call: Called, cohort: Key, mentor: MemberKey, body: MentorWhole) -> MentorOut:
    """Vervang een mentor helemaal; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.change_member(call.work, cohort, MENTOR, mentor, body), actions.tag_of, cohort, MENTOR)


@mentors.patch("/{mentor}", openapi_extra=access(actions.change_member))
def change_mentor(call: Called, cohort: Key, mentor: MemberKey, body: MentorChange) -> MentorOut:
    """Wijzig een mentor; wat u weglaat, blijft. Een nieuwe postcode brengt haar eigen ligging mee."""
    return call.tagged(actions.change_member(call.work, cohort, MENTOR, mentor, body), actions.tag_of, cohort, MENTOR)


@mentors.delete("/{mentor}", status_code=204, openapi_extra=access(actions.remove_member))
def remove_mentor(call: Called, cohort: Key, mentor: MemberKey) -> None:
    """Verwijder een mentor, met de afspraken die hem of haar noemen."""
    actions.remove_member(call.work, cohort, MENTOR, mentor)


@schools.get("", openapi_extra=access(actions.list_members))
def list_schools(call: Called, cohort: Key, limit: Limit = 50, cursor: MemberCursor = None) -> Page[SchoolOut]:
    """Geef de scholen, op nummer. Namen van mensen en adressen ziet alleen een coördinator."""
    return actions.list_members(call.work, cohort, SCHOOL, limit, cursor)


@schools.post("", status_code=201, openapi_extra=access(actions.add_member))
def add_school(call: Called, cohort: Key, body: SchoolIn) -> SchoolOut:
    """Voeg een school toe."""
    call.tell(location=path_to("/v1/cohorts/{}/schools/{}", cohort, body.id))
    return call.tagged(actions.add_member(call.work, cohort, SCHOOL, body), actions.tag_of, cohort, SCHOOL)


@schools.get("/{school}", openapi_extra=access(actions.get_member))
def get_school(call: Called, cohort: Key, school: MemberKey) -> SchoolOut:
    """Geef een school."""
    return call.tagged(actions.get_member(call.work, cohort, SCHOOL, school), actions.tag_of, cohort, SCHOOL)


@schools.put("/{school}", openapi_extra=access(actions.change_member))
def replace_school(call: Called, cohort: Key, school: MemberKey, body: SchoolWhole) -> SchoolOut:
    """Vervang een school helemaal; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.change_member(call.work, cohort, SCHOOL, school, body), actions.tag_of, cohort, SCHOOL)


@schools.patch("/{school}", openapi_extra=access(actions.change_member))
def change_school(call: Called, cohort: Key, school: MemberKey, body: SchoolChange) -> SchoolOut:
    """Wijzig een school; wat u weglaat, blijft. Een nieuwe postcode brengt haar eigen ligging mee."""
    return call.tagged(actions.change_member(call.work, cohort, SCHOOL, school, body), actions.tag_of, cohort, SCHOOL)


@schools.delete("/{school}", status_code=204, openapi_extra=access(actions.remove_member))
def remove_school(call: Called, cohort: Key, school: MemberKey) -> None:
    """Verwijder een school, met de afspraken die haar noemen."""
    actions.remove_member(call.work, cohort, SCHOOL, school)
