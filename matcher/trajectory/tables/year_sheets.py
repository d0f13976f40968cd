"""What does a coordinator read in Excel of a cohort's year? Needs, plans, progress, Award and pairs as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from matcher.domain.dossier import Cell, Dossier, DossierTable
from matcher.domain.finding import Finding
from matcher.domain.season import THEMES
from matcher.domain.vocabulary import ELEMENTS
from matcher.trajectory.action_plan import Reminder
from matcher.trajectory.award import Award, AwardOutcome, at_least, at_most
from matcher.trajectory.baseline import Measurement
from matcher.trajectory.jury import Juror, JuryPlan
from matcher.trajectory.label import CAVEAT
from matcher.trajectory.needs import cohort_sentence, decimal, school_needs
from matcher.trajectory.outcomes import STOP_REASONS, LedgerEntry, MentoringOutcome, outcome_summary
from matcher.trajectory.progress import CohortProgress, Spread, school_progress

if TYPE_CHECKING:
    from matcher.trajectory.suggestions import Advice

Names = Mapping[str, str]
Row = tuple[Cell, ...]

NOT_AN_EFFECT: Final = "Vooruitgang is wat scholen zelf beoordelen. Winst per euro of per uur rekenen we niet uit."
FEW: Final = "Ervaringen van enkele koppels; geen oordeel over personen."


def needs_dossier(names: Names, measurements: Sequence[Measurement]) -> Dossier:
    """Say of every school that was measured what it lacks, and what the whole group lacks."""
    rows: list[Row] = []
    themes: list[Row] = []
    for one in sorted(measurements, key=lambda measured: measured.school):
        told = school_needs(one)
        name = names.get(one.school, one.school)
        rows += [(one.school, name, need.element, decimal(need.shortfall), need.why) for need in told.needs]
        message = ", ".join(THEMES[theme] for theme in told.themes)
        themes.append((one.school, name, message, told.why_themes))
    school = (("Schoolnummer", 14), ("Naam", 40))
    lacking = (*school, ("Kernelement", 12), ("Tekort", 10), ("Waarom", 110))
    tables = (
        DossierTable(title="Noden", columns=lacking, rows=tuple(rows), note=cohort_sentence(measurements)),
        DossierTable(title="Thema's", columns=(*school, ("Thema's", 50), ("Waarom", 90)), rows=tuple(themes)),
    )
    return Dossier(title="Noden van de cohorte", caveat="Een tekort is 4 min het gemiddelde cijfer.", tables=tables)


def plans_dossier(
    names: Names,
    advice: Mapping[str, Advice],
    reminders: Iterable[Reminder],
    findings: Iterable[Finding],
    support: Iterable[tuple[str, str, str]],
) -> Dossier:
    """Say what to take first, whom to remind of what, what plans lack, and what is asked of mentor and network."""
    head = (("Schoolnummer", 14), ("Naam", 40))
    tables = [
        DossierTable(
            title="Wat eerst",
            columns=(*head, ("Criterium", 10), ("Van", 6), ("Naar", 6), ("Inspanning", 12), ("Waarom", 100)),
            rows=tuple(_first(names, advice)),
            note="De grootste stap naar het volgende niveau voor de kleinste inspanning, volgens de school zelf.",
        ),
        DossierTable(
            title="Herinneringen",
            columns=(*head, ("Wie", 24), ("Tegen", 13), ("Te laat", 9), ("Wat", 100)),
            rows=tuple(_reminder(names, one) for one in reminders),
        ),
        DossierTable(
            title="Nog na te kijken",
            columns=(*head, ("Wat", 80), ("Wat u kunt doen", 50)),
            rows=tuple((one.value or "", names.get(one.value or "", ""), one.message, one.remedy) for one in findings),
        ),
        DossierTable(
            title="Steun gevraagd",
            columns=(*head, ("Aan", 20), ("Wat", 100)),
            rows=tuple((school, names.get(school, school), of, text) for school, of, text in support),
        ),
    ]
    return Dossier(title="Actieplannen van de cohorte", caveat=CAVEAT, tables=tuple(tables))


def _first(names: Names, advice: Mapping[str, Advice]) -> Iterator[Row]:
    for school, told in advice.items():
        name = names.get(school, school)
        for one in told.steps:
            yield (school, name, one.criterion, one.now, one.then, one.effort, one.why)
        yield (school, name, "samen", None, None, told.effort, told.sentence)


def _reminder(names: Names, one: Reminder) -> Row:
    late = "ja" if one.late else ""
    return (one.school, names.get(one.school, one.school), one.owner, one.due, late, one.sentence)


def progress_dossier(names: Names, measurements: Sequence[Measurement], told: CohortProgress) -> Dossier:
    """Put progress in tables: per key element, per school, and schools with and without a mentor with their spread."""
    elements = [
        (one.element, ELEMENTS[one.element], _shown(one.before), _shown(one.after), _shown(one.gain), one.criteria)
        for one in told.elements
    ]
    schools: list[Row] = []
    for school, name in names.items():
        mine = school_progress(measurements, school)
        each = (_shown(one.gain) for one in mine.elements)
        schools.append((school, name, _shown(mine.gain), *each, " ".join(mine.notes)))
    groups = (
        ("alle scholen", told.everybody),
        ("met mentor", told.with_mentor),
        ("zonder mentor", told.without_mentor),
    )
    numbers = (("Nulmeting", 11), ("Eindmeting", 11), ("Verschil", 10), ("Scholen", 9))
    marks = tuple((f"{number}", 7) for number in ELEMENTS)
    spread = (("Scholen", 9), ("Gemiddeld", 11), ("Mediaan", 10), ("Laagste", 10), ("Hoogste", 10))
    tables = (
        DossierTable(title="Kernelementen", columns=(("Nr.", 6), ("Kernelement", 36), *numbers), rows=tuple(elements)),
        DossierTable(
            title="Scholen",
            columns=(("Schoolnummer", 14), ("Naam", 40), ("Samen", 9), *marks, ("Opmerking", 80)),
            rows=tuple(schools),
        ),
        DossierTable(
            title="Met en zonder mentor",
            columns=(("Groep", 20), *spread),
            rows=tuple(_spread(name, one) for name, one in groups),
            note=f"{told.sentence} {told.caveat}",
        ),
    )
    return Dossier(title="Vooruitgang van de cohorte", caveat=f"{told.caveat} {NOT_AN_EFFECT}", tables=tables)


def _spread(name: str, one: Spread) -> Row:
    return (name, one.schools, *(_shown(number) for number in (one.mean, one.median, one.lowest, one.highest)))


def _shown(number: Fraction | None) -> str:
    return "" if number is None else decimal(number)


def award_dossier(names: Names, award: Award, outcome: AwardOutcome) -> Dossier:
    """Put the ranking in tables, with how far each weight may move before the winner changes."""
    keys = [one.key for one in award.criteria]
    criteria = {one.key: one.name for one in award.criteria}
    ranking: list[Row] = [
        (
            *(one.rank, names.get(one.school, one.school), decimal(one.total), one.readings),
            *(decimal(one.means[key]) for key in keys),
        )
        for one in outcome.ranking
    ]
    ranges = [
        (criteria[one.criterion], one.weight, decimal(at_least(one.low)), _end(one.high)) for one in outcome.ranges
    ]
    head = (("Plaats", 8), ("School", 40), ("Totaal", 9), ("Lezingen", 10))
    columns = (*head, *((f"Score {criteria[key]}"[:60], 16) for key in keys))
    borders = (("Criterium", 30), ("Gewicht nu", 12), ("Winnaar blijft vanaf", 20), ("Tot", 14))
    tables = (
        DossierTable(title="Rangschikking", columns=columns, rows=tuple(ranking), note=" ".join(outcome.sentences)),
        DossierTable(title="Hoe zeker", columns=borders, rows=tuple(ranges)),
    )
    return Dossier(
        title=f"Uitslag {award.name}",
        caveat="De jury beslist; gelijke totalen blijven een gelijke stand.",
        tables=tables,
    )


def _end(high: Fraction | None) -> str:
    return "geen grens" if high is None else decimal(at_most(high))


def jury_dossier(names: Names, jurors: Sequence[Juror], plan: JuryPlan) -> Dossier:
    """Say who reads which school, and which ties were declared."""
    people = {one.id: one.name for one in jurors}
    reads = tuple((juror, people[juror], school, names.get(school, school)) for school, juror in plan.pairs)
    ties = tuple((one.name, names.get(school, school), why) for one in jurors for school, why in one.ties.items())
    tables = (
        DossierTable(
            title="Wie leest wat",
            columns=(("Jurynummer", 12), ("Jurylid", 30), ("Schoolnummer", 14), ("School", 40)),
            rows=tuple(sorted(reads)),
            note=" ".join(plan.notes),
        ),
        DossierTable(title="Banden", columns=(("Jurylid", 30), ("School", 40), ("Band", 60)), rows=ties),
    )
    return Dossier(title="De jury", caveat="Niemand leest een school waarmee hij of zij een band heeft.", tables=tables)


def outcomes_dossier(
    schools: Names, mentors: Names, outcomes: Sequence[MentoringOutcome], ledger: Sequence[LedgerEntry]
) -> Dossier:
    """Say what became of every pair, and who goes first next time."""
    rows: tuple[Row, ...] = tuple(
        (
            *(schools.get(one.school, one.school), mentors.get(one.mentor, one.mentor), one.points, len(one.contacts)),
            *(sum(contact.minutes for contact in one.contacts), one.school_satisfaction, one.mentor_satisfaction),
            *(one.stopped, STOP_REASONS.get(one.stop_reason, ""), one.stop_note, "ja" if one.replaced else ""),
        )
        for one in outcomes
    )
    counts = (("Punten", 8), ("Contacten", 10), ("Minuten", 9), ("School (1-5)", 12), ("Mentor (1-5)", 12))
    ended = (("Gestopt op", 13), ("Reden", 30), ("Toelichting", 50), ("Vervangen", 10))
    tables = (
        DossierTable(
            title="Koppels",
            columns=(("School", 40), ("Mentor", 30), *counts, *ended),
            rows=rows,
            note=outcome_summary(outcomes).sentence,
        ),
        DossierTable(
            title="Voorrang volgende cohorte",
            columns=(("Schoolnummer", 14), ("Naam", 40), ("Voorrang", 10), ("Waarom", 100)),
            rows=tuple((one.school, schools.get(one.school, one.school), one.priority, one.reason) for one in ledger),
        ),
    )
    return Dossier(title="Hoe de begeleiding ging", caveat=FEW, tables=tables)
