"""How do a cohort's files come in: handed in, looked at, mended, and made real in one go?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import File, Response, UploadFile

from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.api.cohorts import Cursor, Limit
from service.api.importing import become, mended
from service.errors import Problem, conflict, not_found, stale
from service.store import imports, jobs
from service.store.database import Transaction
from service.store.imports import ImportRow
from service.wire.answers import Answer, etag
from service.wire.imports import FindingOut, ImportBrief, ImportChange, ImportOut
from service.wire.shapes import EDITED, Key, Page
from service.wire.uploads import fingerprint, kept

routes = router("/v1/cohorts/{cohort}/imports", "imports")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 1000
Files = Annotated[list[UploadFile] | None, File(description="scholen.csv en mentoren.csv, of één werkboek.")]


def row_of(call: Call, transaction: Transaction, cohort: str, key: str) -> ImportRow:
    """Give an import of a cohort that is the caller's; raises Problem 404."""
    call.cohort(transaction, cohort)
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


@routes.get("", response_model=Page[ImportBrief], openapi_extra=access("coordinator"))
def list_imports(call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Geef de imports, de nieuwste eerst."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = imports.listed(transaction, cohort, cursor, limit + 1)
        items = [brief(transaction, row) for row in rows[:limit]]
    return Answer(200, {"items": items, "next": rows[limit - 1].id if len(rows) > limit else None}).response()


@routes.post("", response_model=ImportOut, status_code=202, openapi_extra=access("coordinator"))
def add_import(call: Called, cohort: Key, files: Files = None) -> Response:
    """Geef bestanden in om te lezen. Er verandert nog niets; volg de import tot ze klaar is."""
    if not call.request.headers.get("content-type", "").startswith("multipart/form-data"):
        detail = "Stuur de bestanden als multipart/form-data, in het veld «files»."
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_media_type", detail)
    uploads = kept(files or ())

    def effect(transaction: Transaction) -> Answer:
        call.cohort(transaction, cohort)
        row = imports.add(transaction, cohort, uploads, call.caller.by)
        call.audit(transaction, "import.added", row.id, cohort)
        return _read(transaction, row)

    return call.once(fingerprint(uploads), effect)


@routes.get("/{import_id}", response_model=ImportOut, openapi_extra=access("coordinator"))
def get_import(call: Called, cohort: Key, import_id: Key) -> Response:
    """Geef een import: bevindingen, aantallen, kolommen, cellen, en wat ze zou veranderen."""
    with call.database.write() as transaction:
        row = row_of(call, transaction, cohort, import_id)
        if row.preview is not None:
            call.audit(transaction, "import.read", row.id, cohort)
        told = answer(transaction, row)
    return told.response()


@routes.patch(
    "/{import_id}", response_model=ImportOut, status_code=202, openapi_extra=access("coordinator"), responses=EDITED
)
def change_import(call: Called, cohort: Key, import_id: Key, body: ImportChange) -> Response:
    """Verbeter cellen of zeg welke kolom een kop betekent; de bestanden worden opnieuw gelezen."""
    with call.database.write() as transaction:
        row = _open(call, transaction, cohort, import_id)
        mapping, fixes = mended(row, body)
        if not imports.change(transaction, row, state="reading", mapping=mapping, fixes=fixes):
            raise conflict("collision", "Iemand was u net voor. Haal het opnieuw op.")
        call.audit(transaction, "import.changed", row.id, cohort, fixes=len(body.fixes), headers=len(body.mapping))
        told = _read(transaction, row_of(call, transaction, cohort, import_id))
    return told.response()


@routes.post("/{import_id}/commit", response_model=ImportOut, openapi_extra=access("coordinator"), responses=EDITED)
def commit_import(call: Called, cohort: Key, import_id: Key) -> Response:
    """Maak de import echt, in één keer of niet; If-Match zegt welke voorvertoning u gezien hebt."""

    def effect(transaction: Transaction) -> Answer:
        row = _open(call, transaction, cohort, import_id)
        become(call, transaction, row)
        return answer(transaction, row_of(call, transaction, cohort, import_id))

    return call.once(b"", effect)


@routes.get(
    "/{import_id}/report",
    response_class=Response,
    responses={200: {"content": {XLSX: {}}}},
    openapi_extra=access("coordinator"),
)
def get_report(call: Called, cohort: Key, import_id: Key) -> Response:
    """Geef de tabellen terug als werkboek, met een kolom Opmerking."""
    with call.database.write() as transaction:
        row = row_of(call, transaction, cohort, import_id)
        content = imports.report(transaction, row.id)
        if content is None:
            raise conflict("still_reading", "De bestanden worden nog gelezen. Probeer het zo opnieuw.")
        call.audit(transaction, "import.report_read", row.id, cohort)
    headers = {"Content-Disposition": f'attachment; filename="{row.id}.xlsx"', "ETag": etag(row.version, row.id)}
    return Response(content, 200, headers, media_type=XLSX)


@routes.delete("/{import_id}", status_code=204, openapi_extra=access("coordinator"), responses=EDITED)
def remove_import(call: Called, cohort: Key, import_id: Key) -> Response:
    """Gooi een import weg die niet echt gemaakt is."""
    with call.database.write() as transaction:
        row = _open(call, transaction, cohort, import_id)
        if not imports.remove(transaction, row):
            raise stale()
        call.audit(transaction, "import.removed", row.id, cohort)
    return Answer(204).response()


def _open(call: Call, transaction: Transaction, cohort: str, key: str) -> ImportRow:
    """Give an import that can still change, of the version that was read; raises Problem 404, 409, 412 or 428."""
    row = row_of(call, transaction, cohort, key)
    call.must_match(row.version, row.id)
    if row.state == "committed":
        raise conflict("already_committed", "Deze import is al echt gemaakt. Begin een nieuwe.")
    return row


def _read(transaction: Transaction, row: ImportRow) -> Answer:
    """Have an import read by a worker."""
    job = jobs.enqueue(transaction, "read_import", cohort=row.cohort, target=row.id)
    imports.read_by(transaction, row, job)
    found = imports.find(transaction, row.id)
    return answer(transaction, found or row, 202)
