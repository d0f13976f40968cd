"""With which keys do programs come? An admin makes them, sees when each was last used, and ends them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import Response

import matcher
from service.access.keys import KEY_ROLES, KEY_SCOPES, REGION
from service.access.permissions import access
from service.cohorts.cohort.actions import list_cohorts
from service.core.errors import Problem
from service.database.ids import now, today
from service.people import keys_actions as actions
from service.people.shapes import KeyIn, KeyMade
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import ChosenKey, Form, Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages

routes = pages("/beheer/sleutels")

MOST = 100
ROLES = {
    "portal": "portaal: suggesties en publicatie",
    "suggestions": "suggesties",
    "publication": "publicatie",
    "applications": "aanmeldingen",
    "viewer": "kijker",
    "coordinator": "coördinator",
    "admin": "beheerder",
}
"""What a key may do, in words."""


@routes.get("", openapi_extra=access(actions.list_keys))
def show_keys(call: Called, voor: ChosenKey = "") -> Response:
    """Show the keys, the newest first, a page at a time."""
    return _page(call, before=voor)


def _page(call: Call, problem: Problem | None = None, made: KeyMade | None = None, before: str = "") -> Response:
    found = actions.list_keys(call.work, MOST, before or None)
    cohorts = list_cohorts(call.work, MOST).items
    answer = page(
        call.request,
        "sleutels.html",
        problem=problem,
        keys=found.items,
        following=found.next,
        made=made,
        roles=ROLES,
        apart=KEY_SCOPES,
        whole=KEY_ROLES,
        chambers=sorted(matcher.regions()),
        cohorts=cohorts,
        names={one.id: one.name for one in cohorts},
        moment=now(),
        proposed=(today() + timedelta(days=365)).isoformat(),
        region=REGION,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@routes.post("", openapi_extra=access(actions.add_key))
def add_key(call: Called, form: Sent) -> Response:
    """Make a key, and show its secret once."""

    def act() -> Response:
        made = actions.add_key(call.sent(form["eenmaal"]), read_shape(KeyIn, _document(form)))
        return _page(call, made=made)

    return or_again(act, lambda problem: _page(call, problem))


def _document(form: Form) -> dict[str, Any]:
    return {
        "name": form["naam"],
        "scopes": [*form.all("mag"), *(f"{REGION}{one}" for one in form.all("kamer"))],
        "cohort": form["cohorte"] or None,
        "expires_at": form.end_of_day("tot"),
        "trusted": bool(form["vertrouwd"]),
    }


@routes.post("/beeindig", openapi_extra=access(actions.revoke_key))
def revoke_key(call: Called, form: Sent) -> Response:
    """End a key."""
    actions.revoke_key(call.work, form.key("sleutel"))
    return with_message(go("/beheer/sleutels"), "Deze sleutel opent niets meer.")
