"""Which measurements does a cohort have? Drafts and those submitted, each a paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matcher
from service.cohorts.documents import store as papers
from service.cohorts.documents.store import PaperRow
from service.cohorts.members import store as members
from service.cohorts.members.store import MemberRow
from service.core.content_cache import Newest
from service.database.engine import Transaction

TOLD = Newest(16)
"""What the rows of schools told of the cohorts that were looked at last: a page asks it several times."""

LISTED = "schoollijst"
"""Who rated where a school's row holds the baseline."""


def rows(transaction: Transaction, cohort: str) -> list[PaperRow]:
    """Give all measurements as papers, the oldest first."""
    return papers.listed(transaction, cohort, "measurement")


def listed(transaction: Transaction, cohort: str) -> list[matcher.Measurement]:
    """Give all measurements as the matcher knows them, the oldest first."""
    return [matcher.measurement_from_document(row.document) for row in rows(transaction, cohort)]


def known(transaction: Transaction, cohort: str) -> list[matcher.Measurement]:
    """Give all measurements, and as a submitted one the baseline of each school whose own row alone tells it."""
    papers_of = listed(transaction, cohort)
    measured = {one.school for one in papers_of if one.frozen and one.moment == "baseline"}
    told = TOLD.of(cohort, members.texts(transaction, "school", cohort), _told)
    return [*papers_of, *(one for one in told if one.school not in measured)]


def _told(texts: list[tuple[Any, ...]]) -> list[matcher.Measurement]:
    """Give the baselines that schools' own rows tell."""
    rows = (members.of_text("school", one) for one in texts)
    return [one for row in rows if (one := of_row(row)) is not None]


def of_row(row: MemberRow) -> matcher.Measurement | None:
    """Give the baseline that a school's own row tells, as it came in with a list or a form; None for none."""
    ratings = matcher.school_from_document(row.document).baseline
    if not ratings:
        return None
    told = tuple(matcher.Rating(criterion=code, value=value) for code, value in ratings.items())
    sheet = matcher.RatingSheet(rater=LISTED, ratings=told)
    key = f"{LISTED}-{row.id}"
    return matcher.Measurement(
        id=key, school=row.id, moment="baseline", sheets=(sheet,), submitted_at=row.changed_at, submitted_by=LISTED
    )


def is_listed(one: matcher.Measurement) -> bool:
    """Whether a measurement is what a school's own row tells."""
    return one.submitted_by == LISTED


def counting(transaction: Transaction, cohort: str, school: str) -> matcher.Measurement | None:
    """Give the newest submitted measurement that counts of a school: the final one, else the baseline."""
    return counting_of(known(transaction, cohort), school)


def counting_of(found: Sequence[matcher.Measurement], school: str) -> matcher.Measurement | None:
    """Give the newest submitted measurement that counts of a school, of all that are known."""
    final = matcher.current_measurement(found, school, "final")
    return final or matcher.current_measurement(found, school, "baseline")


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
