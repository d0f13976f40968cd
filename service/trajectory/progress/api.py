"""How far did each school and the cohort come between baseline and final measurement, in numbers and drawn?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.trajectory.progress import actions
from service.trajectory.progress.shapes import CohortProgressOut, SchoolProgressOut
from service.web.answers import DRAWING, SVG
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/progress", "vooruitgang")


@routes.get("", openapi_extra=access(actions.get_cohort_progress))
def get_cohort_progress(call: Called, cohort: Key) -> CohortProgressOut:
    """Geef de vooruitgang van de cohorte, met en zonder mentor, en wat daaruit niet te besluiten valt."""
    return actions.get_cohort_progress(call.work, cohort)


@routes.get("/chart.svg", responses=DRAWING, openapi_extra=access(actions.draw_cohort_progress))
def get_cohort_chart(call: Called, cohort: Key) -> Response:
    """Teken de vooruitgang van de cohorte per kernelement."""
    return Response(actions.draw_cohort_progress(call.work, cohort), media_type=SVG)


@routes.get("/{school}", openapi_extra=access(actions.get_school_progress))
def get_school_progress(call: Called, cohort: Key, school: MemberKey) -> SchoolProgressOut:
    """Geef de vooruitgang van een school, over wat beide keren beoordeeld werd."""
    return actions.get_school_progress(call.work, cohort, school)


@routes.get("/{school}/chart.svg", responses=DRAWING, openapi_extra=access(actions.draw_school_progress))
def get_school_chart(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Teken de vooruitgang van een school per kernelement."""
    return Response(actions.draw_school_progress(call.work, cohort, school), media_type=SVG)
