"""How are levels of the label noted, readiness judged, and a dossier made?"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import matcher
from service.access import people
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import is_member, or_empty, told
from service.cohorts.documents.store import ONLY, PaperRow
from service.core.errors import conflict
from service.database.ids import today
from service.measuring import store as measurements

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.web.answers import Answer


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


def _level(row: PaperRow) -> dict[str, Any]:
    value = {name: one for name, one in row.document.items() if name != "format"}
    return value | {"id": row.id, "changed_at": row.changed_at}


def _rules(row: PaperRow) -> Answer:
    table = row.document["table"]
    rules = matcher.read_rules(table, row.document["source"]) if table else matcher.default_rules()
    caveat = matcher.readiness({}, "Competent", rules).caveat
    listed = [asdict(one) | {"criteria": list(one.criteria)} for one in rules.rules]
    return told(row, {"source": rules.source, "table": table, "rules": listed, "caveat": caveat})


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


def _dossier(work: Work, cohort: str, school: str) -> matcher.Dossier:
    """Put a school's dossier together, and note who took it; raises Problem 409 where nothing was measured."""
    with work.writing() as transaction:
        name = is_member(work, transaction, cohort, school)
        one = measurements.counting(transaction, cohort, school)
        if one is None:
            raise conflict("not_measured", "Deze school diende nog geen meting in.")
        kept = papers.find(transaction, cohort, "action_plan", school)
        plan = matcher.action_plan_from_document(kept.document) if kept is not None else None
        names = {one.id: one.name for one in people.list_people(transaction)}
        held = levels_of(transaction, cohort)
        levels = [replace(one, entered_by=names.get(one.entered_by, "")) for one in held]
        rules = rules_of(transaction, cohort)
        work.audit(transaction, "dossier.exported", school, cohort)
    return matcher.school_dossier(name, one, plan, levels, rules)
