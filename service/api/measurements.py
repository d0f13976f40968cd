"""How does a school measure itself? Sheets as drafts, submitted once, then frozen; a replacement says why."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from fastapi import Response

import matcher
from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.api.papers import begin, body_document, findings, is_member, number, or_empty, tag_of_part, told, written
from service.errors import Problem, conflict, not_found
from service.store.database import Transaction
from service.store.ids import new_id, now, today
from service.store.measurements import rows
from service.store.papers import ONLY, PaperRow
from service.wire.answers import Answer, etag
from service.wire.measurements import MeasurementOut, Moment, SchoolMeasurementsOut, SheetIn, SheetOut, SupersedeIn
from service.wire.members import MemberKey
from service.wire.shapes import EDITED, Key

routes = router("/v1/cohorts/{cohort}/schools/{school}/measurements/{moment}", "metingen")

SHEET_FORMAT = "in2stem-measurement/1"
Known = list[tuple[PaperRow, matcher.Measurement]]


def known_of(transaction: Transaction, cohort: str, school: str, moment: Moment) -> Known:
    """Give a school's measurements of a moment with their papers, the oldest first."""
    pairs = [(row, matcher.measurement_from_document(row.document)) for row in rows(transaction, cohort)]
    return [(row, one) for row, one in pairs if (one.school, one.moment) == (school, moment)]


def draft_of(known: Known) -> tuple[PaperRow, matcher.Measurement] | None:
    """Give the draft among some measurements."""
    return next(((row, one) for row, one in known if not one.frozen), None)


def shown(call: Call, row: PaperRow, one: matcher.Measurement, *, counts: bool) -> dict[str, Any]:
    """Write a measurement; people's names for coordinators alone."""
    seen = one if call.caller.role in ("coordinator", "admin") else matcher.without_raters(one)
    document = matcher.measurement_to_document(seen)
    names = ("id", "school", "moment", "due", "submitted_at", "submitted_by", "replaces", "reason", "sheets")
    return {name: document[name] for name in names} | {
        "state": "submitted" if one.frozen else "draft",
        "counts": counts,
        "combined": [_combined(each) for each in matcher.combined_ratings(one).values()],
        "findings": findings(matcher.measurement_findings(seen, today())),
        "version": row.version,
        "changed_at": row.changed_at,
    }


def _combined(one: matcher.Combined) -> dict[str, Any]:
    criterion = matcher.label_criteria()[one.criterion]
    told_of = {"criterion": one.criterion, "name": criterion.name, "official": criterion.official}
    return told_of | {
        "values": list(one.values),
        "median": number(one.median),
        "rating": one.rating,
        "spread": one.spread,
        "proven": one.proven,
    }


def counting_of(known: Known) -> str:
    """Give the id of the measurement that counts, empty where none was submitted."""
    values = [one for _, one in known]
    found = matcher.current_measurement(values, values[0].school, values[0].moment) if values else None
    return "" if found is None else found.id


@routes.get("", response_model=SchoolMeasurementsOut, openapi_extra=access("viewer"))
def get_measurements(call: Called, cohort: Key, school: MemberKey, moment: Moment) -> Response:
    """Geef de metingen van een school: het ontwerp als er een is, en wat ingediend werd, met mediaan en spreiding."""
    with call.database.write() as transaction:
        is_member(call, transaction, cohort, school)
        known = known_of(transaction, cohort, school, moment)
        call.audit(transaction, "measurements.read", school, cohort)
    current = counting_of(known)
    told_of = [(one.frozen, shown(call, row, one, counts=one.id == current)) for row, one in reversed(known)]
    draft = next((value for frozen, value in told_of if not frozen), None)
    return Answer(200, {"draft": draft, "submitted": [value for frozen, value in told_of if frozen]}).response()


def _sheet(known: Known, rater: str) -> tuple[matcher.Measurement, matcher.RatingSheet] | None:
    found = draft_of(known)
    if found is None:
        return None
    return next(((found[1], one) for one in found[1].sheets if one.rater == rater), None)


def _sheet_parts(
    school: str, moment: Moment, found: tuple[matcher.Measurement, matcher.RatingSheet]
) -> tuple[Any, ...]:
    measurement, sheet = found
    ratings = matcher.measurement_to_document(replace(measurement, sheets=(sheet,)))["sheets"][0]
    return 0, school, moment, tag_of_part(measurement.id, ratings)


def _sheet_answer(school: str, moment: Moment, found: tuple[matcher.Measurement, matcher.RatingSheet]) -> Answer:
    measurement, sheet = found
    alone = replace(measurement, sheets=(sheet,))
    value = matcher.measurement_to_document(alone)["sheets"][0]
    value |= {"measurement": measurement.id, "findings": findings(matcher.measurement_findings(alone, today()))}
    return Answer(200, value, {"ETag": etag(*_sheet_parts(school, moment, found))})


@routes.get("/sheets/{rater}", response_model=SheetOut, openapi_extra=access("coordinator"))
def get_sheet(call: Called, cohort: Key, school: MemberKey, moment: Moment, rater: MemberKey) -> Response:
    """Geef wat één persoon invulde in het ontwerp."""
    with call.database.write() as transaction:
        is_member(call, transaction, cohort, school)
        found = _sheet(known_of(transaction, cohort, school, moment), rater)
        if found is None:
            raise not_found("Dit formulier")
        call.audit(transaction, "sheet.read", school, cohort)
    return _sheet_answer(school, moment, found).response()


@routes.put("/sheets/{rater}", response_model=SheetOut, responses=EDITED, openapi_extra=access("coordinator"))
def save_sheet(  # noqa: PLR0913, PLR0917 - a path of four
    call: Called, cohort: Key, school: MemberKey, moment: Moment, rater: MemberKey, body: SheetIn
) -> Response:
    """Bewaar wat één persoon invulde, als ontwerp. If-Match is nodig zodra er van die persoon al iets bewaard is."""
    with call.database.write() as transaction:
        begin(call, transaction, cohort)
        is_member(call, transaction, cohort, school)
        known = known_of(transaction, cohort, school, moment)
        before = _sheet(known, rater)
        if before is not None:
            call.must_match(*_sheet_parts(school, moment, before))
        row, draft = draft_of(known) or _begun(transaction, cohort, school, moment, known)
        sheet = _read_sheet(draft, rater, body)
        made = matcher.save_sheet(draft, sheet)
        written(call, transaction, row, matcher.measurement_to_document(made), "sheet.saved")
    return _sheet_answer(school, moment, (made, sheet)).response()


def _read_sheet(draft: matcher.Measurement, rater: str, body: SheetIn) -> matcher.RatingSheet:
    """Read a body as a sheet; raises DocumentError (422) with the place in the body."""
    bare = replace(draft, sheets=())
    document = matcher.measurement_to_document(bare) | {"sheets": [body_document("", body, rater=rater)]}
    del document["sheets"][0]["format"]
    try:
        return matcher.measurement_from_document(document).sheets[0]
    except matcher.DocumentError as error:
        words = str(error).removesuffix(f" (op {error.pointer})")
        raise matcher.DocumentError(words, error.pointer.removeprefix("/sheets/0") or "/ratings") from error


def _begun(
    transaction: Transaction, cohort: str, school: str, moment: Moment, known: Known
) -> tuple[PaperRow, matcher.Measurement]:
    """Begin a draft; raises Problem 409 where the measurement was submitted."""
    if known:
        raise frozen_problem(moment)
    days = or_empty(transaction, cohort, "measurement_days", ONLY, {}).document
    document = {
        "format": SHEET_FORMAT,
        "id": new_id("mea"),
        "school": school,
        "moment": moment,
        "due": days.get(moment),
    }
    rest: dict[str, Any] = {"sheets": [], "submitted_at": None, "submitted_by": "", "replaces": "", "reason": ""}
    one = matcher.measurement_from_document(document | rest)
    return PaperRow(cohort=cohort, kind="measurement", id=one.id, document={}), one


def frozen_problem(moment: Moment) -> Problem:
    """Answer that a measurement was submitted and can only be replaced."""
    name = matcher.MOMENT_NAMES[moment]
    return conflict("frozen", f"Deze {name} is ingediend en ligt vast. Vervang ze, met een reden.")


@routes.post("/submit", response_model=MeasurementOut, openapi_extra=access("coordinator"))
def submit_measurement(call: Called, cohort: Key, school: MemberKey, moment: Moment) -> Response:
    """Dien het ontwerp in. Vanaf dan ligt het vast; de nulmeting telt meteen mee voor de koppels."""

    def effect(transaction: Transaction) -> Answer:
        begin(call, transaction, cohort)
        is_member(call, transaction, cohort, school)
        known = known_of(transaction, cohort, school, moment)
        found = draft_of(known)
        if found is None:
            if known:
                raise frozen_problem(moment)
            raise conflict("nothing_rated", "Er is nog niets ingevuld. Bewaar eerst een formulier.")
        row, draft = found
        made = matcher.submit_measurement(draft, now(), call.caller.by)
        row = written(call, transaction, row, matcher.measurement_to_document(made), "measurement.submitted")
        return told(row, shown(call, row, made, counts=True))

    return call.once({"submit": [school, moment]}, effect)


@routes.post(
    "/supersede", response_model=MeasurementOut, status_code=HTTPStatus.CREATED, openapi_extra=access("coordinator")
)
def supersede_measurement(call: Called, cohort: Key, school: MemberKey, moment: Moment, body: SupersedeIn) -> Response:
    """Begin een nieuwe meting in de plaats van de ingediende, met de reden. De oude blijft bewaard en telt tot dan."""

    def effect(transaction: Transaction) -> Answer:
        begin(call, transaction, cohort)
        is_member(call, transaction, cohort, school)
        known = known_of(transaction, cohort, school, moment)
        if draft_of(known) is not None:
            raise conflict("draft_there", "Er is al een ontwerp. Werk dat af en dien het in.")
        current = counting_of(known)
        if not current:
            raise conflict("nothing_submitted", "Er is nog niets ingediend om te vervangen.")
        old = next(one for _, one in known if one.id == current)
        made = matcher.replace_measurement(old, new_id("mea"), body.reason)
        row = PaperRow(cohort=cohort, kind="measurement", id=made.id, document={})
        row = written(call, transaction, row, matcher.measurement_to_document(made), "measurement.superseding")
        place = call.request.url.path.removesuffix("/supersede")
        return told(row, shown(call, row, made, counts=False), HTTPStatus.CREATED, Location=place)

    return call.once(body, effect)
