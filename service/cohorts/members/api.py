"""Which mentors does a cohort have, and how is one added, changed or removed?"""

from __future__ import annotations

from service.access.permissions import access
from service.cohorts.members import actions
from service.cohorts.members.kinds import MENTOR
from service.cohorts.members.shapes import MentorChange, MentorIn, MentorOut, MentorWhole
from service.web.call import Call, Called
from service.web.paging import Limit, MemberCursor
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/mentors", "mentoren")


def _tagged(call: Call, cohort: str, mentor: MentorOut) -> MentorOut:
    call.tell(etag=actions.tag_of(cohort, MENTOR, mentor))
    return mentor


@routes.get("", openapi_extra=access(actions.list_members))
def list_mentors(call: Called, cohort: Key, limit: Limit = 50, cursor: MemberCursor = None) -> Page[MentorOut]:
    """Geef de mentoren, op nummer. Namen van mensen en adressen ziet alleen een coördinator."""
    return actions.list_members(call.work, cohort, MENTOR, limit, cursor)


@routes.post("", status_code=201, openapi_extra=access(actions.add_member))
def add_mentor(call: Called, cohort: Key, body: MentorIn) -> MentorOut:
    """Voeg een mentor toe."""
    call.tell(location=f"/v1/cohorts/{cohort}/mentors/{body.id}")
    return _tagged(call, cohort, actions.add_member(call.work, cohort, MENTOR, body))


@routes.get("/{mentor}", openapi_extra=access(actions.get_member))
def get_mentor(call: Called, cohort: Key, mentor: MemberKey) -> MentorOut:
    """Geef een mentor."""
    return _tagged(call, cohort, actions.get_member(call.work, cohort, MENTOR, mentor))


@routes.put("/{mentor}", openapi_extra=access(actions.change_member))
def replace_mentor(call: Called, cohort: Key, mentor: MemberKey, body: MentorWhole) -> MentorOut:
    """Vervang een mentor helemaal; If-Match zegt welke versie u gelezen hebt."""
    return _tagged(call, cohort, actions.change_member(call.work, cohort, MENTOR, mentor, body))


@routes.patch("/{mentor}", openapi_extra=access(actions.change_member))
def change_mentor(call: Called, cohort: Key, mentor: MemberKey, body: MentorChange) -> MentorOut:
    """Wijzig een mentor; wat u weglaat, blijft. Een nieuwe postcode brengt haar eigen ligging mee."""
    return _tagged(call, cohort, actions.change_member(call.work, cohort, MENTOR, mentor, body))


@routes.delete("/{mentor}", status_code=204, openapi_extra=access(actions.remove_member))
def remove_mentor(call: Called, cohort: Key, mentor: MemberKey) -> None:
    """Verwijder een mentor, met de afspraken die hem of haar noemen."""
    actions.remove_member(call.work, cohort, MENTOR, mentor)
