"""What lies in the folder of a cohort's year, and how does a command read it and answer?"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final, TypeVar

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.exit_codes import RefusedError
from service.terminal.files import read_plan, read_text, write_text
from service.terminal.printing import say_findings, say_json
from service.terminal.values import read_day

Writers = Mapping[str, Callable[[Path], object]]

COHORT: Final = "cohorte"
SCHOOLS_FILE: Final = f"{COHORT}/scholen.csv"
MENTORS_FILE: Final = f"{COHORT}/mentoren.csv"
SELECTION_FILE: Final = "selectie.json"
MEASUREMENTS_FILE: Final = "metingen.json"
PLAN_PLACE: Final = "plan/plan.json"
Document = TypeVar("Document")
FIELDS: Final = ("severity", "code", "message", "remedy", "file", "sheet", "row", "column", "value")


def add_folder(one: DutchParser) -> None:
    """Add what every command of the trajectory takes: the folder, and whether the answer is for programs."""
    one.add_argument("folder", metavar="MAP", type=Path, help="map van het traject van één cohorte")
    one.add_argument("--json", action="store_true", help="druk het antwoord af als JSON")


def add_today(one: DutchParser) -> None:
    """Add the day on which the command counts as given."""
    one.add_argument("--today", metavar="DATUM", type=read_day, help="reken alsof het deze dag is, dag/maand/jaar")


def moment_of(options: Namespace) -> datetime:
    """Give this moment, or noon of the day that was given."""
    if options.today is not None:
        return datetime.combine(options.today, time(12), UTC)
    return datetime.now(UTC).replace(microsecond=0)


def refuse_errors(findings: Iterable[matcher.Finding], options: Namespace) -> None:
    """Print what is odd, for programs the findings alone; raises RefusedError where it stops the command."""
    known = list(findings)
    say_findings([one for one in known if one.severity != "note"])
    if any(one.severity == "error" for one in known):
        if options.json:
            say_json({"findings": as_members(known)})
        raise RefusedError


def as_members(findings: Iterable[matcher.Finding]) -> list[dict[str, object]]:
    """Write findings for programs; notes that only tell what was done stay out."""
    return [{name: getattr(one, name) for name in FIELDS} for one in findings if one.severity != "note"]


def cohort_of(options: Namespace) -> matcher.Round:
    """Read the cohort that the selection wrote; errors in it are printed and raise RefusedError."""
    folder: Path = options.folder / COHORT
    if not folder.is_dir():
        message = f"In {options.folder} is nog geen cohorte. Doe eerst «in2stem trajectory select {options.folder}»."
        raise matcher.InvalidValueError(message)
    cohort = matcher.read_cohort(folder)
    refuse_errors([one for one in cohort.findings if one.severity == "error"], options)
    assert cohort.given is not None  # noqa: S101 - errors alone leave no cohort
    return cohort.given


def school_names(given: matcher.Round) -> dict[str, str]:
    """Name the schools of a cohort by id."""
    return {one.id: one.name for one in given.schools}


def mentor_names(given: matcher.Round) -> dict[str, str]:
    """Name the mentors of a cohort by id."""
    return {one.id: one.name for one in given.mentors}


def measurements_in(folder: Path) -> matcher.MeasurementBook:
    """Read metingen.json; nothing measured where it is not there."""
    path = folder / MEASUREMENTS_FILE
    if not path.exists():
        return matcher.MeasurementBook()
    return document_in(path, matcher.measurements_from_document)


def document_in(path: Path, read: Callable[[object], Document]) -> Document:
    """Read a JSON document of ours; raises InvalidValueError with the file's name where it is not one."""
    try:
        return read(matcher.loads(read_text(path)))
    except matcher.In2StemError as error:
        raise matcher.InvalidValueError(f"{path}: {error}") from error


def plans_of(options: Namespace) -> tuple[matcher.Plan, ...]:
    """Read the plans that were given, earliest first, else the one in the folder."""
    paths = options.plan or [options.folder / PLAN_PLACE]
    lost = [path for path in paths if not path.exists()]
    if lost:
        message = f"{lost[0]} bestaat niet. Geef met --plan het plan van «in2stem round {options.folder / COHORT}»."
        raise matcher.InvalidValueError(message)
    return tuple(read_plan(path) for path in paths)


def json_file(document: object) -> Callable[[Path], object]:
    """Give what writes a document of ours."""
    return lambda path: write_text(path, matcher.dumps(document))  # type: ignore[arg-type]


def bytes_file(content: bytes) -> Callable[[Path], object]:
    """Give what writes bytes."""
    return lambda path: path.write_bytes(content)


def workbook(dossier: matcher.Dossier) -> Callable[[Path], object]:
    """Give what writes tables as a workbook."""
    return lambda path: matcher.write_dossier(dossier, path)


def written(folder: Path, writers: Writers) -> str:
    """Write files together; say so in Dutch."""
    matcher.write_together(folder, writers)
    return f"Geschreven in {folder}: {', '.join(writers)}."
