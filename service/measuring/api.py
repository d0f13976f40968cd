"""How does a school measure itself? Sheets as drafts, submitted once, then frozen; a replacement says why."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.documents.actions import (
    begin,
    is_member,
    told,
    written,
)
from service.cohorts.documents.store import PaperRow
from service.core.errors import conflict, not_found
from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.measuring.actions import (
    _begun,
    _read_sheet,
    _sheet,
    _sheet_answer,
    _sheet_parts,
    counting_of,
    draft_of,
    frozen_problem,
    known_of,
    shown,
)
from service.measuring.shapes import MeasurementOut, Moment, SchoolMeasurementsOut, SheetIn, SheetOut, SupersedeIn
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import EDITED, Key
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/schools/{school}/measurements/{moment}", "metingen")


@routes.get("", response_model=SchoolMeasurementsOut, openapi_extra=access("viewer"))
def get_measurements(call: Called, cohort: Key, school: MemberKey, moment: Moment) -> Response:
    """Geef de metingen van een school: het ontwerp als er een is, en wat ingediend werd, met mediaan en spreiding."""
    with call.database.write() as transaction:
        is_member(call.work, transaction, cohort, school)
        known = known_of(transaction, cohort, school, moment)
        call.audit(transaction, "measurements.read", school, cohort)
    current = counting_of(known)
    told_of = [(one.frozen, shown(call.work, row, one, counts=one.id == current)) for row, one in reversed(known)]
    draft = next((value for frozen, value in told_of if not frozen), None)
    return Answer(200, {"draft": draft, "submitted": [value for frozen, value in told_of if frozen]}).response()


@routes.get("/sheets/{rater}", response_model=SheetOut, openapi_extra=access("coordinator"))
def get_sheet(call: Called, cohort: Key, school: MemberKey, moment: Moment, rater: MemberKey) -> Response:
    """Geef wat één persoon invulde in het ontwerp."""
    with call.database.write() as transaction:
        is_member(call.work, transaction, cohort, school)
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
        begin(call.work, transaction, cohort)
        is_member(call.work, transaction, cohort, school)
        known = known_of(transaction, cohort, school, moment)
        before = _sheet(known, rater)
        if before is not None:
            call.must_match(*_sheet_parts(school, moment, before))
        row, draft = draft_of(known) or _begun(transaction, cohort, school, moment, known)
        sheet = _read_sheet(draft, rater, body)
        made = matcher.save_sheet(draft, sheet)
        written(call.work, transaction, row, matcher.measurement_to_document(made), "sheet.saved")
    return _sheet_answer(school, moment, (made, sheet)).response()


@routes.post("/submit", response_model=MeasurementOut, openapi_extra=access("coordinator"))
def submit_measurement(call: Called, cohort: Key, school: MemberKey, moment: Moment) -> Response:
    """Dien het ontwerp in. Vanaf dan ligt het vast; de nulmeting telt meteen mee voor de koppels."""

    def effect(transaction: Transaction) -> Answer:
        begin(call.work, transaction, cohort)
        is_member(call.work, transaction, cohort, school)
        known = known_of(transaction, cohort, school, moment)
        found = draft_of(known)
        if found is None:
            if known:
                raise frozen_problem(moment)
            raise conflict("nothing_rated", "Er is nog niets ingevuld. Bewaar eerst een formulier.")
        row, draft = found
        made = matcher.submit_measurement(draft, now(), call.caller.by)
        row = written(call.work, transaction, row, matcher.measurement_to_document(made), "measurement.submitted")
        return told(row, shown(call.work, row, made, counts=True))

    return call.once({"submit": [school, moment]}, effect)


@routes.post(
    "/supersede", response_model=MeasurementOut, status_code=HTTPStatus.CREATED, openapi_extra=access("coordinator")
)
def supersede_measurement(call: Called, cohort: Key, school: MemberKey, moment: Moment, body: SupersedeIn) -> Response:
    """Begin een nieuwe meting in de plaats van de ingediende, met de reden. De oude blijft bewaard en telt tot dan."""

    def effect(transaction: Transaction) -> Answer:
        begin(call.work, transaction, cohort)
        is_member(call.work, transaction, cohort, school)
        known = known_of(transaction, cohort, school, moment)
        if draft_of(known) is not None:
            raise conflict("draft_there", "Er is al een ontwerp. Werk dat af en dien het in.")
        current = counting_of(known)
        if not current:
            raise conflict("nothing_submitted", "Er is nog niets ingediend om te vervangen.")
        old = next(one for _, one in known if one.id == current)
        made = matcher.replace_measurement(old, new_id("mea"), body.reason)
        row = PaperRow(cohort=cohort, kind="measurement", id=made.id, document={})
        row = written(call.work, transaction, row, matcher.measurement_to_document(made), "measurement.superseding")
        place = call.request.url.path.removesuffix("/supersede")
        return told(row, shown(call.work, row, made, counts=False), HTTPStatus.CREATED, Location=place)

    return call.once(body, effect)
