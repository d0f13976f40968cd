"""How does a coordinator have somebody's name and address erased?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.left_words import Mention, left_words
from service.core.addresses import path_to
from service.records.privacy import actions
from service.records.privacy.shapes import ErasedOut
from service.web.call import Called
from service.web.pages.page import with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}")

ERASED = "Gewist, overal: ook in eerdere rondes en bestanden."


def erased_words(erased: ErasedOut) -> str:
    """Say what was erased, and what is for the coordinator to look at."""
    places = [Mention(one.what, one.id, one.part) for one in erased.mentions]
    return " ".join([ERASED, *left_words({"": places}, erased.copies)])


@routes.post("/scholen/{key}/wissen", openapi_extra=access(actions.erase_person))
def erase_school(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Erase the contact of a school."""
    erased = actions.erase_person(call.work, cohort, "school", key)
    return with_message(go(path_to("/cohorten/{}/scholen/{}", cohort, key)), erased_words(erased))


@routes.post("/mentoren/{key}/wissen", openapi_extra=access(actions.erase_person))
def erase_mentor(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Erase name and address of a mentor."""
    erased = actions.erase_person(call.work, cohort, "mentor", key)
    return with_message(go(path_to("/cohorten/{}/mentoren/{}", cohort, key)), erased_words(erased))
