"""How do a cohort's files come in: handed in, looked at, mended, and made real in one go?"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import File, Response, UploadFile

from service.access.permissions import access
from service.core.errors import Problem, conflict, stale
from service.core.etag import etag
from service.database.engine import Transaction
from service.imports import store as imports
from service.imports.actions import _open, _read, answer, brief, row_of
from service.imports.importing import become, mended
from service.imports.shapes import ImportBrief, ImportChange, ImportOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import EDITED, Key, Page
from service.web.uploads import fingerprint, kept

routes = router("/v1/cohorts/{cohort}/imports", "imports")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Files = Annotated[list[UploadFile] | None, File(description="scholen.csv en mentoren.csv, of één werkboek.")]


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
        row = row_of(call.work, transaction, cohort, import_id)
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
        row = _open(call.work, transaction, cohort, import_id)
        mapping, fixes = mended(row, body)
        if not imports.change(transaction, row, state="reading", mapping=mapping, fixes=fixes):
            raise conflict("collision", "Iemand was u net voor. Haal het opnieuw op.")
        call.audit(transaction, "import.changed", row.id, cohort, fixes=len(body.fixes), headers=len(body.mapping))
        told = _read(transaction, row_of(call.work, transaction, cohort, import_id))
    return told.response()


@routes.post("/{import_id}/commit", response_model=ImportOut, openapi_extra=access("coordinator"), responses=EDITED)
def commit_import(call: Called, cohort: Key, import_id: Key) -> Response:
    """Maak de import echt, in één keer of niet; If-Match zegt welke voorvertoning u gezien hebt."""

    def effect(transaction: Transaction) -> Answer:
        row = _open(call.work, transaction, cohort, import_id)
        become(call.work, transaction, row)
        return answer(transaction, row_of(call.work, transaction, cohort, import_id))

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
        row = row_of(call.work, transaction, cohort, import_id)
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
        row = _open(call.work, transaction, cohort, import_id)
        if not imports.remove(transaction, row):
            raise stale()
        call.audit(transaction, "import.removed", row.id, cohort)
    return Answer(204).response()
