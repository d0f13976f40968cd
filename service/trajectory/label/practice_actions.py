"""What does a school show per key element of the label? Written by the school itself or by a coordinator."""

from __future__ import annotations

from typing import Final

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import is_member, must_match, or_empty, shaped, tag_of_version, written
from service.cohorts.documents.store import PaperRow
from service.core.errors import invalid
from service.database.engine import Transaction
from service.measuring import store as measurements
from service.trajectory.label.shapes import ElementEvidence, PracticesIn, PracticesOut

KIND: Final = "practices"


def practices_of(transaction: Transaction, cohort: str, school: str) -> tuple[matcher.Practice, ...]:
    """Give what a school shows, in the order of the key elements."""
    row = papers.find(transaction, cohort, KIND, school)
    told = row.document["practices"] if row is not None else ()
    return tuple(
        matcher.Practice(
            element=one["element"],
            what=one["what"],
            criteria=tuple(one["criteria"]),
            evidence=one["evidence"],
            links=tuple(one["links"]),
        )
        for one in told
    )


@action("coordinator", own="school")
def get_practices(work: Work, cohort: str, school: str) -> PracticesOut:
    """Give what a school shows per key element, and what its measurement names as evidence; version 0: nothing yet."""
    with work.reading() as transaction:
        is_member(work, transaction, cohort, school)
        row = or_empty(transaction, cohort, KIND, school, {"practices": []})
        return _shape_of(transaction, row)


@action("coordinator", own="school")
def replace_practices(work: Work, cohort: str, school: str, body: PracticesIn) -> PracticesOut:
    """Write what a school shows, in the place of the version that was read; an element without words is left out."""
    _check(body)
    with work.changing(cohort) as transaction:
        is_member(work, transaction, cohort, school)
        row = or_empty(transaction, cohort, KIND, school, {"practices": []})
        must_match(work, row)
        filled = [one for one in body.practices if one.what or one.evidence or one.links or one.criteria]
        told = [one.model_dump(mode="json") for one in sorted(filled, key=lambda one: one.element)]
        return _shape_of(transaction, written(work, transaction, row, {"practices": told}, "practices.changed"))


def _check(body: PracticesIn) -> None:
    """Refuse an element that comes twice, and criteria of another element; raises Problem 422."""
    seen: set[int] = set()
    for index, one in enumerate(body.practices):
        where = f"/practices/{index}"
        if one.element in seen:
            raise invalid(f"{where}/element", "twice", "Dit kernelement staat er al.")
        seen.add(one.element)
        if not set(one.criteria) <= set(matcher.criteria_of_element(one.element)):
            raise invalid(f"{where}/criteria", "other_element", "Kies criteria van dit kernelement.")


def tag_of(cohort: str, found: PracticesOut) -> str:
    """Give the ETag of what a school shows."""
    return tag_of_version(found.version, cohort, KIND, found.school)


def _shape_of(transaction: Transaction, row: PaperRow) -> PracticesOut:
    one = measurements.counting(transaction, row.cohort, row.id)
    told = [
        ElementEvidence(element=element, evidence=list(matcher.measured_evidence(one, element) if one else ()))
        for element in matcher.ELEMENTS
    ]
    return shaped(
        PracticesOut, row, dict(row.document) | {"school": row.id, "measured": told, "has_measurement": one is not None}
    )
