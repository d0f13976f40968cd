"""What does a coordinator open in Excel? `plan.xlsx`: the plan, what is open, what helps, all pairs, the settings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
from openpyxl import Workbook
from openpyxl.formatting.rule import DataBarRule

from matcher.criteria import criteria
from matcher.matching.by_estimate import close_calls
from matcher.matching.goals import GOAL_NAMES
from matcher.output.robustness_workbook import firm_sheets
from matcher.output.sheet import fill_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from matcher.domain.plan import GoalValue, Plan
    from matcher.domain.round import Round
    from matcher.matching.verdicts import Verdicts
    from matcher.output.sheet import Value

BAR_COLOUR = "7FB7BE"
MOST_PAIRS = 200_000
"""A sheet stays usable up to about so many rows; beyond, verdicts.csv has them all."""

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
) -> None:
    """Write the plan for people; Dutch headers, a sheet a view, no cell that a spreadsheet could run.

    `shortages` is the document of `shortages_of_plan`, `firmness` that of `firmness_of_plan`.
    """
    book = Workbook()
    book.properties.creator = "in2stem"
    book.properties.created = book.properties.modified = dt.datetime(2000, 1, 1)  # noqa: DTZ001
    book.remove(book.worksheets[0])
    _plan(book.create_sheet("Plan"), given, plan)
    _idle(book.create_sheet("Mentoren zonder school"), given, plan)
    _open(book.create_sheet("Open plaatsen"), given, plan)
    _shortages(book.create_sheet("Tekorten"), given, shortages or {})
    firm_sheets(book, firmness or {})
    _pairs(book.create_sheet("Alle mogelijke koppels"), given, verdicts, plan)
    _close_calls(book.create_sheet("Dicht bij de grens"), given, verdicts)
    _letters(book.create_sheet("Samenvoegen"), given, plan)
    _settings(book.create_sheet("Instellingen"), given, plan)
    book.save(path)


def _plan(sheet: Worksheet, given: Round, plan: Plan) -> None:
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
    fill_sheet(sheet, list(zip(headers, (14, 34, 20, 18, 14, 24, 28, 28, 9, 9, 14, 80), strict=True)), rows)
    _bars(sheet, "I", len(rows))


def _letters(sheet: Worksheet, given: Round, plan: Plan) -> None:
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
    fill_sheet(sheet, list(zip(headers, (34, 24, 30, 18, 22, 30, 28), strict=True)), rows)


def _idle(sheet: Worksheet, given: Round, plan: Plan) -> None:
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
    fill_sheet(sheet, list(zip(headers, (14, 24, 28, 20, 18, 14, 28), strict=True)), rows)


def _open(sheet: Worksheet, given: Round, plan: Plan) -> None:
    names = {one.id: one for one in given.schools}
    headers = ("Schoolnummer", "School", "Gemeente", "Open plaatsen", "Waarom")
    rows = [
        (one.school, names[one.school].name, names[one.school].municipality, one.count, one.reason)
        for one in plan.open_places
    ]
    fill_sheet(sheet, list(zip(headers, (14, 34, 20, 14, 100), strict=True)), rows)


def _shortages(sheet: Worksheet, given: Round, found: Mapping[str, Any]) -> None:
    """Write where no plan fills every place, and what would: a row a remedy, the least effort first."""
    names = {one.id: one.name for one in given.schools}
    headers = ("Scholen", "Tekort", "Wat helpt (uitgeprobeerd)", "Plaatsen erbij")
    rows: list[tuple[Value, ...]] = []
    for one in found.get("shortages", ()):
        who = ", ".join(names[school] for school in one["schools"]), one["sentence"]
        rows += [(*who, way["words"], way["places"]) for way in one["remedies"]] or [(*who, "", 0)]
    rows += [("", words, "", "") for words in found.get("aside", ())]
    fill_sheet(sheet, list(zip(headers, (50, 80, 80, 14), strict=True)), rows)


def _pairs(sheet: Worksheet, given: Round, verdicts: Verdicts, plan: Plan) -> None:
    chosen = {(pair.school, pair.mentor) for pair in plan.pairs}
    headers = ("Schoolnummer", "School", "Mentornummer", "Mentor", "Bedrijf", "Punten", "Minuten", "In het plan")
    rows: list[tuple[Value, ...]] = []
    for row, column in zip(*(one.tolist() for one in np.nonzero(verdicts.allowed)), strict=True):
        school, mentor = given.schools[row], given.mentors[column]
        if given.helps(mentor) and len(rows) < MOST_PAIRS:
            inside = "ja" if (school.id, mentor.id) in chosen else ""
            numbers = int(verdicts.points[row, column]), int(verdicts.minutes[row, column])
            rows.append((school.id, school.name, mentor.id, mentor.name, mentor.company, *numbers, inside))
    rows.sort(key=lambda one: (str(one[0]), -int(str(one[5]))))
    fill_sheet(sheet, list(zip(headers, (14, 34, 14, 24, 28, 9, 9, 12), strict=True)), rows)
    _bars(sheet, "F", len(rows))


def _close_calls(sheet: Worksheet, given: Round, verdicts: Verdicts) -> None:
    """Write the pairs that are possible or not by an estimate of travel alone: those to ask the mentor about."""
    schools = {one.id: one for one in given.schools}
    mentors = {one.id: one for one in given.mentors}
    headers = ("Schoolnummer", "School", "Mentornummer", "Mentor", "Minuten (schatting)", "Grens", "Nu")
    rows: list[tuple[Value, ...]] = []
    for one in close_calls(given, verdicts)[:MOST_PAIRS]:
        names = schools[one.school].name, mentors[one.mentor].name
        now = "mag nog net" if one.possible else "net te ver"
        rows.append((one.school, names[0], one.mentor, names[1], one.minutes, one.limit, now))
    fill_sheet(sheet, list(zip(headers, (14, 34, 14, 24, 18, 9, 14), strict=True)), rows)


def _settings(sheet: Worksheet, given: Round, plan: Plan) -> None:
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
    fill_sheet(sheet, [("Wat", 40), ("Waarde", 50), ("Uitleg", 50)], rows)


def _words(value: GoalValue | None) -> str | int:
    if isinstance(value, tuple):
        return ", ".join(
            f"{count} met {place}{' of meer' if place > 1 else ''}" for place, count in enumerate(value, 1)
        )
    return "onbekend" if value is None else value


def _bars(sheet: Worksheet, column: str, count: int) -> None:
    if count:
        scale = {"start_type": "num", "start_value": 0, "end_type": "num", "end_value": 1000}
        rule = DataBarRule(**scale, color=BAR_COLOUR)  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(f"{column}2:{column}{count + 1}", rule)
