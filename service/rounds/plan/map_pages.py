"""Where are the pairs of a plan? On its map, a page of its own, fetched by the plan's page once it is looked at."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.rounds.plan.choices import Asked
from service.rounds.plan.filters import shown_rows
from service.rounds.plan.map_rows import plan_map
from service.rounds.plan.plan_snapshot import SeenPlan, see_plan
from service.rounds.run.actions import get_plan
from service.web.call import Called
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/kaart")


@routes.get("", openapi_extra=access(get_plan))
def show_map(call: Called, cohort: Key, chosen: Asked) -> Response:
    """Show the map of a plan, the newest unless said: every pair that was chosen, on whichever sheet it stands."""
    seen = see_plan(call.work, cohort, chosen.ronde)
    if not isinstance(seen, SeenPlan):
        return page(call.request, "plan.html", cohort=seen, round=None)
    here, spare = path_to("/cohorten/{}", cohort), seen.rows if call.work.is_trusted else None
    drawn = plan_map(shown_rows(seen.rows, chosen), seen.names, here, chosen.tail(), seen.gone, spare)
    return page(call.request, "plan_kaart.html", cohort=seen.cohort, round=seen.round, chosen=chosen, map=drawn)
