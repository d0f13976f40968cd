"""How do spreadsheets come in? Dropped, looked at, mended in place, and taken over in one go."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Response

import matcher
from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.cohort.file_names import file_name
from service.cohorts.members.actions import all_members, count_members
from service.cohorts.members.kinds import MENTOR, SCHOOL
from service.core.addresses import path_to
from service.core.errors import Problem
from service.imports import actions, column_step, duplicates, exclusions, findings
from service.imports.column_names import TABLES, heading
from service.imports.shapes import ImportChange, ImportOut
from service.web.answers import file_answer
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import counted, listed
from service.web.pages.forms import UNREADABLE, Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.strict import read_back

routes = pages("/cohorten/{cohort}")

SEVERITIES = ("error", "warning", "note")

COUNTED = (
    ("Scholen", "schools", "school", "scholen"),
    ("Mentoren", "mentors", "mentor", "mentoren"),
    ("Afspraken", "agreements", "afspraak", "afspraken"),
)
SHOWN = 10
"""So many imports are listed."""


@routes.get("/gegevens", openapi_extra=access(count_members))
def show_data(call: Called, cohort: Key) -> Response:
    """Show where to drop files, and what there is already."""
    return _data(call, cohort, None)


def _data(call: Call, cohort: str, problem: Problem | None) -> Response:
    with call.work.together() as work:
        row = get_cohort(work, cohort)
        imports = actions.list_imports(work, cohort, SHOWN).items if work.is_trusted else []
        schools, mentors = count_members(work, cohort, SCHOOL), count_members(work, cohort, MENTOR)
    return page(
        call.request,
        "gegevens.html",
        status=problem.status if problem else 200,
        cohort=row,
        imports=imports,
        heading=heading,
        tags={one.id: actions.tag_of(one) for one in imports},
        schools=schools,
        mentors=mentors,
        tables=[(name, matcher.columns(name)) for name in TABLES[:2]],
        problem=problem,
    )


@routes.get("/gegevens/sjabloon.xlsx", openapi_extra=access(count_members))
def get_template(call: Called, cohort: Key) -> Response:
    """Give an empty workbook with all columns."""
    del call, cohort
    return file_answer(matcher.book_template(), "in2stem-sjabloon.xlsx")


@routes.get("/gegevens/lezen.toml", openapi_extra=access(actions.get_reading))
def get_reading(call: Called, cohort: Key) -> Response:
    """Give what was said of columns and cells, for beside the files."""
    return file_answer(actions.get_reading(call.work, cohort), "lezen.toml", "application/toml")


@routes.post("/gegevens", openapi_extra=access(actions.add_import))
def hand_in(call: Called, cohort: Key, form: Sent) -> Response:
    """Hand files in; they are read, and nothing changes yet."""
    files = [(name, content) for _, name, content in form.files]

    def act() -> Response:
        made = actions.add_import(call.sent(form["eenmaal"]), cohort, files)
        return go(path_to("/cohorten/{}/gegevens/{}", cohort, made.id))

    return or_again(act, lambda problem: _data(call, cohort, problem), *UNREADABLE)


@routes.get("/gegevens/{import_id}", openapi_extra=access(actions.get_import))
def show_import(call: Called, cohort: Key, import_id: Key) -> Response:
    """Show what was found in the files."""
    return _import(call, cohort, import_id, None)


def _import(call: Call, cohort: str, import_id: str, refused: tuple[Form, Problem | None] | None) -> Response:
    form, problem = refused or (None, None)
    with call.work.together() as work:
        row, told = get_cohort(work, cohort), actions.get_import(work, cohort, import_id)
        named, is_told = _names(work, cohort, told), actions.has_reading(work, cohort)
    found = told.model_dump()
    shown = form["ernst"] if form and form["ernst"] else call.request.query_params.get("ernst", "")
    shown = shown if shown in SEVERITIES else ""
    typed = {name: form[name] for name in form.values} if form else {}
    seen = [one for one in findings.on_page(found, typed) if one["code"] not in findings.OF_A_HEADER]
    worst_first = sorted(seen, key=lambda one: SEVERITIES.index(one["severity"]))
    chosen = [one for one in worst_first if not shown or one["severity"] == shown]
    cells = findings.grouped(one for one in chosen if one["code"] not in duplicates.CODES)
    return page(
        call.request,
        "inlezen.html",
        status=problem.status if problem else 200,
        cohort=row,
        found=found,
        version=version_of(actions.tag_of(told), form, problem),
        typed=typed,
        step=column_step.step_of(found, form["stap"] if form else call.request.query_params.get("stap", "")),
        mend=findings.by_sheet(exclusions.with_offers(findings.once_a_cell(cells), found["tables"])),
        carried=findings.carried(typed, {one["place"] for one in chosen}),
        double=duplicates.with_choices(
            findings.once_a_cell(one for one in chosen if one["code"] in duplicates.CODES),
        ),
        of_columns=column_step.open_questions(found["findings"]),
        left_out=exclusions.left_out(found),
        tables=column_step.with_choices(found),
        severity=shown,
        severities={name: sum(one["severity"] == name for one in seen) for name in SEVERITIES},
        columns={name: matcher.columns(name) for name in TABLES},
        heading=heading,
        named=named,
        is_told=is_told,
        problem=problem,
    )


def _names(work: Work, cohort: str, found: ImportOut) -> dict[str, str]:
    """Give the names of schools that the cohort has already and the import changes."""
    if all(one.action == "added" for one in found.changes):
        return {}
    return {one.id: one.name for one in all_members(work, cohort, SCHOOL)}


@routes.post("/gegevens/{import_id}", openapi_extra=access(actions.change_import))
def mend(call: Called, cohort: Key, import_id: Key, form: Sent) -> Response:
    """Mend cells, or say what a header means; the files are read again."""
    here = path_to("/cohorten/{}/gegevens/{}", cohort, import_id)
    if form["ernst"]:  # only what is shown changes: what was typed stays, and waits
        return _import(call, cohort, import_id, (form, None))
    gone, kept = exclusions.parts_of(form, "weg-"), exclusions.parts_of(form, "houd-")
    mapping, (fixes, answers) = column_step.mapping_of(form), _texts(form, gone)
    mended = len(fixes) + len(answers) + len(mapping) + len(gone) + len(kept)
    if not mended and form["stap"] == column_step.COLUMNS:
        return go(f"{here}?stap={column_step.CELLS}")
    if not mended:
        return with_message(go(here), "Er is niets veranderd.")
    fixes += exclusions.fixes_of(gone, "") + exclusions.fixes_of(kept, None)

    def act() -> Response:
        body = read_shape(ImportChange, {"fixes": fixes, "mapping": mapping, "answers": answers})
        actions.change_import(call.sent("", form["versie"]), cohort, import_id, body)
        return with_message(go(here), f"{counted(mended, 'verbetering', 'verbeteringen')} toegepast.")

    return or_again(
        act, lambda problem: _import(call, cohort, import_id, (form, problem)), HTTPStatus.PRECONDITION_REQUIRED
    )


def _texts(form: Form, gone: Sequence[exclusions.Part]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give the texts that were changed, for one cell and for all that say the same; not of rows that go.

    What was only proposed counts with the button that says so.
    """
    fixes, answers = [], []
    for name in form.values:
        kind, _, place = name.partition("-")
        if kind != "cel":
            continue
        try:
            cell = read_back(form[name])
            was, proposal, table = cell.pop("was"), cell.pop("proposal"), cell.pop("table")
            parts = {(cell["file"], cell["sheet"], row) for row in (cell["row"], None)}
        except (KeyError, AttributeError, TypeError) as error:
            raise Problem(
                HTTPStatus.BAD_REQUEST, "bad_form", "Dit formulier is onleesbaar. Laad het opnieuw."
            ) from error
        text = form[f"tekst-{place}"].strip()
        if text == was or (text == proposal and not form["voorstellen"]) or parts & {*gone}:
            continue
        if table:
            answers.append({"table": table, "column": cell["column"], "text": was, "value": text})
        else:
            fixes.append(cell | {"value": text})
    return fixes, answers


@routes.post("/gegevens/{import_id}/overnemen", openapi_extra=access(actions.commit_import))
def commit(call: Called, cohort: Key, import_id: Key, form: Sent) -> Response:
    """Take the import over, whole or not at all."""
    once = f"{import_id}-{form['versie'][1:13]}"

    def act() -> Response:
        sure = form["vervangen"] == "ja"
        made = actions.commit_import(call.sent(once, form["versie"]), cohort, import_id, replace=sure)
        read = {one.table for one in made.tables}
        words = [counted(made.counts[key], one, more) for table, key, one, more in COUNTED if table in read]
        return with_message(go(path_to("/cohorten/{}/controle", cohort)), f"{listed(words)} overgenomen.")

    return or_again(
        act, lambda problem: _import(call, cohort, import_id, (form, problem)), HTTPStatus.PRECONDITION_REQUIRED
    )


@routes.post("/gegevens/{import_id}/weg", openapi_extra=access(actions.remove_import))
def discard(call: Called, cohort: Key, import_id: Key, form: Sent) -> Response:
    """Throw an import away that was not taken over."""
    actions.remove_import(call.sent("", form["versie"]), cohort, import_id)
    told = "De bestanden zijn weggegooid; de cohorte is niet gewijzigd."
    return with_message(go(path_to("/cohorten/{}/gegevens", cohort)), told)


@routes.get("/gegevens/{import_id}/opmerkingen.xlsx", openapi_extra=access(actions.get_report))
def get_report(call: Called, cohort: Key, import_id: Key) -> Response:
    """Give the same tables with a column of remarks."""
    report = actions.get_report(call.work, cohort, import_id)
    return file_answer(report.content, file_name(call.work, cohort, "met-opmerkingen.xlsx"))
