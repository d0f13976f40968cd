"""How is progress between the two measurements worked out and drawn?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TypeAlias

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents.actions import is_member, names_of, number
from service.database.engine import Transaction
from service.measuring import store as measurements
from service.trajectory.outcomes.actions import values_of
from service.trajectory.progress.shapes import CohortProgressOut, ElementOut, SchoolProgressOut, SpreadOut

STORY = "Gemiddelde per kernelement bij de nulmeting en bij de eindmeting."
Elements: TypeAlias = Iterable[Any]


@action("viewer")
def get_cohort_progress(work: Work, cohort: str) -> CohortProgressOut:
    """Give the progress of a cohort, with and without a mentor, and what does not follow from it."""
    with work.reading(cohort) as transaction:
        found, known, names = _cohort(transaction, cohort)
    return CohortProgressOut(
        elements=_elements(found.elements),
        everybody=_spread(found.everybody),
        with_mentor=_spread(found.with_mentor),
        without_mentor=_spread(found.without_mentor),
        sentence=found.sentence,
        caveat=found.caveat,
        schools=[_school(matcher.school_progress(known, school), name) for school, name in names.items()],
    )


@action("viewer")
def get_school_progress(work: Work, cohort: str, school: str) -> SchoolProgressOut:
    """Give the progress of a school, over what was rated both times."""
    with work.reading() as transaction:
        name = is_member(work, transaction, cohort, school)
        known = measurements.known(transaction, cohort)
    return _school(matcher.school_progress(known, school), name)


@action("viewer")
def draw_cohort_progress(work: Work, cohort: str) -> bytes:
    """Draw the progress of a cohort per key element, as SVG."""
    with work.reading() as transaction:
        name = work.cohort(transaction, cohort).name
        found, _, _ = _cohort(transaction, cohort)
    return _drawn(f"Vooruitgang van {name}", found.elements, f"{found.sentence} {found.caveat}")


@action("viewer")
def draw_school_progress(work: Work, cohort: str, school: str) -> bytes:
    """Draw the progress of a school per key element, as SVG."""
    with work.reading() as transaction:
        name = is_member(work, transaction, cohort, school)
        found = matcher.school_progress(measurements.known(transaction, cohort), school)
    return _drawn(f"Vooruitgang van {name}", found.elements, " ".join((STORY, *found.notes)))


def _elements(elements: Elements) -> list[ElementOut]:
    return [
        ElementOut(
            element=one.element,
            name=matcher.ELEMENTS[one.element],
            criteria=one.criteria,
            before=number(one.before),
            after=number(one.after),
            gain=number(one.gain),
        )
        for one in elements
    ]


def _school(one: matcher.SchoolProgress, name: str) -> SchoolProgressOut:
    return SchoolProgressOut(
        school=one.school, name=name, elements=_elements(one.elements), gain=number(one.gain), notes=list(one.notes)
    )


def _spread(spread: Any) -> SpreadOut:  # noqa: ANN401 - a value of the matcher
    values = {name: value if name == "schools" else number(value) for name, value in asdict(spread).items()}
    return SpreadOut.model_validate(values)


def _cohort(
    transaction: Transaction, cohort: str
) -> tuple[matcher.CohortProgress, list[matcher.Measurement], dict[str, str]]:
    known, names = measurements.known(transaction, cohort), names_of(transaction, cohort)
    mentored = {one.school for one in values_of(transaction, cohort)}
    return matcher.cohort_progress(known, list(names), mentored), known, names


def _drawn(title: str, elements: Elements, story: str) -> bytes:
    return matcher.progress_chart(matcher.progress_comparison(title, tuple(elements), story)).encode()
