"""What do all who write papers of a cohort's year share? Papers with their ETags, numbers, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from pydantic import BaseModel

import matcher
from service.access.work import Work
from service.cohorts.documents import store as papers
from service.cohorts.documents.store import ONLY, Kind, PaperRow
from service.cohorts.members import store as members
from service.core.errors import existing
from service.core.etag import etag
from service.database.engine import Transaction
from service.database.ids import digest
from service.web.answers import to_json
from service.web.shapes import Stamped
from service.web.values import RemarkOut

Written = TypeVar("Written", bound="Stamped")

DIGITS = 4


def paper_of(transaction: Transaction, cohort: str, kind: Kind, key: str, what: str) -> PaperRow:
    """Give a paper; raises Problem 404 that says what is not there."""
    return existing(papers.find(transaction, cohort, kind, key), what)


def or_empty(transaction: Transaction, cohort: str, kind: Kind, key: str, empty: Mapping[str, Any]) -> PaperRow:
    """Give a paper, or version 0 of one that nobody wrote yet."""
    found = papers.find(transaction, cohort, kind, key)
    return found or PaperRow(cohort=cohort, kind=kind, id=key, document=empty)


def tag_of(row: PaperRow) -> str:
    """Give the ETag of a paper."""
    return tag_of_version(row.version, *row.key)


def tag_of_version(version: int, cohort: str, kind: Kind, key: str = ONLY) -> str:
    """Give the ETag of a paper by what its shape tells."""
    return etag(version, cohort, kind, key)


def shaped(kind: type[Written], row: PaperRow, value: Mapping[str, Any]) -> Written:
    """Write a paper as its shape, with its version and when it was written."""
    return kind.model_validate(dict(value) | stamp_of(row))


def stamp_of(row: PaperRow) -> dict[str, Any]:
    """Give the version of a paper and when it was written, as every shape of one has them."""
    return {"version": row.version, "changed_at": row.changed_at}


def must_match(work: Work, row: PaperRow) -> None:
    """Refuse an edit of a paper that changed since it was read; raises Problem 412 or 428."""
    work.must_match(row.version, *row.key)


def written(work: Work, transaction: Transaction, row: PaperRow, document: Mapping[str, Any], action: str) -> PaperRow:
    """Write a paper in the place of what was there, and note it, with the school and mentor that it is about."""
    about = {name: document[name] for name in ("school", "mentor") if isinstance(document.get(name), str)}
    work.audit(transaction, action, row.id if row.id != ONLY else row.cohort, row.cohort, **about)
    return papers.put(transaction, row.cohort, row.kind, row.id, document, work.caller.by)


def is_member(work: Work, transaction: Transaction, cohort: str, school: str) -> str:
    """Give the name of a school of a cohort that is the caller's; raises Problem 404."""
    work.cohort(transaction, cohort)
    row = existing(members.find(transaction, "school", cohort, school), "Deze school")
    return str(row.document["name"])


def names_of(transaction: Transaction, cohort: str) -> dict[str, str]:
    """Give the names of a cohort's schools by number."""
    return {row.id: str(row.document["name"]) for row in members.listed(transaction, "school", cohort)}


def body_document(form: str, body: BaseModel, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - further members
    """Write a body as a document of the matcher, whose own reading then checks it."""
    return {"format": form} | body.model_dump(mode="json") | more


def short_key(*parts: str) -> str:
    """Make one id of several that together may be too long for one."""
    return digest("\n".join(parts))[:40]


def tag_of_part(*parts: object) -> str:
    """Make the version of a part of a paper out of what it holds."""
    return digest(to_json(list(parts)).decode())


def number(value: Fraction | None) -> float | None:
    """Write a fraction as a number of at most four decimals; None stays None."""
    return None if value is None else round(float(value), DIGITS)


def remarks_of(found: Iterable[matcher.Finding]) -> list[RemarkOut]:
    """Write what deserves a look; the column of a finding is the criterion it is about."""
    members = ("severity", "code", "message", "remedy")
    return [RemarkOut(criterion=one.column, **{name: getattr(one, name) for name in members}) for one in found]


def findings(found: Iterable[matcher.Finding]) -> list[dict[str, Any]]:
    """Write what deserves a look, in JSON."""
    return [one.model_dump() for one in remarks_of(found)]
