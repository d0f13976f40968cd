"""How far did each school and the cohort come between baseline and final measurement, in numbers and drawn?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TypeAlias

from fastapi import Response

import matcher
from service.access.call import Called
from service.access.route import router
from service.access.rules import access
from service.api.outcomes import values_of
from service.api.papers import is_member, names_of, number
from service.store import measurements
from service.store.database import Transaction
from service.wire.answers import Answer
from service.wire.members import MemberKey
from service.wire.shapes import Key
from service.wire.trajectory import CohortProgressOut, SchoolProgressOut

routes = router("/v1/cohorts/{cohort}/progress", "vooruitgang")

SVG = "image/svg+xml"
DRAWING: dict[int | str, dict[str, Any]] = {200: {"content": {SVG: {"schema": {"type": "string"}}}}}
STORY = "Gemiddelde per kernelement bij de nulmeting en bij de eindmeting."
Elements: TypeAlias = Iterable[Any]


def _elements(elements: Elements) -> list[dict[str, Any]]:
    return [
        {"element": one.element, "name": matcher.ELEMENTS[one.element], "criteria": one.criteria}
        | {"before": number(one.before), "after": number(one.after), "gain": number(one.gain)}
        for one in elements
    ]


def _school(one: matcher.SchoolProgress, name: str) -> dict[str, Any]:
    told = {"school": one.school, "name": name, "elements": _elements(one.elements)}
    return told | {"gain": number(one.gain), "notes": list(one.notes)}


def _spread(spread: Any) -> dict[str, Any]:  # noqa: ANN401 - a value of the matcher
    return {name: value if name == "schools" else number(value) for name, value in asdict(spread).items()}


def _cohort(
    transaction: Transaction, cohort: str
) -> tuple[matcher.CohortProgress, list[matcher.Measurement], dict[str, str]]:
    known, names = measurements.listed(transaction, cohort), names_of(transaction, cohort)
    mentored = {one.school for one in values_of(transaction, cohort)}
    return matcher.cohort_progress(known, list(names), mentored), known, names


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
        name = is_member(call, transaction, cohort, school)
        known = measurements.listed(transaction, cohort)
    return Answer(200, _school(matcher.school_progress(known, school), name)).response()


@routes.get("/{school}/chart.svg", responses=DRAWING, openapi_extra=access("viewer"))
def get_school_chart(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Teken de vooruitgang van een school per kernelement."""
    with call.database.read() as transaction:
        name = is_member(call, transaction, cohort, school)
        found = matcher.school_progress(measurements.listed(transaction, cohort), school)
    return _drawn(f"Vooruitgang van {name}", found.elements, " ".join((STORY, *found.notes)))


def _drawn(title: str, elements: Elements, story: str) -> Response:
    drawing = matcher.progress_chart(matcher.progress_comparison(title, tuple(elements), story))
    return Answer(200, drawing.encode(), {}, SVG).response()
