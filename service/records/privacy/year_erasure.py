"""How are people erased from a cohort's year? Applicants, raters, owners, jurors, notes; ratings and scores stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from service.cohorts.documents import store as papers
from service.cohorts.members.redaction import Redaction
from service.cohorts.members.store import Side
from service.database.engine import Transaction
from service.database.tables import application, paper
from service.measuring import store as measurements

People = tuple[tuple[Side, str | None], ...]

TIE = "band aangegeven"
SEALED = ("award_record",)
"""What is signed names people by number; a change would break the signature."""


def documents(transaction: Transaction, cohort: str) -> Iterator[Any]:
    """Give every document of the year that knows people by name."""
    yield from transaction.execute(sa.select(application.c.document).where(application.c.cohort == cohort)).scalars()


def erase_from_year(transaction: Transaction, cohort: str, people: People, redaction: Redaction, by: str) -> int:
    """Erase people from applications and papers; give how many documents changed."""
    changed = _clean_applications(transaction, cohort, redaction)
    for side, key in people:
        if side == "school":
            changed += measurements.without_people(transaction, cohort, key, by)
    for row in transaction.execute(sa.select(paper).where(paper.c.cohort == cohort)).mappings().all():
        if row["kind"] in SEALED:
            continue
        bare = redaction.clean(_without_people(dict(row), people))
        if bare != row["document"]:
            papers.put(transaction, cohort, row["kind"], row["id"], bare, by)
            changed += 1
    return changed


def _clean_applications(transaction: Transaction, cohort: str, redaction: Redaction) -> int:
    changed = 0
    mine = sa.select(application.c.id, application.c.document).where(application.c.cohort == cohort)
    for row in transaction.execute(mine).all():
        bare = redaction.clean(row.document)
        if bare != row.document:
            here = application.c.id == row.id
            values = {"document": bare, "version": application.c.version + 1}
            transaction.execute(sa.update(application).where(here).values(**values))
            changed += 1
    return changed


def _without_people(row: Mapping[str, Any], people: People) -> dict[str, Any]:
    """Take out those whom a paper names in words of its own."""
    document = dict(row["document"])
    whole = {side for side, key in people if key is None}
    if row["kind"] == "action_plan" and any(one in people for one in (("school", None), ("school", row["id"]))):
        document["goals"] = [_without_owners(one) for one in document["goals"]]
    elif row["kind"] == "reading":
        document["cells"] = {}  # texts of cells, which may name anybody
    elif row["kind"] == "outcome" and any(one in people for one in (("mentor", None), ("mentor", document["mentor"]))):
        document["stop_note"] = ""
    elif row["kind"] == "award" and whole == {"school", "mentor"}:
        document["jurors"] = [
            one | {"name": one["id"], "ties": dict.fromkeys(one["ties"], TIE)} for one in document["jurors"]
        ]
    return document


def _without_owners(goal: Mapping[str, Any]) -> dict[str, Any]:
    steps = [one | {"owner": ""} for one in goal["steps"]]
    return dict(goal) | {"owner": "", "steps": steps}
