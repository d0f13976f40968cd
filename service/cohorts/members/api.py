"""Which mentors does a cohort have, and how is one added, changed or removed?"""

from __future__ import annotations

from service.access.permissions import access
from service.cohorts.members import actions
from service.cohorts.members.kinds import MENTOR
from service.cohorts.members.shapes import MentorChange, MentorIn, MentorOut, MentorWhole
from service.core.addresses import path_to
from service.web.call import Called
from service.web.paging import Limit, MemberCursor
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/mentors", "mentoren")


@routes.get("", openapi_extra=access(actions.list_members))
def list_mentors(call: Called, cohort: Key, limit: Limit = 50, cursor: MemberCursor = None) -> Page[MentorOut]:
    """Geef de mentoren, op nummer. Namen van mensen en adressen ziet alleen een coördinator."""
    return actions.list_members(call.work, cohort, MENTOR, limit, cursor)


@routes.post("", status_code=201, openapi_extra=access(actions.add_member))
def add_mentor(call: Called, cohort: Key, body: MentorIn) -> MentorOut:
    """Voeg een mentor toe."""
    call.tell(location=path_to("/v1/cohorts/{}/mentors/{}", cohort, body.id))
    return call.tagged(actions.add_member(call.work, cohort, MENTOR, body), actions.tag_of, cohort, MENTOR)


@routes.get("/{mentor}", openapi_extra=access(actions.get_member))
def get_mentor(call: Called, cohort: Key, mentor: MemberKey) -> MentorOut:
    """Geef een mentor."""
    return call.tagged(actions.get_member(call.work, cohort, MENTOR, mentor), actions.tag_of, cohort, MENTOR)


@routes.put("/{mentor}", openapi_extra=access(actions.change_member))
def replace_mentor(call: Called, cohort: Key, mentor: MemberKey, body: MentorWhole) -> MentorOut:
    """Vervang een mentor helemaal; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.change_member(call.work, cohort, MENTOR, mentor, body), actions.tag_of, cohort, MENTOR)


@routes.patch("/{mentor}", openapi_extra=access(actions.change_member))
def change_mentor(call: Called, cohort: Key, mentor: MemberKey, body: MentorChange) -> MentorOut:
    """Wijzig een mentor; wat u weglaat, blijft. Een nieuwe postcode brengt haar eigen ligging mee."""
    return call.tagged(actions.change_member(call.work, cohort, MENTOR, mentor, body), actions.tag_of, cohort, MENTOR)


@routes.delete("/{mentor}", status_code=204, openapi_extra=access(actions.remove_member))
def remove_mentor(call: Called, cohort: Key, mentor: MemberKey) -> None:
    """Verwijder een mentor, met de afspraken die hem of haar noemen."""
    actions.remove_member(call.work, cohort, MENTOR, mentor)
