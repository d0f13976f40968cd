"""How is a measurement kept as a draft, submitted, replaced and read?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import matcher
from service.cohorts.documents.actions import body_document, findings, number, or_empty, tag_of_part
from service.cohorts.documents.store import ONLY, PaperRow
from service.core.errors import Problem, conflict
from service.core.etag import etag
from service.database.ids import new_id, today
from service.measuring.store import rows
from service.web.answers import Answer

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.measuring.shapes import Moment, SheetIn

SHEET_FORMAT = "in2stem-measurement/1"


Known = list[tuple[PaperRow, matcher.Measurement]]


def known_of(transaction: Transaction, cohort: str, school: str, moment: Moment) -> Known:
    """Give a school's measurements of a moment with their papers, the oldest first."""
    pairs = [(row, matcher.measurement_from_document(row.document)) for row in rows(transaction, cohort)]
    return [(row, one) for row, one in pairs if (one.school, one.moment) == (school, moment)]


def draft_of(known: Known) -> tuple[PaperRow, matcher.Measurement] | None:
    """Give the draft among some measurements."""
    return next(((row, one) for row, one in known if not one.frozen), None)


def shown(work: Work, row: PaperRow, one: matcher.Measurement, *, counts: bool) -> dict[str, Any]:
    """Write a measurement; people's names for coordinators alone."""
    seen = one if work.caller.role in ("coordinator", "admin") else matcher.without_raters(one)
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
