"""What do schools lack, alone and together, who has not measured yet, and by when is that asked?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents.actions import (
    findings,
    is_member,
    must_match,
    names_of,
    number,
    or_empty,
    tag_of,
    written,
)
from service.cohorts.documents.store import ONLY, PaperRow
from service.core.errors import conflict, not_found
from service.database.engine import Transaction
from service.database.ids import today
from service.measuring import store as measurements
from service.measuring.shapes import (
    CohortNeedsOut,
    DaysOut,
    DaysShape,
    FormOut,
    MeasurementLine,
    Moment,
    NeedsOut,
    QuestionOut,
)
from service.web.shapes import Page
from service.web.values import RemarkOut


@action("viewer")
def get_form(work: Work) -> FormOut:  # noqa: ARG001 - an action knows its work
    """Give the questions of a measurement with their official English names, and our scale."""
    return questions_asked()


def questions_asked() -> FormOut:
    """Give the questions of a measurement, which are no secret: a school's own page asks them too."""
    names = ("code", "element", "name", "official", "question")
    questions = [
        QuestionOut(**{name: getattr(one, name) for name in names}, element_name=matcher.ELEMENTS[one.element])
        for one in matcher.label_criteria().values()
    ]
    return FormOut(scale=list(matcher.SCALE), questions=questions)


@action("viewer")
def list_measurements(work: Work, cohort: str, moment: Moment | None = None) -> Page[MeasurementLine]:
    """Give all measurements of a cohort, or those of one moment, in short."""
    with work.reading(cohort) as transaction:
        known = measurements.known(transaction, cohort)
    current = {(one.school, one.moment): matcher.current_measurement(known, one.school, one.moment) for one in known}
    lines = [
        MeasurementLine.from_row(
            one,
            state="submitted" if one.frozen else "draft",
            counts=one == current[one.school, one.moment],
            raters=len(one.sheets),
        )
        for one in known
        if moment in (None, one.moment)
    ]
    return Page(items=lines)


@action("viewer")
def get_days(work: Work, cohort: str) -> DaysOut:
    """Give the last days on which the measurements are asked; version 0 where none was set."""
    with work.reading(cohort) as transaction:
        return _shape_of(_days(transaction, cohort))


@action("coordinator")
def replace_days(work: Work, cohort: str, body: DaysShape) -> DaysOut:
    """Say by when measurements are asked that begin from now on, in the place of the days that were read."""
    with work.changing(cohort) as transaction:
        row = _days(transaction, cohort)
        must_match(work, row)
        return _shape_of(written(work, transaction, row, body.model_dump(mode="json"), "measurement.days_changed"))


def tag_of_days(cohort: str, days: DaysOut) -> str:
    """Give the ETag of a cohort's days."""
    return tag_of(PaperRow(cohort=cohort, kind="measurement_days", id=ONLY, document={}, version=days.version))


@action("viewer")
def list_missing(work: Work, cohort: str, moment: Moment = "baseline") -> Page[RemarkOut]:
    """Give which schools submitted nothing, as errors once the day is past; raises Problem 409 where no day is set."""
    with work.reading(cohort) as transaction:
        due = _shape_of(_days(transaction, cohort))
        day = due.baseline if moment == "baseline" else due.final
        if day is None:
            raise conflict("no_day", "Zeg eerst tegen wanneer deze meting er moet zijn.")
        known, names = measurements.known(transaction, cohort), names_of(transaction, cohort)
    remarks = findings(matcher.schools_not_measured(names, known, moment, day, today()))
    return Page(items=[RemarkOut(**one) for one in remarks])


@action("viewer")
def get_cohort_needs(work: Work, cohort: str, moment: Moment = "baseline") -> CohortNeedsOut:
    """Give in what the measured schools fall short, together and each alone, and which themes serve them."""
    with work.reading(cohort) as transaction:
        known, names = measurements.known(transaction, cohort), names_of(transaction, cohort)
    current = [matcher.current_measurement(known, school, moment) for school in names]
    return _together([one for one in current if one is not None], names)


@action("viewer")
def get_needs(work: Work, cohort: str, school: str, moment: Moment = "baseline") -> NeedsOut:
    """Give in what a school falls short, the largest first, and which themes serve it; Problem 404 unmeasured."""
    with work.reading() as transaction:
        name = is_member(work, transaction, cohort, school)
        found = matcher.current_measurement(measurements.known(transaction, cohort), school, moment)
    if found is None:
        raise not_found("Een ingediende meting van deze school")
    return NeedsOut.model_validate(_needs(found, name))


def _days(transaction: Transaction, cohort: str) -> PaperRow:
    return or_empty(transaction, cohort, "measurement_days", ONLY, {"baseline": None, "final": None})


def _shape_of(row: PaperRow) -> DaysOut:
    return DaysOut(**row.document, version=row.version, changed_at=row.changed_at)


def _together(measured: Sequence[matcher.Measurement], names: dict[str, str]) -> CohortNeedsOut:
    short = matcher.cohort_shortfalls(measured)
    fields = {
        "measured": len(measured),
        "sentence": matcher.cohort_sentence(measured),
        "shortfalls": [
            {"element": element, "name": matcher.ELEMENTS[element], "shortfall": number(lack)}
            for element, lack in short.items()
        ],
        "schools": [_needs(one, names[one.school]) for one in measured],
    }
    return CohortNeedsOut.model_validate(fields)


def _needs(one: matcher.Measurement, name: str) -> dict[str, Any]:
    found = matcher.school_needs(one)
    told = [
        {"element": need.element, "name": matcher.ELEMENTS[need.element], "shortfall": number(need.shortfall)}
        | {"share": number(need.share), "lowest": list(need.lowest), "why": need.why}
        for need in found.needs
    ]
    return {
        "school": one.school,
        "name": name,
        "needs": told,
        "themes": list(found.themes),
        "why_themes": found.why_themes,
    }
