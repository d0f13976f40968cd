"""Who stands in aanmeldingen.csv and aanmeldingen-mentoren.csv, and what does selectie.toml ask?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

from matcher.domain.column import Sheet, plain
from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.intake.cohort.duplicates import look_alikes, same_mail, without_doubles
from matcher.intake.cohort.member_rows import make_mentor, make_school, with_site
from matcher.intake.columns.catalogue import columns
from matcher.intake.columns.trajectory_readers import NETWORK_SPELLINGS
from matcher.intake.reading.policy_section import Section
from matcher.intake.reading.source_position import Place
from matcher.intake.season.season_section import choose, missing
from matcher.intake.tables.records import Record
from matcher.intake.tables.single_table import read_rows
from matcher.intake.trajectory.settings_file import read_settings
from matcher.intake.trajectory.tables import APPLICATIONS, day, named, once, read_table, table_columns, whole
from matcher.trajectory.applications import Application, ApplicationStep, Consent
from matcher.trajectory.candidates import (
    GOALS,
    MOST_SEATS,
    SELECTION_DIMENSIONS,
    Dimension,
    SelectionLimit,
    SelectionPolicy,
    Side,
)

OWN: Final = "application."
POLICY_FILE: Final = "selectie.toml"
POLICY_KEYS: Final = ("plaatsen", "wachtlijst", "doelen", "loting")
LIMIT_KEYS: Final = ("groep", "waarde", "hoogstens", "minstens")
DIMENSION_WORDS: Final[Mapping[str, Dimension]] = {
    "provincie": "province",
    "onderwijsvorm": "school_type",
    "net": "network",
}
GOAL_WORDS: Final = {"plaatsen": "seats", "voorrang": "priority", "afwijking": "balance"}
SIDES: Final[tuple[tuple[str, Side], ...]] = (("hoogstens", "most"), ("minstens", "least"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The applications, and the row of each as text: application's id to header to cell, as a cohort's table has it."""

    applications: tuple[Application, ...]
    rows: Mapping[str, Mapping[str, str]]
    findings: tuple[Finding, ...]


def read_applications(folder: Path) -> Received:
    """Read both tables of applications; schools must be there, mentors may come later."""
    schools, mentors = (read_table(folder, name) for name in APPLICATIONS)
    findings = [*schools.findings, *mentors.findings]
    if not schools.there:
        findings.append(_no_table(folder))
    return _received({"Scholen": schools.records, "Mentoren": mentors.records}, findings)


def read_school_applications(content: bytes, file: str) -> Received:
    """Read the applications of schools from a table, or from the sheet Aanmeldingen of a workbook."""
    records, findings = read_rows(content, file, table_columns(APPLICATIONS[0]), APPLICATIONS[0])
    whole_rows = all(one.code != "missing_column" or one.severity != "error" for one in findings)
    return _received({"Scholen": tuple(one for one in records if one.good and whole_rows)}, findings)


def _received(tables: Mapping[Sheet, Sequence[Record]], findings: list[Finding]) -> Received:
    found: list[tuple[Application, Record]] = []
    for sheet, rows in tables.items():
        records = with_site(rows) if sheet == "Scholen" else list(rows)
        records, odd = without_doubles(records, "schoolnummer" if sheet == "Scholen" else "mentornummer")
        findings += odd + same_mail(records)
        if sheet == "Scholen":
            findings += look_alikes(records, ("name",), "postcode", "naam")
        for record in records:
            application, more = _application(record, sheet)
            findings += more
            found += [(application, record)] if application is not None else []
    return Received(
        applications=tuple(one for one, _ in found),
        rows={one.id: _row(record, "Scholen" if one.school else "Mentoren") for one, record in found},
        findings=tuple(findings),
    )


def _no_table(folder: Path) -> Finding:
    message = f"In {folder.name} staat geen aanmeldingen.csv of aanmeldingen.xlsx."
    return Place("aanmeldingen.csv").error(
        "no_files", message, "«in2stem trajectory template» maakt lege bestanden om in te vullen."
    )


def _row(record: Record, sheet: Sheet) -> dict[str, str]:
    return {one.name: record.texts.get(one.name, "") for one in columns(sheet) if not one.field.startswith("baseline.")}


def _application(record: Record, sheet: str) -> tuple[Application | None, list[Finding]]:
    """Make an application of a good row: it came in, and stands now where the row says."""
    bare = replace(record, values={field: one for field, one in record.values.items() if not field.startswith(OWN)})
    who: dict[str, Any]
    if sheet == "Scholen":
        school, findings = make_school(bare)
        who = {"school": school, "network": record.text(f"{OWN}network")}
    else:
        mentor, findings = make_mentor(bare)
        who = {"mentor": mentor}
    received = day(record, f"{OWN}received")
    if None in who.values() or received is None:
        return None, findings
    at = datetime.combine(received, time(), UTC)
    try:
        application = Application(
            id=f"{'S' if sheet == 'Scholen' else 'M'}-{record.text('id')}",
            received_at=at,
            consent=Consent(wording=record.text(f"{OWN}consent"), given_at=at),
            motivation=record.text(f"{OWN}motivation"),
            points=whole(record, f"{OWN}points") or 0,
            points_reason=record.text(f"{OWN}points_reason"),
            steps=_steps(record, at),
            **who,
        )
    except InvalidValueError as error:
        spot = record.place.at(column=_blamed(record))
        return None, [*findings, spot.error("invalid_value", str(error), "Kijk deze rij na.")]
    return application, findings


def _blamed(record: Record) -> str:
    points = whole(record, f"{OWN}points") and not record.text(f"{OWN}points_reason")
    return "reden_voorrang" if points else "aanmelding"


def _steps(record: Record, at: datetime) -> tuple[ApplicationStep, ...]:
    state: Any = record.text(f"{OWN}state") or "confirmed"
    if state == "received":
        return ()
    first = (ApplicationStep(state="confirmed", at=at),) if state not in ("confirmed", "withdrawn", "refused") else ()
    return (*first, ApplicationStep(state=state, at=at, reason=record.text(f"{OWN}reason")))


def read_selection_policy(folder: Path) -> tuple[SelectionPolicy, tuple[Finding, ...]]:
    """Read selectie.toml, if it is there; without it twenty schools are chosen without limits."""
    path = folder / POLICY_FILE
    if not path.is_file():
        return SelectionPolicy(), ()
    top, tables, findings = read_settings(path.read_bytes(), path.name, POLICY_KEYS, "grens", LIMIT_KEYS)
    values: dict[str, Any] = {
        "seats": top.whole("plaatsen", 1, MOST_SEATS),
        "waiting_places": top.whole("wachtlijst", 0, MOST_SEATS),
        "seed": top.whole("loting", 0, 2**31),
        "goals": _goals(top),
    }
    limits = tuple(limit for table in tables for limit in _limits(table))
    try:
        policy = SelectionPolicy(limits=limits, **{key: one for key, one in values.items() if one is not None})
    except InvalidValueError as error:
        top.error("invalid_value", "", str(error), "Pas de waarden aan.")
        policy = SelectionPolicy()
    return policy, tuple(findings)


def _goals(top: Section) -> tuple[str, ...] | None:
    texts = top.texts("doelen")
    if texts is None:
        return None
    found = [choose(top, "doelen", one, GOAL_WORDS, "doel") for one in texts]
    goals = tuple(one for one in found if one)
    if None not in found and sorted(goals) != sorted(GOALS):
        top.error("goals", "doelen", "Noem elk doel één keer.", f"Kies de volgorde van: {', '.join(GOAL_WORDS)}.")
        return None
    if goals and goals[0] != GOALS[0]:
        told = "Plaatsen staat altijd vooraan.", f"Schrijf «{texts[goals.index(GOALS[0])]}» als eerste."
        top.error("goals", "doelen", *told, texts[0])
        return None
    return goals if len(goals) == len(GOALS) else None


def _limits(table: Section) -> Iterable[SelectionLimit]:
    if missing(table, "groep", "waarde"):
        return
    dimension = choose(table, "groep", table.text("groep"), DIMENSION_WORDS, "groep")
    if dimension is None:
        return
    known = {value: value for value in SELECTION_DIMENSIONS[dimension]}  # type: ignore[index]
    value = choose(
        table, "waarde", table.text("waarde"), NETWORK_SPELLINGS if dimension == "network" else known, "groep"
    )
    if not any(key in table.raw for key, _ in SIDES):
        table.error("empty_limit", "groep", "Hier staat geen grens.", "Geef hoogstens, minstens of beide.")
    for key, side in SIDES:
        number = table.whole(key, 0, MOST_SEATS)
        if number is not None and value is not None:
            yield SelectionLimit(dimension=dimension, value=value, side=side, number=number)  # type: ignore[arg-type]


def read_ledger(folder: Path, names: Mapping[str, str]) -> tuple[dict[str, int], tuple[Finding, ...]]:
    """Read voorrang.csv, the priority that the previous cohort left; schools that did not apply again are told.

    A number that lost its zeros in Excel is an error, not a school that stayed away.
    """
    table = read_table(folder, "voorrang")
    spelled = {plain(text) for one in names.items() for text in one}
    bare = {one.lstrip("0") for one in names}
    known, others = list["Record"](), list["Record"]()
    for one in table.records:
        text = one.text("school")
        (known if plain(text) in spelled or text.lstrip("0") in bare else others).append(one)
    rows, findings = named(known, "school", "schoolnummer", names, "aanmelding")
    findings += once([((key,), record) for key, record in rows], "schoolnummer", "Deze school")
    away = [one for one in others if whole(one, "priority")]
    if away:
        detail = ", ".join(one.text("school") for one in away)
        who, did = ("school had", "meldde") if len(away) == 1 else ("scholen hadden", "meldden")
        message = f"Deze {who} voorrang en {did} zich niet aan."
        spot = away[0].place.at(column="schoolnummer")
        findings.append(spot.warning("not_applied", message, "Kijk na of het nummer klopt.", detail))
    return {key: whole(record, "priority") or 0 for key, record in rows}, (*table.findings, *findings)
