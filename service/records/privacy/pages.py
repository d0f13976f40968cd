"""How does a coordinator have somebody's name and address erased?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.records.privacy import actions
from service.records.privacy.shapes import ErasedOut
from service.web.call import Called
from service.web.pages.dutch_format import counted, listed
from service.web.pages.page import with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}")

ERASED = "Gewist, overal: ook in eerdere rondes en bestanden."
MOST_TOLD = 8
WHAT = {
    "school": "school",
    "mentor": "mentor",
    "lock": "afspraak",
    "paper": "papieren van het traject",
    "application": "aanmelding",
    "round": "ronde",
    "season": "lerend netwerk",
    "withdrawal": "uitval",
    "mail": "mail",
    "proposal": "voorstel",
    "rules": "regels",
    "person": "collega",
    "cohort": "cohorte",
}
"""What the places are called in which somebody may still be named."""


def erased_words(erased: ErasedOut) -> str:
    """Say what was erased, and what is for the coordinator to look at."""
    if not erased.mentions and not erased.copies:
        return ERASED
    told = [ERASED]
    if erased.mentions:
        places = list(dict.fromkeys(f"{WHAT.get(one.what, one.what)} {one.id}" for one in erased.mentions))
        more = f" en nog {counted(len(places) - MOST_TOLD, 'plaats', 'plaatsen')}" if len(places) > MOST_TOLD else ""
        told.append(f"Kijk deze plaatsen na, daar kan de naam nog in staan: {', '.join(places[:MOST_TOLD])}{more}.")
    if erased.copies:
        told.append(f"Hij staat ook nog in {listed(erased.copies)} op de machine; de beheerder kan dat wissen.")
    return " ".join(told)


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
