"""How do a cohort's files come in: handed in, looked at, mended, made real in one go? And how are they to be read?"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import File, Query, Response, UploadFile

from service.access.permissions import access
from service.core.addresses import path_to, saved_as
from service.core.errors import Problem
from service.imports import actions
from service.imports.shapes import ImportBrief, ImportChange, ImportOut
from service.web.answers import XLSX, file_answer
from service.web.call import Call, Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.uploads import contents

routes = router("/v1/cohorts/{cohort}/imports", "imports")
reading = router("/v1/cohorts/{cohort}/reading", "imports")
AS_KEPT: dict[str, Any] = {"response_model_exclude_unset": True}
"""What was found before a field was told lacks it."""

Files = Annotated[list[UploadFile] | None, File(description="scholen.csv en mentoren.csv, of één werkboek.")]

Replace = Annotated[bool, Query(description="Ja: ook als de meeste scholen of mentoren verdwijnen (zie losses).")]


def _placed(call: Call, cohort: str, found: ImportOut) -> ImportOut:
    call.tell(etag=actions.tag_of(found), location=path_to("/v1/cohorts/{}/imports/{}", cohort, found.id))
    return found


@routes.get("", openapi_extra=access(actions.list_imports))
def list_imports(call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None) -> Page[ImportBrief]:
    """Geef de imports, de nieuwste eerst."""
    return actions.list_imports(call.work, cohort, limit, cursor)


@routes.post("", status_code=202, openapi_extra=access(actions.add_import), **AS_KEPT)
def add_import(call: Called, cohort: Key, files: Files = None) -> ImportOut:
    """Geef bestanden in om te lezen. Er verandert nog niets; volg de import tot ze klaar is."""
    if not call.request.headers.get("content-type", "").startswith("multipart/form-data"):
        detail = "Stuur de bestanden als multipart/form-data, in het veld «files»."
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_media_type", detail)
    return _placed(call, cohort, actions.add_import(call.work, cohort, contents(files or ())))


@routes.get("/{import_id}", openapi_extra=access(actions.get_import), **AS_KEPT)
def get_import(call: Called, cohort: Key, import_id: Key) -> ImportOut:
    """Geef een import: bevindingen, aantallen, kolommen, cellen, en wat ze zou veranderen."""
    return _placed(call, cohort, actions.get_import(call.work, cohort, import_id))


@routes.patch("/{import_id}", status_code=202, openapi_extra=access(actions.change_import), **AS_KEPT)
def change_import(call: Called, cohort: Key, import_id: Key, body: ImportChange) -> ImportOut:
    """Verbeter cellen of zeg welke kolom een kop betekent; de bestanden worden opnieuw gelezen."""
    return _placed(call, cohort, actions.change_import(call.work, cohort, import_id, body))


@routes.post("/{import_id}/commit", openapi_extra=access(actions.commit_import), **AS_KEPT)
def commit_import(call: Called, cohort: Key, import_id: Key, replace: Replace = False) -> ImportOut:  # noqa: FBT002
    """Maak de import echt, in één keer of niet; If-Match zegt welke voorvertoning u gezien hebt."""
    return _placed(call, cohort, actions.commit_import(call.work, cohort, import_id, replace=replace))


@routes.get(
    "/{import_id}/report",
    response_class=Response,
    responses={200: {"content": {XLSX: {}}}},
    openapi_extra=access(actions.get_report),
)
def get_report(call: Called, cohort: Key, import_id: Key) -> Response:
    """Geef de tabellen terug als werkboek, met een kolom Opmerking."""
    report = actions.get_report(call.work, cohort, import_id)
    headers = {"Content-Disposition": saved_as(f"{import_id}.xlsx"), "ETag": report.tag}
    return Response(report.content, 200, headers, media_type=XLSX)


@routes.delete("/{import_id}", status_code=204, openapi_extra=access(actions.remove_import))
def remove_import(call: Called, cohort: Key, import_id: Key) -> None:
    """Gooi een import weg die niet echt gemaakt is."""
    actions.remove_import(call.work, cohort, import_id)


TOML = "application/toml"


@reading.get(
    "",
    response_class=Response,
    responses={200: {"content": {TOML: {}}}},
    openapi_extra=access(actions.get_reading),
)
def get_reading(call: Called, cohort: Key) -> Response:
    """Geef hoe de bestanden van deze cohorte gelezen worden, als lezen.toml voor naast de bestanden."""
    return file_answer(actions.get_reading(call.work, cohort), "lezen.toml", TOML)
