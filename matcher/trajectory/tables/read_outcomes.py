"""How did the mentoring go: koppels.csv and contacten.csv beside the plans that were published?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.domain.plan import Plan
from matcher.intake.reading.source_position import Place
from matcher.intake.tables.records import Record
from matcher.intake.trajectory.tables import day, named, once, read_table, whole
from matcher.trajectory.outcomes import MentorContact, MentoringOutcome, UnexplainedStopError, start_outcomes

Pair = tuple[str, str]


def read_outcomes(
    folder: Path, plans: Sequence[Plan], schools: Mapping[str, str], mentors: Mapping[str, str]
) -> tuple[tuple[MentoringOutcome, ...], tuple[Finding, ...]]:
    """Read what became of every pair of the plans, earliest plan first; a pair of no plan is an error."""
    started: dict[Pair, MentoringOutcome] = {}
    for plan in plans:
        for one in start_outcomes(plan):
            started.setdefault((one.school, one.mentor), one)
    tables = [read_table(folder, name) for name in ("koppels", "contacten")]
    findings = [one for table in tables for one in table.findings]
    told: list[list[tuple[Pair, Record]]] = []
    for table in tables:
        rows, odd = _pairs(table.records, schools, mentors, started)
        told.append(rows)
        findings += odd
    findings += once(told[0], "schoolnummer", "Dit koppel")
    findings += once((((*pair, _contact(row)), row) for pair, row in told[1]), "dag", "Dit contact")
    contacts: dict[Pair, list[tuple[MentorContact, Record]]] = {}
    for pair, row in told[1]:
        contacts.setdefault(pair, []).append((_contact(row), row))
    rows_of = dict(told[0])
    outcomes = []
    for pair, start in started.items():
        outcome, odd = _outcome(start, rows_of.get(pair), contacts.get(pair, []))
        outcomes.append(outcome)
        findings += odd
    findings += _ended_silently(plans, outcomes, tables[0].file)
    return tuple(outcomes), tuple(findings)


def _pairs(
    records: Sequence[Record], schools: Mapping[str, str], mentors: Mapping[str, str], known: Mapping[Pair, object]
) -> tuple[list[tuple[Pair, Record]], list[Finding]]:
    rows, findings = named(records, "school", "schoolnummer", schools, "school van de cohorte")
    school_of = {id(one): school for school, one in rows}
    rows, more = named((one for _, one in rows), "mentor", "mentornummer", mentors, "mentor van de cohorte")
    findings += more
    found = []
    for mentor, one in rows:
        pair = school_of[id(one)], mentor
        if pair in known:
            found.append((pair, one))
        else:
            message = "Dit koppel staat in geen van de plannen."
            remedy = "Geef met --plan ook het plan waarin het wel stond."
            findings.append(one.place.at(column="mentornummer").error("unknown_pair", message, remedy, mentor))
    return found, findings


def _contact(record: Record) -> MentorContact:
    held = day(record, "day")
    if held is None:
        raise AssertionError("a good row of contacts has a day")
    return MentorContact(day=held, kind=record.text("kind") or "visit", minutes=whole(record, "minutes") or 60)


def _outcome(
    start: MentoringOutcome, row: Record | None, contacts: Sequence[tuple[MentorContact, Record]]
) -> tuple[MentoringOutcome, list[Finding]]:
    values: dict[str, Any] = {"contacts": tuple(one for one, _ in contacts)}
    if row is not None:
        values |= {
            "school_satisfaction": whole(row, "by_school"),
            "mentor_satisfaction": whole(row, "by_mentor"),
            "stopped": day(row, "stopped"),
            "stop_reason": row.text("stop_reason"),
            "stop_note": row.text("note"),
            "replaced": bool(row.text("replaced")),
        }
    try:
        return replace(start, **values), []
    except InvalidValueError as error:
        at_fault = row or contacts[0][1]
        column = "reden" if isinstance(error, UnexplainedStopError) else "gestopt_op" if row is not None else "dag"
        spot, remedy = at_fault.place.at(column=column), "Kijk deze rij en de contacten van het koppel na."
        return start, [spot.error("invalid_value", str(error), remedy, at_fault.texts.get(column) or None)]


def _ended_silently(plans: Sequence[Plan], outcomes: Sequence[MentoringOutcome], file: str) -> list[Finding]:
    """Warn of pairs that are in an earlier plan and not in the last, of which nobody says why they stopped."""
    last = {(one.school, one.mentor) for one in plans[-1].pairs} if plans else set()
    return [
        Place(file).warning(
            "ended_silently",
            f"Het koppel {one.school} met {one.mentor} staat niet meer in het laatste plan.",
            "Vul in koppels.csv in wanneer en waarom het stopte, en of iemand het overnam.",
            one.mentor,
        )
        for one in outcomes
        if (one.school, one.mentor) not in last and one.stopped is None
    ]
