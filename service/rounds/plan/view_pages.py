"""How is what one sees of a plan kept under a name?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.core.errors import Problem
from service.rounds.plan.choices import Asked
from service.rounds.plan.plan_sheet import plan_page
from service.rounds.views.actions import keep_view, remove_view
from service.rounds.views.shapes import ViewIn
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.form_addresses import STANDS_ON
from service.web.pages.forms import Sent, or_again
from service.web.pages.page import with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/weergaven")

PLAN = "/cohorten/{}/plan"


@routes.post("", openapi_extra=access(keep_view, **{STANDS_ON: PLAN}))
def keep(call: Called, cohort: Key, form: Sent, chosen: Asked) -> Response:
    """Keep what is shown now; which round is shown is not kept: a view is for every plan."""
    back = path_to(PLAN, cohort) + chosen.tail()
    query = chosen.changed(ronde="", blad="").tail()

    def act() -> Response:
        body = read_shape(ViewIn, {"name": form["naam"], "query": query, "shared": form["iedereen"] == "1"})
        made = keep_view(call.work, cohort, body)
        return with_message(go(back), f"«{made.name}» is bewaard.")

    return or_again(act, lambda problem: plan_page(call, cohort, chosen, problem))


@routes.post("/weg", openapi_extra=access(remove_view, **{STANDS_ON: PLAN}))
def remove(call: Called, cohort: Key, form: Sent, chosen: Asked) -> Response:
    """Remove a view."""
    back = path_to(PLAN, cohort) + chosen.tail()
    try:
        gone = remove_view(call.work, cohort, form.key("weergave_id"))
    except Problem as problem:
        if problem.status != 404:  # noqa: PLR2004 - it is gone, as was wanted
            raise
        return with_message(go(back), "Deze weergave was al verwijderd.")
    return with_message(go(back), f"«{gone.name}» is verwijderd.")
