"""What does a school copy into the official application? Its ratings, evidence, plan and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from matcher.domain.dossier import Cell, Dossier, DossierTable
from matcher.domain.label import LEVELS, SCALE, label_criteria
from matcher.domain.vocabulary import ELEMENTS
from matcher.trajectory.action_plan import ActionPlan
from matcher.trajectory.baseline import MOMENT_NAMES, Measurement, combined_ratings
from matcher.trajectory.label import CAVEAT, LevelHeld, ReadinessRules, default_rules, readiness
from matcher.trajectory.needs import decimal
from matcher.trajectory.practice import Practice, practice_table

CRITERIA_COLUMNS: Final = (
    *(("Code", 7), ("Official name", 34), ("Criterium", 34), ("Vraag", 50), ("Cijfer", 8), ("Betekenis", 18)),
    *(("Mediaan", 9), ("Laagste", 8), ("Hoogste", 8), ("Bewijs", 70), ("Links", 50)),
)
PLAN_COLUMNS: Final = (
    *(("Code", 7), ("Criterium", 34), ("Doel", 7), ("Trekker", 24), ("Tegen", 13)),
    *(("Stap", 60), ("Wie", 24), ("Stap tegen", 13), ("Gedaan op", 13)),
)


def school_dossier(  # noqa: PLR0913, PLR0917 - what a school hands in
    name: str,
    measurement: Measurement,
    plan: ActionPlan | None = None,
    held: Iterable[LevelHeld] = (),
    rules: ReadinessRules | None = None,
    practices: Iterable[Practice] | None = None,
) -> Dossier:
    """Put a school's dossier together; `name` is the school's. It states readiness, never that a label is given.

    Without `practices` (None: they are kept elsewhere) there is no section of them.
    """
    tables = [_criteria(measurement), _readiness(measurement, rules or default_rules())]
    if plan is not None:
        tables.append(_plan(plan))
    tables.append(_levels(held, measurement.school))
    if practices is not None:
        tables.append(practice_table(practices, measurement))
    return Dossier(title=f"Dossier {name}", caveat=CAVEAT, tables=tuple(tables))


def _criteria(measurement: Measurement) -> DossierTable:
    rated = combined_ratings(measurement)
    rows: list[tuple[Cell, ...]] = []
    for code, criterion in label_criteria().items():
        one = rated.get(code)
        mine = [rating for sheet in measurement.sheets for rating in sheet.ratings if rating.criterion == code]
        evidence = "\n".join(dict.fromkeys(text for rating in mine for text in rating.evidence))
        links = "\n".join(dict.fromkeys(link for rating in mine for link in rating.links))
        marks: tuple[Cell, ...] = (None, "niet beoordeeld", "", None, None)
        if one is not None:
            marks = (one.rating, SCALE[one.rating], decimal(one.median), one.values[0], one.values[-1])
        rows.append((code, criterion.official, criterion.name, criterion.question, *marks, evidence, links))
    note = f"De {MOMENT_NAMES[measurement.moment]}, op onze eigen schaal van 0 tot 4. Vraag 1.1 hoort bij element"
    note += f" 1 ({ELEMENTS[1]}), enzovoort."
    return DossierTable(title="Criteria", columns=CRITERIA_COLUMNS, rows=tuple(rows), note=note)


def _readiness(measurement: Measurement, rules: ReadinessRules) -> DossierTable:
    rated = combined_ratings(measurement)
    rows: list[tuple[Cell, ...]] = []
    for level in LEVELS[1:]:
        told = readiness(rated, level, rules)
        rows += [(level, "nog niet klaar", sentence) for sentence in told.missing]
        if told.ready:
            rows.append((level, "klaar om aan te vragen", "Er ontbreekt niets volgens deze regels."))
    columns = (("Niveau", 14), ("Onze inschatting", 24), ("Wat ontbreekt", 110))
    return DossierTable(title="Gereedheid", columns=columns, rows=tuple(rows), note=f"Volgens {rules.source}.")


def _plan(plan: ActionPlan) -> DossierTable:
    rows: list[tuple[Cell, ...]] = []
    for goal in plan.goals:
        name = label_criteria()[goal.criterion].name
        head: tuple[Cell, ...] = (goal.criterion, name, goal.aim, goal.owner, goal.due)
        rows += [(*head, one.text, one.owner or goal.owner, one.due, one.done) for one in goal.steps]
        if not goal.steps:
            rows.append((*head, "", "", None, None))
    return DossierTable(title="Actieplan", columns=PLAN_COLUMNS, rows=tuple(rows))


def _levels(held: Iterable[LevelHeld], school: str) -> DossierTable:
    mine = sorted((one for one in held if one.school == school), key=lambda one: one.since)
    rows = tuple((one.level, one.since, one.proof, one.entered_by) for one in mine)
    columns = (("Niveau", 14), ("Sinds", 13), ("Bewijsstuk", 60), ("Ingevoerd door", 24))
    return DossierTable(title="Niveau", columns=columns, rows=rows, note="Toegekend door European Schoolnet.")
