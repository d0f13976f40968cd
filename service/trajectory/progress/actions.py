"""How is progress between the two measurements worked out and drawn?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

import matcher
from service.cohorts.documents.actions import names_of, number
from service.measuring import store as measurements
from service.trajectory.outcomes.actions import values_of
from service.web.answers import Answer

if TYPE_CHECKING:
    from fastapi import Response

    from service.database.engine import Transaction

SVG = "image/svg+xml"


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


def _drawn(title: str, elements: Elements, story: str) -> Response:
    drawing = matcher.progress_chart(matcher.progress_comparison(title, tuple(elements), story))
    return Answer(200, drawing.encode(), {}, SVG).response()
