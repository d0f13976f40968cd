"""Which measurements does a cohort have? Drafts and those submitted, each a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matcher
from service.cohorts.documents import store as papers

if TYPE_CHECKING:
    from service.cohorts.documents.store import PaperRow
    from service.database.engine import Transaction


def rows(transaction: Transaction, cohort: str) -> list[PaperRow]:
    """Give all measurements as papers, the oldest first."""
    return papers.listed(transaction, cohort, "measurement")


def listed(transaction: Transaction, cohort: str) -> list[matcher.Measurement]:
    """Give all measurements as the matcher knows them, the oldest first."""
    return [matcher.measurement_from_document(row.document) for row in rows(transaction, cohort)]


def counting(transaction: Transaction, cohort: str, school: str) -> matcher.Measurement | None:
    """Give the newest submitted measurement that counts of a school: the final one, else the baseline."""
    known = listed(transaction, cohort)
    final = matcher.current_measurement(known, school, "final")
    return final or matcher.current_measurement(known, school, "baseline")


def without_people(transaction: Transaction, cohort: str, school: str | None, by: str) -> int:
    """Take the names of raters out of the measurements of one school or of all; give how many changed."""
    changed = 0
    for row in rows(transaction, cohort):
        one = matcher.measurement_from_document(row.document)
        bare = matcher.without_raters(one)
        if school in (None, one.school) and bare != one:
            document = matcher.measurement_to_document(bare)
            papers.put(transaction, cohort, "measurement", row.id, document, by)
            changed += 1
    return changed
