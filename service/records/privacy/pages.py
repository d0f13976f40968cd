"""How does a coordinator have somebody's name and address erased?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.records.privacy import actions
from service.web.call import Called
from service.web.pages.page import with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}")

ERASED = "Gewist, overal: ook in eerdere rondes en bestanden."


@routes.post("/scholen/{key}/wissen", openapi_extra=access(actions.erase_person))
def erase_school(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Erase the contact of a school."""
    actions.erase_person(call.work, cohort, "school", key)
    return with_message(go(path_to("/cohorten/{}/scholen/{}", cohort, key)), ERASED)


@routes.post("/mentoren/{key}/wissen", openapi_extra=access(actions.erase_person))
def erase_mentor(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Erase name and address of a mentor."""
    actions.erase_person(call.work, cohort, "mentor", key)
    return with_message(go(path_to("/cohorten/{}/mentoren/{}", cohort, key)), ERASED)
