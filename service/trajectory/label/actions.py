"""How are levels of the label noted, and readiness judged?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, NamedTuple

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import (
    body_document,
    is_member,
    must_match,
    names_of,
    or_empty,
    paper_of,
    shaped,
    tag_of_version,
    written,
)
from service.cohorts.documents.store import ONLY, PaperRow
from service.cohorts.members import store as members
from service.core.errors import invalid
from service.database.engine import Transaction
from service.database.ids import new_id, today
from service.measuring import store as measurements
from service.trajectory.label.shapes import (
    LevelIn,
    LevelOut,
    ReadinessOut,
    ReadinessRulesIn,
    ReadinessRulesOut,
)
from service.web.shapes import Page

FORMAT = "in2stem-label-level/1"


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


@action("viewer")
def list_levels(work: Work, cohort: str) -> Page[LevelOut]:
    """Give the levels that schools got, with date and proof, as they were entered."""
    with work.reading(cohort) as transaction:
        rows = papers.listed(transaction, cohort, "level")
    return Page(items=[_level(row) for row in rows], next=None)


@action("coordinator")
def add_level(work: Work, cohort: str, body: LevelIn) -> LevelOut:
    """Enter a level that European Schoolnet gave, with date and proof; this program gives none."""

    def effect(transaction: Transaction) -> LevelOut:
        work.hold(transaction, cohort)
        if members.find(transaction, "school", cohort, body.school) is None:
            raise invalid("/school", "unknown_school", "Deze school is niet van deze cohorte.")
        if body.since > today():
            raise invalid("/since", "in_the_future", "Een niveau dat pas later ingaat, voert u dan in.")
        level = matcher.level_from_document(body_document(FORMAT, body, entered_by=work.caller.by))
        row = PaperRow(cohort=cohort, kind="level", id=new_id("lvl"), document={})
        return _level(written(work, transaction, row, matcher.level_to_document(level), "level.entered"))

    return work.once(body, LevelOut, effect)


@action("coordinator")
def remove_level(work: Work, cohort: str, level: str) -> None:
    """Remove a level that was entered wrongly."""
    with work.changing(cohort) as transaction:
        paper_of(transaction, cohort, "level", level, "Dit niveau")
        papers.remove(transaction, cohort, "level", level)
        work.audit(transaction, "level.removed", level, cohort)


@action("viewer")
def get_readiness_rules(work: Work, cohort: str) -> ReadinessRulesOut:
    """Give the rules by which readiness is estimated: ours or the coordinator's, never the label's."""
    with work.reading(cohort) as transaction:
        return _rules(rules_row(transaction, cohort))


@action("coordinator")
def replace_readiness_rules(work: Work, cohort: str, body: ReadinessRulesIn) -> ReadinessRulesOut:
    """Use a table of rules of one's own, or with an empty table ours again, in the place of what was read."""
    if body.table:
        matcher.read_rules(body.table, body.source)
    if body.table and not body.source:
        raise invalid("/source", "missing", "Zeg van wie deze regels zijn.")
    with work.changing(cohort) as transaction:
        row = rules_row(transaction, cohort)
        must_match(work, row)
        document = body.model_dump() if body.table else {"source": "", "table": ""}
        return _rules(written(work, transaction, row, document, "readiness.rules_changed"))


@action("viewer")
def list_readiness(work: Work, cohort: str) -> Page[ReadinessOut]:
    """Give for every school whether it is ready to apply for the next level, and what is missing."""
    with work.reading(cohort) as transaction:
        names = names_of(transaction, cohort)
        known = _held_against(transaction, cohort)
        items = [_readiness(known, school, name) for school, name in names.items()]
    return Page(items=items, next=None)


@action("viewer")
def get_readiness(work: Work, cohort: str, school: str) -> ReadinessOut:
    """Give whether a school is ready to apply for the next level by these rules, and what is missing."""
    with work.reading() as transaction:
        name = is_member(work, transaction, cohort, school)
        return _readiness(_held_against(transaction, cohort), school, name)


def tag_of_rules(cohort: str, rules: ReadinessRulesOut) -> str:
    """Give the ETag of a cohort's rules of readiness."""
    return tag_of_version(rules.version, cohort, "readiness_rules")


def _level(row: PaperRow) -> LevelOut:
    value = {name: one for name, one in row.document.items() if name != "format"}
    return LevelOut.model_validate(value | {"id": row.id, "changed_at": row.changed_at})


def _rules(row: PaperRow) -> ReadinessRulesOut:
    table = row.document["table"]
    rules = matcher.read_rules(table, row.document["source"]) if table else matcher.default_rules()
    caveat = matcher.readiness({}, "Competent", rules).caveat
    listed = [asdict(one) | {"criteria": list(one.criteria)} for one in rules.rules]
    return shaped(ReadinessRulesOut, row, {"source": rules.source, "table": table, "rules": listed, "caveat": caveat})


class _Known(NamedTuple):
    """What schools are held against, read once for all of them."""

    levels: list[matcher.LevelHeld]
    rules: matcher.ReadinessRules
    measured: list[matcher.Measurement]


def _held_against(transaction: Transaction, cohort: str) -> _Known:
    return _Known(
        levels_of(transaction, cohort), rules_of(transaction, cohort), measurements.known(transaction, cohort)
    )


def _readiness(known: _Known, school: str, name: str) -> ReadinessOut:
    """Hold the measurement that counts against the rules of the next level."""
    holds = matcher.level_held(known.levels, school, today())
    level, rules = matcher.next_level(holds), known.rules
    one = measurements.counting_of(known.measured, school)
    bare = matcher.readiness({}, level or "Expert", rules)
    value: dict[str, Any] = {"school": school, "name": name, "holds": holds, "level": level}
    value["measured"] = None if one is None else one.moment
    value |= {"ready": False, "short": None, "missing": [], "source": bare.source, "caveat": bare.caveat}
    if one is None:
        value["missing"] = ["Er is nog geen ingediende meting van deze school."]
    elif level is None:
        value["short"] = 0
    else:
        found = matcher.readiness(matcher.combined_ratings(one), level, rules)
        value |= {"ready": found.ready, "short": found.short, "missing": list(found.missing)}
    return ReadinessOut.model_validate(value)
