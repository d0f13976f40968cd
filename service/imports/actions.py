"""How are files handed in, looked at, mended and made real?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import matcher
from service.access import scope
from service.access.action import action
from service.access.work import Work
from service.core.errors import conflict, not_found, stale
from service.core.etag import etag
from service.database.engine import CollisionError, Transaction
from service.imports import reading_store as readings
from service.imports import store as imports
from service.imports.importing import become, mended
from service.imports.reading_store import Reading
from service.imports.shapes import ChangeOut, FallenOut, FindingOut, ImportBrief, ImportChange, ImportOut, LossOut
from service.imports.store import ImportRow
from service.jobs import store as jobs
from service.web.paging import page_of
from service.web.shapes import Page
from service.web.uploads import checked, fingerprint

SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Report:
    """The workbook with remarks of an import, and its ETag."""

    content: bytes
    tag: str


def tag_of(found: ImportOut | ImportBrief) -> str:
    """Give the ETag of an import."""
    return etag(found.version, found.id)


@action("coordinator")
def list_imports(work: Work, cohort: str, limit: int, cursor: str | None = None) -> Page[ImportBrief]:
    """Give a cohort's imports, the newest first."""
    with work.reading(cohort) as transaction:
        rows = imports.listed(transaction, cohort, cursor, limit + 1)
        return page_of(lambda row: ImportBrief(**_brief(transaction, row)), rows, limit, lambda row: row.id)


@action("coordinator")
def add_import(work: Work, cohort: str, files: Iterable[tuple[str, bytes]]) -> ImportOut:
    """Hand files in, each a name and its content, and have them read; nothing changes yet.

    Raises Problem 413, 415 or 422 for files that can't be read at all.
    """
    uploads = checked(files)

    def effect(transaction: Transaction) -> ImportOut:
        work.cohort(transaction, cohort)
        row = imports.add(transaction, cohort, uploads, work.caller.by)
        work.audit(transaction, "import.added", row.id, cohort)
        return _read(transaction, row)

    return work.once(fingerprint(uploads), ImportOut, effect)


@action("coordinator")
def get_import(work: Work, cohort: str, import_id: str) -> ImportOut:
    """Give an import with what was found; that this was read is noted."""
    with work.noting() as transaction:
        row = _row_of(work, transaction, cohort, import_id)
        if row.preview is not None:
            work.audit(transaction, "import.read", row.id, cohort)
        return _shown(transaction, row)


@action("coordinator")
def change_import(work: Work, cohort: str, import_id: str, body: ImportChange) -> ImportOut:
    """Mend cells, or say what a header or a cell means, in the version that was read; the files are read again.

    What is said of headers and cells is kept with the cohort, for every later import.
    """
    told = body.model_dump()
    with work.writing() as transaction:
        row = _open(work, transaction, cohort, import_id)
        scope.touch(transaction, cohort)
        known = readings.known(transaction, cohort)
        read = Reading(headers={key: dict(one) for key, one in row.mapping.items()}, cells=known.cells)
        read = readings.with_told(read, told["mapping"], told["answers"])
        readings.keep(transaction, cohort, read, work.caller.by)
        fixes = mended(row, body.fixes)
        if not imports.change(transaction, row, state="reading", mapping=read.headers, fixes=fixes):
            raise CollisionError
        counts = {"fixes": len(body.fixes), "headers": len(body.mapping), "answers": len(body.answers)}
        work.audit(transaction, "import.changed", row.id, cohort, **counts)
        return _read(transaction, _row_of(work, transaction, cohort, import_id))


@action("coordinator")
def commit_import(work: Work, cohort: str, import_id: str, *, replace: bool = False) -> ImportOut:
    """Make an import the cohort, of the version that was read, whole or not at all.

    Raises Problem 409 where most schools or mentors would go, unless that is told with `replace`.
    """

    def effect(transaction: Transaction) -> ImportOut:
        become(work, transaction, _open(work, transaction, cohort, import_id), replace=replace)
        return _shown(transaction, _row_of(work, transaction, cohort, import_id))

    return work.once(b"replace" if replace else b"", ImportOut, effect)


@action("coordinator")
def get_report(work: Work, cohort: str, import_id: str) -> Report:
    """Give the tables back with a column of remarks; raises Problem 409 while the files are still read."""
    with work.noting() as transaction:
        row = _row_of(work, transaction, cohort, import_id)
        content = imports.report(transaction, row.id)
        if content is None:
            raise conflict("still_reading", "De bestanden worden nog gelezen. Probeer het zo opnieuw.")
        work.audit(transaction, "import.report_read", row.id, cohort)
    return Report(content, etag(row.version, row.id))


@action("coordinator")
def remove_import(work: Work, cohort: str, import_id: str) -> None:
    """Throw an import of the version that was read away, with its files, unless it was made real."""
    with work.writing() as transaction:
        row = _open(work, transaction, cohort, import_id)
        if not imports.remove(transaction, row):
            raise stale()
        work.audit(transaction, "import.removed", row.id, cohort)


@action("coordinator")
def get_reading(work: Work, cohort: str) -> str:
    """Give how a cohort's files are read as the text of a `lezen.toml`, which the command line reads too."""
    with work.reading(cohort) as transaction:
        told = readings.known(transaction, cohort)
    return matcher.written_reading(told.headers, told.cells)


@action("coordinator")
def has_reading(work: Work, cohort: str) -> bool:
    """Tell whether anything was said of how a cohort's files are read."""
    with work.reading(cohort) as transaction:
        return readings.known(transaction, cohort) != Reading()


def _row_of(work: Work, transaction: Transaction, cohort: str, key: str) -> ImportRow:
    """Give an import of a cohort that is the caller's; raises Problem 404."""
    work.cohort(transaction, cohort)
    row = imports.find(transaction, key, cohort)
    if row is None:
        raise not_found("Deze import")
    return row


def _open(work: Work, transaction: Transaction, cohort: str, key: str) -> ImportRow:
    """Give an import that can still change, of the version that was read; raises Problem 404, 409, 412 or 428."""
    row = _row_of(work, transaction, cohort, key)
    work.must_match(row.version, row.id)
    if row.state == "committed":
        raise conflict("already_committed", "Deze import is al echt gemaakt. Begin een nieuwe.")
    return row


def _read(transaction: Transaction, row: ImportRow) -> ImportOut:
    """Have an import read by a worker."""
    job = jobs.enqueue(transaction, "read_import", cohort=row.cohort, target=row.id)
    imports.read_by(transaction, row, job)
    return _shown(transaction, imports.find(transaction, row.id) or row)


def _state_of(transaction: Transaction, row: ImportRow) -> tuple[str, str]:
    """Give an import's state, and why it failed where its job did."""
    job = jobs.find(transaction, row.job) if row.state == "reading" and row.job is not None else None
    return ("failed", job.failure) if job is not None and job.state in ("failed", "stopped") else (row.state, "")


def _brief(transaction: Transaction, row: ImportRow) -> dict[str, Any]:
    told = {"id": row.id, "state": _state_of(transaction, row)[0], "files": imports.names(transaction, row.id)}
    return told | {name: getattr(row, name) for name in ("job", "version", "created_at", "committed_at")}


def _shown(transaction: Transaction, row: ImportRow) -> ImportOut:
    found: Mapping[str, Any] = row.preview or {}
    changes = found.get("changes", [])
    return ImportOut(
        **_brief(transaction, row),
        failure=_state_of(transaction, row)[1],
        mapping={table: dict(told) for table, told in row.mapping.items()},
        fixes=[dict(one) for one in row.fixes],
        sentence=found.get("sentence", ""),
        counts=found.get("counts", {}),
        findings=[FindingOut(**_named(FindingOut, one)) for one in found.get("findings", [])],
        total=found.get("total", 0),
        tables=found.get("tables", []),
        changes=[ChangeOut(**_named(ChangeOut, one)) for one in changes[:SHOWN]],
        changed=dict(Counter(one["action"] for one in changes)),
        losses=[LossOut(**one) for one in found.get("losses", [])],
        fallen=[FallenOut(**one) for one in found.get("fallen", [])],
    )


def _named(shape: type[FindingOut | ChangeOut], one: Mapping[str, Any]) -> dict[str, Any]:
    """Take what a shape tells; what was kept before a field was there lacks it."""
    return {name: one.get(name) for name, told in shape.model_fields.items() if name in one or told.is_required()}
