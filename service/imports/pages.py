"""How do spreadsheets come in? Dropped, looked at, mended in place, and taken over in one go."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

import matcher
from service.access.permissions import access
from service.core.errors import Problem
from service.imports import duplicates, exclusions, findings
from service.web.call import Called
from service.web.pages.dutch_format import counted
from service.web.pages.forms import Form, read_form, version_of
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.strict import read_back

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

routes = pages("/cohorten/{cohort}")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEVERITIES = ("error", "warning", "note")
TABLES = ("Scholen", "Mentoren", "Afspraken")


@routes.get("/gegevens", openapi_extra=access("viewer"))
async def show_data(call: Called, cohort: Key) -> Response:
    """Show where to drop files, and what there is already."""
    return await _data(call, cohort, None)


async def _data(call: Called, cohort: str, problem: Problem | None) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    row = await api.get(base)
    may = call.caller.role != "viewer"
    imports = (await api.get(f"{base}/imports", limit=10))["items"] if may else []
    return page(
        call.request,
        "gegevens.html",
        status=problem.status if problem else 200,
        cohort=row,
        imports=imports,
        schools=len(await api.items(f"{base}/schools")),
        mentors=len(await api.items(f"{base}/mentors")),
        tables=[(name, matcher.columns(name)) for name in TABLES[:2]],
        problem=problem,
    )


@routes.get("/gegevens/sjabloon.xlsx", openapi_extra=access("viewer"))
def get_template(call: Called, cohort: Key) -> Response:
    """Give an empty workbook with all columns."""
    del call, cohort
    headers = {"Content-Disposition": 'attachment; filename="in2stem-sjabloon.xlsx"'}
    return Response(matcher.book_template(), headers=headers, media_type=XLSX)


@routes.post("/gegevens", openapi_extra=access("coordinator"))
async def hand_in(call: Called, cohort: Key) -> Response:
    """Hand files in; they are read, and nothing changes yet."""
    form = await read_form(call.request)
    body, kind = _multipart(form.files)
    try:
        headers = {"Content-Type": kind} | ({"Idempotency-Key": form["eenmaal"]} if form["eenmaal"] else {})
        made = await Inside(call).tell("POST", f"/v1/cohorts/{cohort}/imports", body, headers=headers)
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR or problem.status == HTTPStatus.NOT_FOUND:
            raise
        return await _data(call, cohort, problem)
    return go(f"/cohorten/{cohort}/gegevens/{made.value['id']}")


def _multipart(files: Sequence[tuple[str, str, bytes]]) -> tuple[bytes, str]:
    """Write files as the API takes them (RFC 7578); names are quoted as browsers do."""
    border = secrets.token_hex(16)
    parts = []
    for _, name, content in files:
        safe = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{safe}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n")
    return b"".join(parts) + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"


@routes.get("/gegevens/{import_id}", openapi_extra=access("coordinator"))
async def show_import(call: Called, cohort: Key, import_id: Key) -> Response:
    """Show what was found in the files."""
    return await _import(call, cohort, import_id)


async def _import(
    call: Called,
    cohort: str,
    import_id: str,
    *,
    form: Form | None = None,
    problem: Problem | None = None,
) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    shown = call.request.query_params.get("ernst", "")
    row = await api.get(base)
    told = await api.tell("GET", f"{base}/imports/{import_id}")
    found = told.value
    typed = {name: form[name] for name in form.values} if form else {}
    seen = findings.on_page(found, typed)
    worst_first = sorted(seen, key=lambda one: SEVERITIES.index(one["severity"]))
    chosen = [one for one in worst_first if not shown or one["severity"] == shown]
    return page(
        call.request,
        "inlezen.html",
        status=problem.status if problem else 200,
        cohort=row,
        found=found,
        version=version_of(told.version, form, problem),
        typed=typed,
        mend=exclusions.with_offers(
            findings.once_a_cell(one for one in chosen if one["code"] not in duplicates.CODES), found["tables"]
        ),
        double=duplicates.with_choices(
            findings.once_a_cell(one for one in chosen if one["code"] in duplicates.CODES),
        ),
        left_out=exclusions.left_out(found),
        tables=findings.with_choices(found["tables"], found["findings"]),
        severity=shown,
        severities={name: sum(one["severity"] == name for one in seen) for name in SEVERITIES},
        columns={name: matcher.columns(name) for name in TABLES},
        named=await _names(api, base, found["changes"]),
        problem=problem,
    )


async def _names(api: Inside, base: str, changes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Give the names of schools that the cohort has already and the import changes."""
    if all(one["action"] == "added" for one in changes):
        return {}
    return {one["id"]: one["name"] for one in await api.items(f"{base}/schools")}


@routes.post("/gegevens/{import_id}", openapi_extra=access("coordinator"))
async def mend(call: Called, cohort: Key, import_id: Key) -> Response:
    """Mend cells, or say what a header means; the files are read again."""
    form, api = await read_form(call.request), Inside(call)
    path, here = f"/v1/cohorts/{cohort}/imports/{import_id}", f"/cohorten/{cohort}/gegevens/{import_id}"
    gone, kept, mapping = exclusions.parts_of(form, "weg-"), exclusions.parts_of(form, "houd-"), _mapping(form)
    fixes = [
        one for one in _fixes(form) if not {(one["file"], one["sheet"], row) for row in (one["row"], None)} & {*gone}
    ]
    mended = len(fixes) + len(mapping) + len(gone) + len(kept)
    if not mended:
        return with_message(go(here), "Er is niets veranderd.")
    fixes += exclusions.fixes_of(gone, "") + exclusions.fixes_of(kept, None)
    try:
        await api.edit("PATCH", path, {"fixes": fixes, "mapping": mapping}, version=form["versie"])
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR or problem.status == HTTPStatus.NOT_FOUND:
            raise
        return await _import(call, cohort, import_id, form=form, problem=problem)
    return with_message(go(here), f"{counted(mended, 'verbetering', 'verbeteringen')} toegepast.")


def _fixes(form: Form) -> list[dict[str, Any]]:
    """Give the cells whose text was changed; what was only proposed counts with the button that says so."""
    fixes = []
    for name in form.values:
        kind, _, place = name.partition("-")
        if kind != "cel":
            continue
        try:
            cell = read_back(form[name])
            was, proposal = cell.pop("was"), cell.pop("proposal")
        except (KeyError, AttributeError, TypeError) as error:
            raise Problem(
                HTTPStatus.BAD_REQUEST, "bad_form", "Dit formulier is onleesbaar. Laad het opnieuw."
            ) from error
        text = form[f"tekst-{place}"].strip()
        if text != was and (text != proposal or form["voorstellen"]):
            fixes.append(cell | {"value": text})
    return fixes


def _mapping(form: Form) -> list[dict[str, Any]]:
    """Give the headers whose column was chosen anew; the field's name holds the table, the header, and what it was."""
    told = []
    for name in form.values:
        kind, _, rest = name.partition("|")
        if kind == "kop":
            table, _, more = rest.partition("|")
            was, _, header = more.partition("|")
            if form[name] != was:
                told.append({"table": table, "header": header, "column": form[name]})
    return told


@routes.post("/gegevens/{import_id}/overnemen", openapi_extra=access("coordinator"))
async def commit(call: Called, cohort: Key, import_id: Key) -> Response:
    """Take the import over, whole or not at all."""
    form, path = await read_form(call.request), f"/v1/cohorts/{cohort}/imports/{import_id}"
    headers = {"If-Match": form["versie"], "Idempotency-Key": f"{import_id}-{form['versie'][1:13]}"}
    try:
        told = await Inside(call).tell("POST", f"{path}/commit", headers=headers)
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR or problem.status == HTTPStatus.NOT_FOUND:
            raise
        return await _import(call, cohort, import_id, form=form, problem=problem)
    counts = told.value["counts"]
    schools = counted(counts["schools"], "school", "scholen")
    mentors = counted(counts["mentors"], "mentor", "mentoren")
    return with_message(go(f"/cohorten/{cohort}/controle"), f"{schools} en {mentors} overgenomen.")


@routes.post("/gegevens/{import_id}/weg", openapi_extra=access("coordinator"))
async def discard(call: Called, cohort: Key, import_id: Key) -> Response:
    """Throw an import away that was not taken over."""
    form = await read_form(call.request)
    await Inside(call).edit("DELETE", f"/v1/cohorts/{cohort}/imports/{import_id}", version=form["versie"])
    return with_message(
        go(f"/cohorten/{cohort}/gegevens"), "De bestanden zijn weggegooid; de cohorte is niet gewijzigd."
    )


@routes.get("/gegevens/{import_id}/opmerkingen.xlsx", openapi_extra=access("coordinator"))
async def get_report(call: Called, cohort: Key, import_id: Key) -> Response:
    """Give the same tables with a column of remarks."""
    told = await Inside(call).tell("GET", f"/v1/cohorts/{cohort}/imports/{import_id}/report")
    headers = {"Content-Disposition": 'attachment; filename="met-opmerkingen.xlsx"'}
    return Response(told.value, headers=headers, media_type=XLSX)
