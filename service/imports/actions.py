"""How are files handed in, looked at, mended and made real?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from service.core.errors import conflict, not_found
from service.core.etag import etag
from service.imports import store as imports
from service.imports.shapes import FindingOut
from service.jobs import store as jobs
from service.web.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.access.work import Work
    from service.database.engine import Transaction
    from service.imports.store import ImportRow

SHOWN = 1000


def row_of(work: Work, transaction: Transaction, cohort: str, key: str) -> ImportRow:
    """Give an import of a cohort that is the caller's; raises Problem 404."""
    work.cohort(transaction, cohort)
    row = imports.find(transaction, key, cohort)
    if row is None:
        raise not_found("Deze import")
    return row


def state_of(transaction: Transaction, row: ImportRow) -> tuple[str, str]:
    """Give an import's state, and why it failed where its job did."""
    job = jobs.find(transaction, row.job) if row.state == "reading" and row.job is not None else None
    return ("failed", job.failure) if job is not None and job.state in ("failed", "stopped") else (row.state, "")


def brief(transaction: Transaction, row: ImportRow) -> dict[str, Any]:
    """Write an import without what was found."""
    told = {"id": row.id, "state": state_of(transaction, row)[0], "files": imports.names(transaction, row.id)}
    more = {name: getattr(row, name) for name in ("job", "version", "created_at", "committed_at")}
    return told | more


def shown(transaction: Transaction, row: ImportRow) -> dict[str, Any]:
    """Write an import with what was found."""
    found: Mapping[str, Any] = row.preview or {}
    changes = found.get("changes", [])
    return brief(transaction, row) | {
        "failure": state_of(transaction, row)[1],
        "mapping": row.mapping,
        "fixes": row.fixes,
        "sentence": found.get("sentence", ""),
        "counts": found.get("counts", {}),
        "findings": [{name: one.get(name) for name in FindingOut.model_fields} for one in found.get("findings", [])],
        "total": found.get("total", 0),
        "tables": found.get("tables", []),
        "changes": [{name: one[name] for name in one if name != "version"} for one in changes[:SHOWN]],
        "changed": dict(Counter(one["action"] for one in changes)),
    }


def answer(transaction: Transaction, row: ImportRow, status: int = 200) -> Answer:
    """Write an import with its ETag and its address."""
    headers = {"ETag": etag(row.version, row.id), "Location": f"/v1/cohorts/{row.cohort}/imports/{row.id}"}
    return Answer(status, shown(transaction, row), headers)


def _open(work: Work, transaction: Transaction, cohort: str, key: str) -> ImportRow:
    """Give an import that can still change, of the version that was read; raises Problem 404, 409, 412 or 428."""
    row = row_of(work, transaction, cohort, key)
    work.must_match(row.version, row.id)
    if row.state == "committed":
        raise conflict("already_committed", "Deze import is al echt gemaakt. Begin een nieuwe.")
    return row


def _read(transaction: Transaction, row: ImportRow) -> Answer:
    """Have an import read by a worker."""
    job = jobs.enqueue(transaction, "read_import", cohort=row.cohort, target=row.id)
    imports.read_by(transaction, row, job)
    found = imports.find(transaction, row.id)
    return answer(transaction, found or row, 202)
