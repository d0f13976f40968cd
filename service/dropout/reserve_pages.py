"""How is a mentor in reserve put in service on the page of drop-outs, and back?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.actions import find_member
from service.cohorts.members.kinds import MENTOR
from service.cohorts.members.names import Names
from service.core.addresses import path_to
from service.dropout import actions
from service.dropout.shapes import ActivationIn
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Sent
from service.web.pages.page import Undo, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}/uitval")


@routes.post("/{mentor}/inzetten", openapi_extra=access(actions.activate_mentor))
def activate(call: Called, cohort: Key, mentor: MemberKey, form: Sent) -> Response:
    """Put a mentor in service who stood by, and offer to take that back."""
    here = path_to("/cohorten/{}/uitval", cohort)
    told = actions.activate_mentor(call.sent(form["eenmaal"]), cohort, read_shape(ActivationIn, {"mentor": mentor}))
    undo = Undo(f"{here}/{mentor}/reserve", words="Terugdraaien")
    return with_message(go(here), f"{_name(call, cohort, mentor)} wordt ingezet. {told.next_step}", undo)


@routes.post("/{mentor}/reserve", openapi_extra=access(actions.stand_by))
def stand_by(call: Called, cohort: Key, mentor: MemberKey) -> Response:
    """Have a mentor stand by again."""
    actions.stand_by(call.work, cohort, mentor)
    told = f"{_name(call, cohort, mentor)} staat weer achter de hand. Zoek opnieuw op de bladzijde Ronde."
    return with_message(go(path_to("/cohorten/{}/uitval", cohort)), told)


def _name(call: Call, cohort: str, mentor: str) -> str:
    one = find_member(call.work, cohort, MENTOR, mentor)
    return Names(mentors={mentor: one} if one else {}).mentor(mentor)
