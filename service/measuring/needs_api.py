"""What do schools lack, alone and together, who has not measured yet, and what do we ask?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query, Response

import matcher
from service.access.permissions import access
from service.cohorts.documents.actions import (
    begin,
    findings,
    is_member,
    must_match,
    names_of,
    number,
    or_empty,
    page,
    told,
    written,
)
from service.cohorts.documents.store import ONLY, PaperRow
from service.core.errors import conflict, not_found
from service.database.engine import Transaction
from service.database.ids import today
from service.measuring import store as measurements
from service.measuring.shapes import CohortNeedsOut, DaysOut, DaysShape, FormOut, MeasurementLine, Moment, NeedsOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import EDITED, Key, Page
from service.web.values import MemberKey, RemarkOut

routes = router("/v1", "noden")

Asked = Annotated[Moment, Query(description="Nulmeting of eindmeting.")]


@routes.get("/label/criteria", response_model=FormOut, openapi_extra=access("viewer"))
def get_form(call: Called) -> Response:  # noqa: ARG001 - every route takes its call
    """Geef de vragen van een meting, met de officiële Engelse naam erbij, en onze schaal."""
    questions = [
        {"code": one.code, "element": one.element, "element_name": matcher.ELEMENTS[one.element]}
        | {"name": one.name, "official": one.official, "question": one.question}
        for one in matcher.label_criteria().values()
    ]
    return Answer(200, {"scale": list(matcher.SCALE), "questions": questions}).response()


@routes.get("/cohorts/{cohort}/measurements", response_model=Page[MeasurementLine], openapi_extra=access("viewer"))
def list_measurements(call: Called, cohort: Key, moment: Moment | None = None) -> Response:
    """Geef alle metingen van een cohorte in het kort."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        known = measurements.listed(transaction, cohort)
    current = {(one.school, one.moment): matcher.current_measurement(known, one.school, one.moment) for one in known}
    return page(
        {"id": one.id, "school": one.school, "moment": one.moment, "state": "submitted" if one.frozen else "draft"}
        | {"counts": one == current[one.school, one.moment], "raters": len(one.sheets)}
        | {"submitted_at": one.submitted_at}
        for one in known
        if moment in (None, one.moment)
    ).response()


def _days(transaction: Transaction, cohort: str) -> PaperRow:
    return or_empty(transaction, cohort, "measurement_days", ONLY, {"baseline": None, "final": None})


@routes.get("/cohorts/{cohort}/measurements/days", response_model=DaysOut, openapi_extra=access("viewer"))
def get_days(call: Called, cohort: Key) -> Response:
    """Geef tegen wanneer de metingen er moeten zijn."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        row = _days(transaction, cohort)
    return told(row, row.document).response()


@routes.put(
    "/cohorts/{cohort}/measurements/days",
    response_model=DaysOut,
    responses=EDITED,
    openapi_extra=access("coordinator"),
)
def replace_days(call: Called, cohort: Key, body: DaysShape) -> Response:
    """Zeg tegen wanneer de metingen er moeten zijn; geldt voor metingen die daarna begonnen worden."""
    with call.database.write() as transaction:
        begin(call.work, transaction, cohort)
        row = _days(transaction, cohort)
        must_match(call.work, row)
        row = written(call.work, transaction, row, body.model_dump(mode="json"), "measurement.days_changed")
    return told(row, row.document).response()


@routes.get("/cohorts/{cohort}/measurements/missing", response_model=Page[RemarkOut], openapi_extra=access("viewer"))
def list_missing(call: Called, cohort: Key, moment: Asked = "baseline") -> Response:
    """Zeg welke scholen nog niets indienden; een fout zodra de dag voorbij is."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        due = DaysShape.model_validate(_days(transaction, cohort).document)
        day = due.baseline if moment == "baseline" else due.final
        if day is None:
            raise conflict("no_day", "Zeg eerst tegen wanneer deze meting er moet zijn.")
        known, names = measurements.listed(transaction, cohort), names_of(transaction, cohort)
    return page(findings(matcher.schools_not_measured(names, known, moment, day, today()))).response()


@routes.get("/cohorts/{cohort}/measurements/needs", response_model=CohortNeedsOut, openapi_extra=access("viewer"))
def get_cohort_needs(call: Called, cohort: Key, moment: Asked = "baseline") -> Response:
    """Zeg waarin de scholen samen en elk apart tekortschieten, en welke thema's daarbij passen."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        known, names = measurements.listed(transaction, cohort), names_of(transaction, cohort)
    current = [matcher.current_measurement(known, school, moment) for school in names]
    measured = [one for one in current if one is not None]
    return Answer(200, _together(measured, names)).response()


def _together(measured: Sequence[matcher.Measurement], names: dict[str, str]) -> dict[str, Any]:
    short = matcher.cohort_shortfalls(measured)
    return {
        "measured": len(measured),
        "sentence": matcher.cohort_sentence(measured),
        "shortfalls": [
            {"element": element, "name": matcher.ELEMENTS[element], "shortfall": number(lack)}
            for element, lack in short.items()
        ],
        "schools": [_needs(one, names[one.school]) for one in measured],
    }


def _needs(one: matcher.Measurement, name: str) -> dict[str, Any]:
    found = matcher.school_needs(one)
    told_of = [
        {"element": need.element, "name": matcher.ELEMENTS[need.element], "shortfall": number(need.shortfall)}
        | {"share": number(need.share), "lowest": list(need.lowest), "why": need.why}
        for need in found.needs
    ]
    themes = {"themes": list(found.themes), "why_themes": found.why_themes}
    return {"school": one.school, "name": name, "needs": told_of} | themes


@routes.get("/cohorts/{cohort}/schools/{school}/needs", response_model=NeedsOut, openapi_extra=access("viewer"))
def get_needs(call: Called, cohort: Key, school: MemberKey, moment: Asked = "baseline") -> Response:
    """Zeg waarin een school tekortschiet, het grootste eerst, en welke thema's haar helpen."""
    with call.database.read() as transaction:
        name = is_member(call.work, transaction, cohort, school)
        found = matcher.current_measurement(measurements.listed(transaction, cohort), school, moment)
    if found is None:
        raise not_found("Een ingediende meting van deze school")
    return Answer(200, _needs(found, name)).response()
