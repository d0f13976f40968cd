"""What does a coordinator open in Excel? `plan.xlsx`: the plan, what is open, what helps, all pairs, the settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matcher.criteria import criteria
from matcher.domain.plan import GoalValue, Plan
from matcher.domain.round import Round
from matcher.engine.calls import Progress
from matcher.matching.goals import GOAL_NAMES
from matcher.matching.verdicts import Verdicts
from matcher.output.book import Book, Value, new_book
from matcher.output.pair_sheets import close_calls_sheet, data_bars, pairs_sheet
from matcher.output.robustness_workbook import firm_sheets
from matcher.output.sheet import fill_sheet

STATUS_WORDS = {"active": "actief", "reserve": "reserve", "withdrawn": "uitgevallen"}
PLAN_WORDS = {
    "proven": "bewezen best",
    "feasible": "niet bewezen best",
    "conflict": "afspraken spreken elkaar tegen",
    "unfinished": "niet afgewerkt",
}


def write_plan_workbook(  # noqa: PLR0913 - a plan with all that is told beside it
    path: Path,
    given: Round,
    verdicts: Verdicts,
    plan: Plan,
    *,
    shortages: Mapping[str, Any] | None = None,
    firmness: Mapping[str, Any] | None = None,
    whole: str = "",
    progress: Progress | None = None,
) -> None:
    """Write the plan for people; Dutch headers, a sheet a view, no cell that a spreadsheet could run.

    `shortages` is the document of `shortages_of_plan`, `firmness` that of `firmness_of_plan`; `whole` names the file
    that stands beside it with all possible pairs; `progress` hears which sheet is being written.
    """
    with new_book(path, progress=progress) as book:
        _plan(book, given, plan)
        _idle(book, given, plan)
        _open(book, given, plan)
        _shortages(book, given, shortages or {})
        firm_sheets(book, firmness or {})
        pairs_sheet(book, given, verdicts, plan, whole)
        close_calls_sheet(book, given, verdicts)
        _letters(book, given, plan)
        _settings(book, given, plan)


def _plan(book: Book, given: Round, plan: Plan) -> None:
    schools = {one.id: one for one in given.schools}
    mentors = {one.id: one for one in given.mentors}
    who_headers = (
        "Schoolnummer",
        "School",
        "Gemeente",
        "Provincie",
        "Mentornummer",
        "Mentor",
        "Bedrijf",
        "E-mail mentor",
    )
    headers = (*who_headers, "Punten", "Minuten", "Afspraak", "Waarom")
    rows = []
    for pair in plan.pairs:
        school, mentor = schools[pair.school], mentors[pair.mentor]
        lock = "vast, tegen een regel in" if pair.overridden else "vast" if pair.locked else ""
        who = (school.id, school.name, school.municipality, school.province, mentor.id, mentor.name, mentor.company)
        rows.append((*who, mentor.email, pair.points, pair.travel_minutes, lock, " ".join(pair.reasons)))
    sheet = fill_sheet(
        book, "Plan", list(zip(headers, (14, 34, 20, 18, 14, 24, 28, 28, 9, 9, 14, 80), strict=True)), rows
    )
    data_bars(sheet, 8, len(rows))


def _letters(book: Book, given: Round, plan: Plan) -> None:
    """Write what letters and mails are merged from: a row a pair, with everybody's address."""
    schools = {one.id: one for one in given.schools}
    mentors = {one.id: one for one in given.mentors}
    to_headers = ("School", "Contactpersoon", "E-mail school")
    headers = (*to_headers, "Voornaam mentor", "Naam mentor", "E-mail mentor", "Bedrijf")
    rows = []
    for pair in plan.pairs:
        school, mentor = schools[pair.school], mentors[pair.mentor]
        to_school = (school.name, school.contact, school.email)
        rows.append((*to_school, mentor.first_name, mentor.last_name, mentor.email, mentor.company))
    fill_sheet(book, "Samenvoegen", list(zip(headers, (34, 24, 30, 18, 22, 30, 28), strict=True)), rows)


def _idle(book: Book, given: Round, plan: Plan) -> None:
    taken = {pair.mentor for pair in plan.pairs}
    headers = ("Mentornummer", "Mentor", "Bedrijf", "Gemeente", "Provincie", "Status", "E-mail")
    rows = []
    for one in given.mentors:
        if one.id in taken:
            continue
        status = "uitgevallen" if one.id in given.withdrawn else STATUS_WORDS[one.status]
        if status == "actief" and not one.max_schools:
            status = "dit jaar niet"
        rows.append((one.id, one.name, one.company, one.municipality, one.province, status, one.email))
    fill_sheet(book, "Mentoren zonder school", list(zip(headers, (14, 24, 28, 20, 18, 14, 28), strict=True)), rows)


def _open(book: Book, given: Round, plan: Plan) -> None:
    names = {one.id: one for one in given.schools}
    headers = ("Schoolnummer", "School", "Gemeente", "Open plaatsen", "Waarom")
    rows = [
        (one.school, names[one.school].name, names[one.school].municipality, one.count, one.reason)
        for one in plan.open_places
    ]
    fill_sheet(book, "Open plaatsen", list(zip(headers, (14, 34, 20, 14, 100), strict=True)), rows)


def _shortages(book: Book, given: Round, found: Mapping[str, Any]) -> None:
    """Write where no plan fills every place, and what would: a row a remedy, the least effort first."""
    names = {one.id: one.name for one in given.schools}
    headers = ("Scholen", "Tekort", "Wat helpt (uitgeprobeerd)", "Plaatsen erbij")
    rows: list[tuple[Value, ...]] = []
    for one in found.get("shortages", ()):
        who = ", ".join(names[school] for school in one["schools"]), one["sentence"]
        rows += [(*who, way["words"], way["places"]) for way in one["remedies"]] or [(*who, "", 0)]
    rows += [("", words, "", "") for words in found.get("aside", ())]
    fill_sheet(book, "Tekorten", list(zip(headers, (50, 80, 80, 14), strict=True)), rows)


def _settings(book: Book, given: Round, plan: Plan) -> None:
    policy = given.policy
    rows: list[tuple[Value, ...]] = [("Uitkomst", PLAN_WORDS[plan.status], "")]
    for goal in plan.goals:
        proof = "bewezen: beter kan niet" if goal.proven else f"niet bewezen; grens {_words(goal.bound)}"
        told = _words(goal.value) if plan.pairs or goal.name != "worst_pair" else "geen koppels"
        rows.append((f"Doel: {GOAL_NAMES[goal.name]}", told, proof))
    rows += [
        (f"Gewicht: {criterion.label}", policy.weights.get(criterion.key, criterion.weight), "")
        for criterion in criteria()
        if criterion.weight
    ]
    rows += [
        ("Reistijd hoogstens (minuten)", policy.max_minutes, "voor mentoren die zelf geen grens opgeven"),
        ("Halve dagen samen vrij, minstens", policy.min_half_days, ""),
        ("Reistijden", plan.travel_source, ""),
        *(
            (
                f"Afspraak: {lock.school} met {lock.mentor}",
                "vast" if lock.kind == "required" else "verboden",
                lock.reason,
            )
            for lock in plan.locks
        ),
        *((f"Uitgevallen: {mentor}", reason, "") for mentor, reason in sorted(plan.withdrawn.items())),
        *(("Opmerking", note, "") for note in plan.notes),
        ("Vingerafdruk van de gegevens", plan.inputs_hash, "SHA-256"),
        *((f"Versie: {name}", version, "") for name, version in sorted(plan.versions.items())),
    ]
    fill_sheet(book, "Instellingen", [("Wat", 40), ("Waarde", 50), ("Uitleg", 50)], rows)


def _words(value: GoalValue | None) -> str | int:
    if isinstance(value, tuple):
        return ", ".join(
            f"{count} met {place}{' of meer' if place > 1 else ''}" for place, count in enumerate(value, 1)
        )
    return "onbekend" if value is None else value
