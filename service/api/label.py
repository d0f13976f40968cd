"""Which level of the label does a school hold, what is missing for the next, and what goes into its dossier?"""

from __future__ import annotations

import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from fastapi import Response

import matcher
from service.access.call import Called
from service.access.route import router
from service.access.rules import access
from service.api.papers import (
    begin,
    body_document,
    is_member,
    must_match,
    names_of,
    or_empty,
    page,
    paper_of,
    told,
    written,
)
from service.errors import conflict, invalid
from service.store import measurements, members, papers, people
from service.store.database import Transaction
from service.store.ids import new_id, today
from service.store.papers import ONLY, PaperRow
from service.wire.answers import Answer
from service.wire.members import MemberKey
from service.wire.shapes import EDITED, Key, Page
from service.wire.trajectory import DossierOut, LevelIn, LevelOut, ReadinessOut, ReadinessRulesIn, ReadinessRulesOut

routes = router("/v1/cohorts/{cohort}/label", "label")

FORMAT = "in2stem-label-level/1"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOOK: dict[int | str, dict[str, Any]] = {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}


def levels_of(transaction: Transaction, cohort: str) -> list[matcher.LevelHeld]:
    """Give every level that was entered."""
    return [matcher.level_from_document(row.document) for row in papers.listed(transaction, cohort, "level")]


def level_of(transaction: Transaction, cohort: str, school: str) -> matcher.Level:
    """Give the level that a school holds today, as entered."""
    return matcher.level_held(levels_of(transaction, cohort), school, today())


def rules_row(transaction: Transaction, cohort: str) -> PaperRow:
    """Give the table of readiness rules; an empty table stands for the product's own."""
    return or_empty(transaction, cohort, "readiness_rules", ONLY, {"source": "", "table": ""})


def rules_of(transaction: Transaction, cohort: str) -> matcher.ReadinessRules:
    """Give the rules of readiness that hold in a cohort."""
    document = rules_row(transaction, cohort).document
    return matcher.read_rules(document["table"], document["source"]) if document["table"] else matcher.default_rules()


@routes.get("/levels", response_model=Page[LevelOut], openapi_extra=access("viewer"))
def list_levels(call: Called, cohort: Key) -> Response:
    """Geef de niveaus die scholen kregen, met datum en bewijsstuk, zoals ze ingevoerd zijn."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = papers.listed(transaction, cohort, "level")
    return page(_level(row) for row in rows).response()


def _level(row: PaperRow) -> dict[str, Any]:
    value = {name: one for name, one in row.document.items() if name != "format"}
    return value | {"id": row.id, "changed_at": row.changed_at}


@routes.post("/levels", response_model=LevelOut, status_code=201, openapi_extra=access("coordinator"))
def add_level(call: Called, cohort: Key, body: LevelIn) -> Response:
    """Voer een niveau in dat European Schoolnet toekende, met datum en bewijsstuk. Dit programma kent niets toe."""

    def effect(transaction: Transaction) -> Answer:
        begin(call, transaction, cohort)
        if members.find(transaction, "school", cohort, body.school) is None:
            raise invalid("/school", "unknown_school", "Deze school is niet van deze cohorte.")
        if body.since > today():
            raise invalid("/since", "in_the_future", "Een niveau dat pas later ingaat, voert u dan in.")
        level = matcher.level_from_document(body_document(FORMAT, body, entered_by=call.caller.by))
        row = PaperRow(cohort=cohort, kind="level", id=new_id("lvl"), document={})
        row = written(call, transaction, row, matcher.level_to_document(level), "level.entered")
        return Answer(201, _level(row), {"Location": f"/v1/cohorts/{cohort}/label/levels"})

    return call.once(body, effect)


@routes.delete("/levels/{level}", status_code=204, openapi_extra=access("coordinator"))
def remove_level(call: Called, cohort: Key, level: Key) -> Response:
    """Verwijder een niveau dat verkeerd ingevoerd is."""
    with call.database.write() as transaction:
        begin(call, transaction, cohort)
        paper_of(transaction, cohort, "level", level, "Dit niveau")
        papers.remove(transaction, cohort, "level", level)
        call.audit(transaction, "level.removed", level, cohort)
    return Answer(204).response()


def _rules(row: PaperRow) -> Answer:
    table = row.document["table"]
    rules = matcher.read_rules(table, row.document["source"]) if table else matcher.default_rules()
    caveat = matcher.readiness({}, "Competent", rules).caveat
    listed = [asdict(one) | {"criteria": list(one.criteria)} for one in rules.rules]
    return told(row, {"source": rules.source, "table": table, "rules": listed, "caveat": caveat})


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
        begin(call, transaction, cohort)
        row = rules_row(transaction, cohort)
        must_match(call, row)
        document = body.model_dump() if body.table else {"source": "", "table": ""}
        row = written(call, transaction, row, document, "readiness.rules_changed")
    return _rules(row).response()


def _readiness(transaction: Transaction, cohort: str, school: str, name: str) -> dict[str, Any]:
    """Hold the measurement that counts against the rules of the next level."""
    holds = level_of(transaction, cohort, school)
    level, rules = matcher.next_level(holds), rules_of(transaction, cohort)
    one = measurements.counting(transaction, cohort, school)
    value: dict[str, Any] = {"school": school, "name": name, "holds": holds, "level": level}
    value["measured"] = None if one is None else one.moment
    bare = matcher.readiness({}, level or "Expert", rules)
    value |= {"ready": False, "short": None, "missing": [], "source": bare.source, "caveat": bare.caveat}
    if one is None:
        return value | {"missing": ["Er is nog geen ingediende meting van deze school."]}
    if level is None:
        return value | {"short": 0}
    found = matcher.readiness(matcher.combined_ratings(one), level, rules)
    return value | {"ready": found.ready, "short": found.short, "missing": list(found.missing)}


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
        name = is_member(call, transaction, cohort, school)
        value = _readiness(transaction, cohort, school, name)
    return Answer(200, value).response()


def _dossier(call: Called, cohort: str, school: str) -> matcher.Dossier:
    """Put a school's dossier together, and note who took it; raises Problem 409 where nothing was measured."""
    with call.database.write() as transaction:
        name = is_member(call, transaction, cohort, school)
        one = measurements.counting(transaction, cohort, school)
        if one is None:
            raise conflict("not_measured", "Deze school diende nog geen meting in.")
        kept = papers.find(transaction, cohort, "action_plan", school)
        plan = matcher.action_plan_from_document(kept.document) if kept is not None else None
        names = {one.id: one.name for one in people.list_people(transaction)}
        held = levels_of(transaction, cohort)
        levels = [replace(one, entered_by=names.get(one.entered_by, "")) for one in held]
        rules = rules_of(transaction, cohort)
        call.audit(transaction, "dossier.exported", school, cohort)
    return matcher.school_dossier(name, one, plan, levels, rules)


@routes.get("/dossier/{school}", responses=BOOK, openapi_extra=access("coordinator"))
def get_dossier(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Geef het dossier van een school als werkboek, om over te nemen in de officiële aanvraag."""
    dossier = _dossier(call, cohort, school)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.xlsx"
        matcher.write_dossier(dossier, path)
        content = path.read_bytes()
    return Answer(200, content, {"Content-Disposition": 'attachment; filename="dossier.xlsx"'}, XLSX).response()


@routes.get("/dossier/{school}/tables", response_model=DossierOut, openapi_extra=access("coordinator"))
def get_dossier_tables(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Geef hetzelfde dossier als tabellen, om op een bladzijde te tonen."""
    dossier = _dossier(call, cohort, school)
    tables = [
        {"title": one.title, "note": one.note, "columns": [name for name, _ in one.columns], "rows": one.rows}
        for one in dossier.tables
    ]
    return Answer(200, {"title": dossier.title, "caveat": dossier.caveat, "tables": tables}).response()
