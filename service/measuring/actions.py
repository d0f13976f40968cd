"""How is a measurement kept as a draft, submitted, replaced and read?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents.actions import (
    body_document,
    findings,
    is_member,
    number,
    or_empty,
    tag_of_part,
    written,
)
from service.cohorts.documents.store import ONLY, PaperRow
from service.core.errors import Problem, conflict, existing
from service.core.etag import etag
from service.database.engine import Transaction
from service.database.ids import new_id, now, today
from service.measuring import store as measurements
from service.measuring.reminder_actions import forget_reminder
from service.measuring.shapes import MeasurementOut, Moment, SchoolMeasurementsOut, SheetIn, SheetOut, SupersedeIn
from service.measuring.store import is_listed, rows
from service.webhooks import store as webhooks

SHEET_FORMAT = "in2stem-measurement/1"

Known = list[tuple[PaperRow, matcher.Measurement]]


@action("viewer", own="school")
def get_measurements(work: Work, cohort: str, school: str, moment: Moment) -> SchoolMeasurementsOut:
    """Give a school's draft, where there is one, and what it submitted, the newest first; who looks is noted."""
    with work.noting() as transaction:
        is_member(work, transaction, cohort, school)
        known = [*_known_of(transaction, cohort, school, moment), *_of_row(transaction, cohort, school, moment)]
        work.audit(transaction, "measurements.read", school, cohort)
    current = _counting_of(known)
    told = [_shape_of(work, row, one, counts=one.id == current) for row, one in reversed(known)]
    draft = next((one for one in told if one.state == "draft"), None)
    return SchoolMeasurementsOut(draft=draft, submitted=[one for one in told if one.state == "submitted"])


@action("coordinator", own="school")
def get_sheet(work: Work, cohort: str, school: str, moment: Moment, rater: str) -> SheetOut:
    """Give what one person filled in in the draft; who looks is noted. Raises Problem 404 where that is nothing."""
    with work.noting() as transaction:
        is_member(work, transaction, cohort, school)
        found = existing(_sheet(_known_of(transaction, cohort, school, moment), rater), "Dit formulier")
        work.audit(transaction, "sheet.read", school, cohort)
    return found


@action("coordinator", own="school")
def save_sheet(  # noqa: PLR0913, PLR0917 - a sheet is named by four
    work: Work, cohort: str, school: str, moment: Moment, rater: str, body: SheetIn
) -> SheetOut:
    """Keep what one person filled in, as a draft, of the version that was read where that person has one already."""
    with work.changing(cohort) as transaction:
        is_member(work, transaction, cohort, school)
        known = _known_of(transaction, cohort, school, moment)
        before = _sheet(known, rater)
        if before is not None:
            work.must_match(*_sheet_parts(school, moment, before))
        row, draft = _draft_of(known) or _begun(work, transaction, cohort, school, moment, known)
        sheet = _read_sheet(draft, rater, body)
        made = matcher.save_sheet(draft, sheet)
        written(work, transaction, row, matcher.measurement_to_document(made), "sheet.saved")
    return _shape_of_sheet(made, sheet)


@action("coordinator", own="school")
def submit_measurement(work: Work, cohort: str, school: str, moment: Moment) -> MeasurementOut:
    """Submit the draft: from then on it is frozen, and a baseline counts for the pairs."""

    def effect(transaction: Transaction) -> MeasurementOut:
        work.hold(transaction, cohort)
        is_member(work, transaction, cohort, school)
        known = _known_of(transaction, cohort, school, moment)
        found = _draft_of(known)
        if found is None:
            if known:
                raise _frozen(work, moment)
            raise conflict("nothing_rated", "Er is nog niets ingevuld. Bewaar eerst een formulier.")
        row, draft = found
        made = matcher.submit_measurement(draft, now(), work.caller.by)
        row = written(work, transaction, row, matcher.measurement_to_document(made), "measurement.submitted")
        forget_reminder(work, transaction, cohort, school)
        webhooks.announce(transaction, "measurement.submitted", cohort, {"school": school, "moment": moment})
        return _shape_of(work, row, made, counts=True)

    return work.once({"submit": [school, moment]}, MeasurementOut, effect)


@action("coordinator")
def supersede_measurement(work: Work, cohort: str, school: str, moment: Moment, body: SupersedeIn) -> MeasurementOut:
    """Begin a measurement in the place of the submitted one, with the reason; the old one counts until then."""

    def effect(transaction: Transaction) -> MeasurementOut:
        work.hold(transaction, cohort)
        is_member(work, transaction, cohort, school)
        known = _known_of(transaction, cohort, school, moment)
        if _draft_of(known) is not None:
            raise conflict("draft_there", "Er is al een ontwerp. Werk dat af en dien het in.")
        current = _counting_of(known)
        if not current:
            raise conflict("nothing_submitted", "Er is nog niets ingediend om te vervangen.")
        old = next(one for _, one in known if one.id == current)
        made = matcher.replace_measurement(old, new_id("mea"), body.reason)
        row = PaperRow(cohort=cohort, kind="measurement", id=made.id, document={})
        row = written(work, transaction, row, matcher.measurement_to_document(made), "measurement.superseding")
        return _shape_of(work, row, made, counts=False)

    return work.once(body, MeasurementOut, effect)


def tag_of(cohort: str, one: MeasurementOut) -> str:
    """Give the ETag of a measurement."""
    return etag(one.version, cohort, "measurement", one.id)


def tag_of_sheet(school: str, moment: Moment, sheet: SheetOut) -> str:
    """Give the ETag of a sheet, made of what it holds."""
    return etag(*_sheet_parts(school, moment, sheet))


def _known_of(transaction: Transaction, cohort: str, school: str, moment: Moment) -> Known:
    """Give a school's measurements of a moment with their papers, the oldest first."""
    wanted = (school, moment)  # reading a document takes longer than looking whose it is
    its = [one for one in rows(transaction, cohort) if (one.document["school"], one.document["moment"]) == wanted]
    return [(row, matcher.measurement_from_document(row.document)) for row in its]


def _of_row(transaction: Transaction, cohort: str, school: str, moment: Moment) -> Known:
    """Give the baseline that a school's own row tells, where none was submitted."""
    own = next(
        (one for one in measurements.known(transaction, cohort) if one.school == school and is_listed(one)), None
    )
    if own is None or moment != "baseline":
        return []
    row = PaperRow(cohort=cohort, kind="measurement", id=own.id, document={}, changed_at=own.submitted_at)
    return [(row, own)]


def _draft_of(known: Known) -> tuple[PaperRow, matcher.Measurement] | None:
    """Give the draft among some measurements."""
    return next(((row, one) for row, one in known if not one.frozen), None)


def _shape_of(work: Work, row: PaperRow, one: matcher.Measurement, *, counts: bool) -> MeasurementOut:
    """Write a measurement; people's names for coordinators alone."""
    seen = one if work.is_trusted else matcher.without_raters(one)
    names = ("id", "school", "moment", "due", "submitted_at", "submitted_by", "replaces", "reason")
    values: dict[str, Any] = {name: getattr(seen, name) for name in names} | {
        "sheets": matcher.measurement_to_document(seen)["sheets"],
        "state": "submitted" if one.frozen else "draft",
        "counts": counts,
        "combined": [_combined(each) for each in matcher.combined_ratings(one).values()],
        "findings": findings(matcher.measurement_findings(seen, today())),
    }
    return MeasurementOut(**values, version=row.version, changed_at=row.changed_at)


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


def _counting_of(known: Known) -> str:
    """Give the id of the measurement that counts, empty where none was submitted."""
    values = [one for _, one in known]
    found = matcher.current_measurement(values, values[0].school, values[0].moment) if values else None
    return "" if found is None else found.id


def _sheet(known: Known, rater: str) -> SheetOut | None:
    found = _draft_of(known)
    if found is None:
        return None
    return next((_shape_of_sheet(found[1], one) for one in found[1].sheets if one.rater == rater), None)


def _shape_of_sheet(measurement: matcher.Measurement, sheet: matcher.RatingSheet) -> SheetOut:
    alone = replace(measurement, sheets=(sheet,))
    told = matcher.measurement_to_document(alone)["sheets"][0]
    remarks = findings(matcher.measurement_findings(alone, today()))
    return SheetOut(**told, measurement=measurement.id, findings=remarks)  # type: ignore[arg-type]


def _sheet_parts(school: str, moment: Moment, sheet: SheetOut) -> tuple[Any, ...]:
    ratings = {"rater": sheet.rater, "ratings": [one.model_dump() for one in sheet.ratings]}
    return 0, school, moment, tag_of_part(sheet.measurement, ratings)


def _read_sheet(draft: matcher.Measurement, rater: str, body: SheetIn) -> matcher.RatingSheet:
    """Read a body as a sheet; raises DocumentError (422) with the place in the body."""
    bare = replace(draft, sheets=())
    document = matcher.measurement_to_document(bare) | {"sheets": [body_document("", body, rater=rater)]}
    del document["sheets"][0]["format"]
    try:
        return matcher.measurement_from_document(document).sheets[0]
    except matcher.DocumentError as error:
        raise matcher.DocumentError(error.message, error.pointer.removeprefix("/sheets/0") or "/ratings") from error


def _begun(  # noqa: PLR0913, PLR0917 - of which school and moment
    work: Work, transaction: Transaction, cohort: str, school: str, moment: Moment, known: Known
) -> tuple[PaperRow, matcher.Measurement]:
    """Begin a draft; raises Problem 409 where the measurement was submitted."""
    if known:
        raise _frozen(work, moment)
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


def _frozen(work: Work, moment: Moment) -> Problem:
    """Answer that a measurement was submitted, and who may that it can be replaced."""
    replaced = " Vervang ze, met een reden." if work.is_trusted else ""
    return conflict("frozen", f"Deze {matcher.MOMENT_NAMES[moment]} is ingediend en ligt vast.{replaced}")
