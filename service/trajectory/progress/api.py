"""How far did each school and the cohort come between baseline and final measurement, in numbers and drawn?"""

from __future__ import annotations

from typing import Any

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.documents.actions import is_member
from service.measuring import store as measurements
from service.trajectory.progress.actions import SVG, _cohort, _drawn, _elements, _school, _spread
from service.trajectory.progress.shapes import CohortProgressOut, SchoolProgressOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/progress", "vooruitgang")

DRAWING: dict[int | str, dict[str, Any]] = {200: {"content": {SVG: {"schema": {"type": "string"}}}}}
STORY = "Gemiddelde per kernelement bij de nulmeting en bij de eindmeting."


@routes.get("", response_model=CohortProgressOut, openapi_extra=access("viewer"))
def get_cohort_progress(call: Called, cohort: Key) -> Response:
    """Geef de vooruitgang van de cohorte, met en zonder mentor, en wat daaruit niet te besluiten valt."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        found, known, names = _cohort(transaction, cohort)
    value: dict[str, Any] = {
        name: _spread(getattr(found, name)) for name in ("everybody", "with_mentor", "without_mentor")
    }
    value |= {"elements": _elements(found.elements), "sentence": found.sentence, "caveat": found.caveat}
    value["schools"] = [_school(matcher.school_progress(known, school), name) for school, name in names.items()]
    return Answer(200, value).response()


@routes.get("/chart.svg", responses=DRAWING, openapi_extra=access("viewer"))
def get_cohort_chart(call: Called, cohort: Key) -> Response:
    """Teken de vooruitgang van de cohorte per kernelement."""
    with call.database.read() as transaction:
        name = call.cohort(transaction, cohort).name
        found, _, _ = _cohort(transaction, cohort)
    return _drawn(f"Vooruitgang van {name}", found.elements, f"{found.sentence} {found.caveat}")


@routes.get("/{school}", response_model=SchoolProgressOut, openapi_extra=access("viewer"))
def get_school_progress(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Geef de vooruitgang van een school, over wat beide keren beoordeeld werd."""
    with call.database.read() as transaction:
        name = is_member(call.work, transaction, cohort, school)
        known = measurements.listed(transaction, cohort)
    return Answer(200, _school(matcher.school_progress(known, school), name)).response()


@routes.get("/{school}/chart.svg", responses=DRAWING, openapi_extra=access("viewer"))
def get_school_chart(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Teken de vooruitgang van een school per kernelement."""
    with call.database.read() as transaction:
        name = is_member(call.work, transaction, cohort, school)
        found = matcher.school_progress(measurements.listed(transaction, cohort), school)
    return _drawn(f"Vooruitgang van {name}", found.elements, " ".join((STORY, *found.notes)))
