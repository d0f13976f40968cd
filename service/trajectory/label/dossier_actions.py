"""How is a school's dossier made, to copy from into the official application? The school takes its own."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import matcher
from service.access import people
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import is_member
from service.core.errors import conflict
from service.measuring import store as measurements
from service.trajectory.label.actions import levels_of, rules_of
from service.trajectory.label.practice_actions import practices_of
from service.trajectory.label.shapes import DossierOut, DossierTableOut


@action("coordinator", own="school")
def get_dossier_tables(work: Work, cohort: str, school: str) -> DossierOut:
    """Give a school's dossier as tables; that it was taken is noted."""
    dossier = _dossier(work, cohort, school)
    tables = [
        DossierTableOut(
            title=one.title,
            note=one.note,
            columns=[name for name, _ in one.columns],
            rows=[list(row) for row in one.rows],  # type: ignore[arg-type]  # a school's dossier has no fractions
        )
        for one in dossier.tables
    ]
    return DossierOut(title=dossier.title, caveat=dossier.caveat, tables=tables)


@action("coordinator", own="school")
def write_dossier(work: Work, cohort: str, school: str) -> bytes:
    """Give a school's dossier as a workbook; that it was taken is noted."""
    dossier = _dossier(work, cohort, school)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.xlsx"
        matcher.write_dossier(dossier, path)
        return path.read_bytes()


def _dossier(work: Work, cohort: str, school: str) -> matcher.Dossier:
    """Put a school's dossier together, and note who took it; raises Problem 409 where nothing was measured."""
    with work.noting() as transaction:
        name = is_member(work, transaction, cohort, school)
        one = measurements.counting(transaction, cohort, school)
        if one is None:
            raise conflict("not_measured", "Deze school diende nog geen meting in.")
        kept = papers.find(transaction, cohort, "action_plan", school)
        plan = matcher.action_plan_from_document(kept.document) if kept is not None else None
        own = work.caller.role == "participant"  # who works here is not told to a school
        names = {} if own else {one.id: one.name for one in people.list_people(transaction)}
        held = levels_of(transaction, cohort)
        levels = [replace(one, entered_by=names.get(one.entered_by, "")) for one in held]
        rules, practices = rules_of(transaction, cohort), practices_of(transaction, cohort, school)
        work.audit(transaction, "dossier.exported", school, cohort)
    return matcher.school_dossier(name, one, plan, levels, rules, practices)
