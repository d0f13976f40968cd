"""How is the report of a cohort put together: schools, mentors, hours, progress, label and Award?"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import Names, names_of
from service.core.errors import if_there
from service.measuring.needs_actions import list_measurements
from service.measuring.shapes import MeasurementLine
from service.trajectory.action_plan.actions import list_action_plans
from service.trajectory.action_plan.shapes import ActionPlanOut
from service.trajectory.award.actions import get_award_record, get_decision
from service.trajectory.award.shapes import DecisionOut
from service.trajectory.label.actions import list_readiness
from service.trajectory.label.application_actions import list_label_applications
from service.trajectory.label.shapes import LabelApplicationOut, ReadinessOut
from service.trajectory.outcomes.actions import get_outcome_summary, list_outcomes
from service.trajectory.outcomes.shapes import OutcomeOut, OutcomeSummaryOut
from service.trajectory.progress.actions import get_cohort_progress
from service.trajectory.progress.shapes import CohortProgressOut
from service.trajectory.report.shapes import ReportOut, SectionOut

CAVEAT = (
    "Alle getallen komen uit wat in deze cohorte genoteerd werd. Wat nergens genoteerd werd, is leeg; dat is geen nul."
)
HOUR = 60


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a cohort, as the actions give it."""

    names: Names
    pairs: Sequence[OutcomeOut]
    summed: OutcomeSummaryOut
    progress: CohortProgressOut
    ready: Sequence[ReadinessOut]
    plans: Sequence[ActionPlanOut]
    measured: Sequence[MeasurementLine]
    applied: Sequence[LabelApplicationOut]
    decision: DecisionOut | None
    signed: bool


@action("coordinator")
def get_report(work: Work, cohort: str) -> ReportOut:
    """Give the report of a cohort as tables."""
    told = _report(work, cohort)
    sections = [
        SectionOut(
            title=one.title,
            note=one.note,
            columns=[name for name, _ in one.columns],
            rows=[list(row) for row in one.rows],
        )
        for one in told.tables
    ]
    return ReportOut(title=told.title, caveat=told.caveat, sections=sections)


@action("coordinator")
def write_report(work: Work, cohort: str) -> bytes:
    """Give the report of a cohort as a workbook."""
    told = _report(work, cohort)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rapport.xlsx"
        matcher.write_dossier(told, path)
        return path.read_bytes()


def _report(work: Work, cohort: str) -> matcher.Dossier:
    with work.together() as one:
        name = get_cohort(one, cohort).name
        known = Known(
            names=names_of(one, cohort),
            pairs=list_outcomes(one, cohort).items,
            summed=get_outcome_summary(one, cohort),
            progress=get_cohort_progress(one, cohort),
            ready=list_readiness(one, cohort).items,
            plans=list_action_plans(one, cohort).items,
            measured=[line for line in list_measurements(one, cohort).items if line.counts],
            applied=list_label_applications(one, cohort).items,
            decision=if_there(lambda: get_decision(one, cohort), HTTPStatus.NOT_FOUND),
            signed=if_there(lambda: get_award_record(one, cohort), HTTPStatus.NOT_FOUND) is not None,
        )
    tables = (_short(known), _schools(known), _mentors(known), _elements(known))
    return matcher.Dossier(title=f"Rapport {name}", caveat=CAVEAT, tables=tables)


def _short(known: Known) -> matcher.DossierTable:
    """Say the whole in figures."""
    in_plan = [one for one in known.pairs if one.in_plan]
    levels = [one for one in known.ready if one.holds != "none"]
    spread = known.progress.everybody
    rows: list[tuple[str, float | int | str | None]] = [
        ("Scholen", len(known.names.schools)),
        ("Scholen met een mentor in het gepubliceerde plan", len({one.school for one in in_plan})),
        ("Mentoren in het gepubliceerde plan", len({one.mentor for one in in_plan})),
        ("Bedrijven in het gepubliceerde plan", len(_companies(known, in_plan))),
        ("Contacten", known.summed.contacts or None),
        ("Uren contact", _hours(known.pairs)),
        ("Tevredenheid van scholen, van 1 tot 5", known.summed.school_satisfaction),
        ("Tevredenheid van mentoren, van 1 tot 5", known.summed.mentor_satisfaction),
        ("Scholen met een nulmeting", _count(known, "baseline")),
        ("Scholen met een eindmeting", _count(known, "final")),
        ("Mediaan van de vooruitgang, op een schaal van 0 tot 4", spread.median if spread else None),
        ("Scholen met een actieplan", sum(bool(one.goals) for one in known.plans)),
        ("Aanvragen van het label verstuurd", sum(one.sent is not None for one in known.applied) or None),
        ("Scholen met een niveau van het label", len(levels)),
        ("Winnaar van de Award", _winner(known)),
    ]
    return _table("In het kort", (("Wat", 56), ("Waarde", 40)), rows)


def _companies(known: Known, pairs: Sequence[OutcomeOut]) -> set[str]:
    found = (known.names.mentors.get(one.mentor) for one in pairs)
    return {one.company for one in found if one is not None}


def _hours(pairs: Sequence[OutcomeOut]) -> float | None:
    """Give the hours of contact that were noted; nothing where none was."""
    return round(sum(contact.minutes for one in pairs for contact in one.contacts) / HOUR, 1) or None


def _count(known: Known, moment: str) -> int:
    return len({one.school for one in known.measured if one.moment == moment})


def _winner(known: Known) -> str | None:
    """Name who won, and whether the jury signed it; nothing where nobody scored."""
    if known.decision is None or not known.decision.winners:
        return None
    names = ", ".join(known.names.school(one) for one in known.decision.winners)
    state = "ondertekend" if known.signed else "nog niet ondertekend"
    return f"{names} ({'gelijke stand, ' if known.decision.winners[1:] else ''}{state})"


def _schools(known: Known) -> matcher.DossierTable:
    ready = {one.school: one for one in known.ready}
    plans = {one.school: one for one in known.plans if one.goals}
    gains = {one.school: one.gain for one in known.progress.schools}
    ranks = {one.school: one.rank for one in known.decision.ranking} if known.decision else {}
    measured = {(one.school, one.moment) for one in known.measured}
    rows = []
    for key, school in known.names.listed_schools():
        mine = [one for one in known.pairs if one.school == key]
        now = [known.names.mentor(one.mentor) for one in mine if one.in_plan]
        plan = plans.get(key)
        rows.append(
            (
                school.name,
                school.municipality or None,
                ", ".join(now) or None,
                sum(len(one.contacts) for one in mine) or None,
                _hours(mine),
                *("ja" if (key, moment) in measured else "nee" for moment in ("baseline", "final")),
                gains.get(key),
                f"{round(100 * plan.progress)} % klaar" if plan else None,
                ready[key].holds if key in ready and ready[key].holds != "none" else None,
                ranks.get(key),
            )
        )
    columns = (
        *(("School", 40), ("Gemeente", 22), ("Mentor", 34), ("Contacten", 11), ("Uren", 8), ("Nulmeting", 11)),
        *(("Eindmeting", 11), ("Vooruitgang", 12), ("Actieplan", 12), ("Label", 14), ("Award, plaats", 13)),
    )
    return _table("Scholen", columns, rows)


def _mentors(known: Known) -> matcher.DossierTable:
    rows = []
    for key, name in known.names.listed_mentors():
        mine = [one for one in known.pairs if one.mentor == key]
        if mine:
            now = [known.names.school(one.school) for one in mine if one.in_plan]
            contacts = sum(len(one.contacts) for one in mine) or None
            rows.append((name, known.names.mentors[key].company, ", ".join(now) or None, contacts, _hours(mine)))
    columns = (("Mentor", 34), ("Bedrijf", 34), ("School", 50), ("Contacten", 11), ("Uren", 8))
    return _table("Mentoren", columns, rows, "Wie in een gepubliceerd plan staat of stond.")


def _elements(known: Known) -> matcher.DossierTable:
    rows = [(one.name, one.before, one.after, one.gain) for one in known.progress.elements]
    columns = (("Kernelement", 44), ("Nulmeting", 11), ("Eindmeting", 11), ("Verschil", 11))
    return _table("Vooruitgang", columns, rows, f"{known.progress.sentence} {known.progress.caveat}")


def _table(
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[tuple[str | float | None, ...]],
    note: str = "",
) -> matcher.DossierTable:
    return matcher.DossierTable(title=title, columns=tuple(columns), rows=tuple(rows), note=note)
