"""Which level of the label does a school hold, what is missing for the next, and what goes into its dossier?"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import (
    begin,
    body_document,
    is_member,
    must_match,
    names_of,
    page,
    paper_of,
    written,
)
from service.cohorts.documents.store import PaperRow
from service.cohorts.members import store as members
from service.core.errors import invalid
from service.database.engine import Transaction
from service.database.ids import new_id, today
from service.trajectory.label.actions import _dossier, _level, _readiness, _rules, rules_row
from service.trajectory.label.shapes import (
    DossierOut,
    LevelIn,
    LevelOut,
    ReadinessOut,
    ReadinessRulesIn,
    ReadinessRulesOut,
)
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import EDITED, Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/label", "label")

FORMAT = "in2stem-label-level/1"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOOK: dict[int | str, dict[str, Any]] = {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}


@routes.get("/levels", response_model=Page[LevelOut], openapi_extra=access("viewer"))
def list_levels(call: Called, cohort: Key) -> Response:
    """Geef de niveaus die scholen kregen, met datum en bewijsstuk, zoals ze ingevoerd zijn."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = papers.listed(transaction, cohort, "level")
    return page(_level(row) for row in rows).response()


@routes.post("/levels", response_model=LevelOut, status_code=201, openapi_extra=access("coordinator"))
def add_level(call: Called, cohort: Key, body: LevelIn) -> Response:
    """Voer een niveau in dat European Schoolnet toekende, met datum en bewijsstuk. Dit programma kent niets toe."""

    def effect(transaction: Transaction) -> Answer:
        begin(call.work, transaction, cohort)
        if members.find(transaction, "school", cohort, body.school) is None:
            raise invalid("/school", "unknown_school", "Deze school is niet van deze cohorte.")
        if body.since > today():
            raise invalid("/since", "in_the_future", "Een niveau dat pas later ingaat, voert u dan in.")
        level = matcher.level_from_document(body_document(FORMAT, body, entered_by=call.caller.by))
        row = PaperRow(cohort=cohort, kind="level", id=new_id("lvl"), document={})
        row = written(call.work, transaction, row, matcher.level_to_document(level), "level.entered")
        return Answer(201, _level(row), {"Location": f"/v1/cohorts/{cohort}/label/levels"})

    return call.once(body, effect)


@routes.delete("/levels/{level}", status_code=204, openapi_extra=access("coordinator"))
def remove_level(call: Called, cohort: Key, level: Key) -> Response:
    """Verwijder een niveau dat verkeerd ingevoerd is."""
    with call.database.write() as transaction:
        begin(call.work, transaction, cohort)
        paper_of(transaction, cohort, "level", level, "Dit niveau")
        papers.remove(transaction, cohort, "level", level)
        call.audit(transaction, "level.removed", level, cohort)
    return Answer(204).response()


@routes.get("/rules", response_model=ReadinessRulesOut, openapi_extra=access("viewer"))
def get_readiness_rules(call: Called, cohort: Key) -> Response:
    """Geef de regels waarmee gereedheid ingeschat wordt. Ze zijn van ons of van u, niet van het label."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        row = rules_row(transaction, cohort)
    return _rules(row).response()


@routes.put("/rules", response_model=ReadinessRulesOut, responses=EDITED, openapi_extra=access("coordinator"))
def replace_readiness_rules(call: Called, cohort: Key, body: ReadinessRulesIn) -> Response:
    """Gebruik een eigen tabel met regels, of met een lege tabel weer die van in2stem."""
    if body.table:
        matcher.read_rules(body.table, body.source)
    if body.table and not body.source:
        raise invalid("/source", "missing", "Zeg van wie deze regels zijn.")
    with call.database.write() as transaction:
        begin(call.work, transaction, cohort)
        row = rules_row(transaction, cohort)
        must_match(call.work, row)
        document = body.model_dump() if body.table else {"source": "", "table": ""}
        row = written(call.work, transaction, row, document, "readiness.rules_changed")
    return _rules(row).response()


@routes.get("/readiness", response_model=Page[ReadinessOut], openapi_extra=access("viewer"))
def list_readiness(call: Called, cohort: Key) -> Response:
    """Zeg voor elke school of ze klaar is om het volgende niveau aan te vragen, en wat er ontbreekt."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        names = names_of(transaction, cohort)
        items = [_readiness(transaction, cohort, school, name) for school, name in names.items()]
    return page(items).response()


@routes.get("/readiness/{school}", response_model=ReadinessOut, openapi_extra=access("viewer"))
def get_readiness(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Zeg of een school klaar is om het volgende niveau aan te vragen, volgens deze regels, en wat er ontbreekt."""
    with call.database.read() as transaction:
        name = is_member(call.work, transaction, cohort, school)
        value = _readiness(transaction, cohort, school, name)
    return Answer(200, value).response()


@routes.get("/dossier/{school}", responses=BOOK, openapi_extra=access("coordinator"))
def get_dossier(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Geef het dossier van een school als werkboek, om over te nemen in de officiële aanvraag."""
    dossier = _dossier(call.work, cohort, school)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.xlsx"
        matcher.write_dossier(dossier, path)
        content = path.read_bytes()
    return Answer(200, content, {"Content-Disposition": 'attachment; filename="dossier.xlsx"'}, XLSX).response()


@routes.get("/dossier/{school}/tables", response_model=DossierOut, openapi_extra=access("coordinator"))
def get_dossier_tables(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Geef hetzelfde dossier als tabellen, om op een bladzijde te tonen."""
    dossier = _dossier(call.work, cohort, school)
    tables = [
        {"title": one.title, "note": one.note, "columns": [name for name, _ in one.columns], "rows": one.rows}
        for one in dossier.tables
    ]
    return Answer(200, {"title": dossier.title, "caveat": dossier.caveat, "tables": tables}).response()
