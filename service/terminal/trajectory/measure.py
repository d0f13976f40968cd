"""Where do schools stand: `trajectory measure`, from rated tables to frozen measurements and the round's needs."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import matcher
from service.terminal.argparse_dutch import DutchParser, does_nothing
from service.terminal.printing import say, say_findings, say_json
from service.terminal.trajectory import files
from service.terminal.values import read_day

MOMENTS: Final[Mapping[str, matcher.Moment]] = {"nulmeting": "baseline", "eindmeting": "final"}


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command."""
    one = commands.add_parser("measure", help="kijk een nulmeting of eindmeting na, en dien ze in")
    files.add_folder(one)
    one.add_argument("--moment", choices=tuple(MOMENTS), default="nulmeting", help="welke meting (standaard nulmeting)")
    one.add_argument("--submit", action="store_true", help="dien in: daarna ligt de meting vast")
    one.add_argument("--by", metavar="NAAM", default="", help="wie indient")
    one.add_argument("--due", metavar="DATUM", type=read_day, help="laatste dag om in te dienen, dag/maand/jaar")
    one.add_argument("--reason", metavar="REDEN", default="", help="waarom een ingediende meting vervangen wordt")
    one.only_with("--by", "--submit", why="Wie indient, telt pas met --submit.")
    files.add_today(one)
    one.set_defaults(run=run_measure)


def run_measure(options: Namespace) -> int:
    """Read, check, freeze where asked, and carry the needs into the cohort."""
    given = files.cohort_of(options)
    names, moment, at = files.school_names(given), MOMENTS[options.moment], files.moment_of(options)
    table = matcher.read_ratings(options.folder, moment, names)
    handed = matcher.HandedIn(at=at, by=options.by, due=options.due, reason=options.reason)
    book = files.measurements_in(options.folder)
    taken = matcher.take_measurements(book, table, moment, handed)
    files.refuse_errors((*table.findings, *taken.findings), options)
    if options.reason and not {*taken.new} & {one.school for one in current(book, names, moment)}:
        raise does_nothing("--reason", f"Geen enkele ingediende {options.moment} verandert: er wordt niets vervangen.")
    missing = _missing(names, taken.book, moment, options)
    wrote = _write(names, taken.book, moment, options.folder) if options.submit else ""
    if options.json:
        _say_json(taken, missing, (*table.findings, *taken.findings), options)
    else:
        say_findings(missing if options.due is not None else ())
        _print(names, taken, missing, options, wrote)
    return 0


def _missing(
    names: Mapping[str, str], book: matcher.MeasurementBook, moment: matcher.Moment, options: Namespace
) -> tuple[matcher.Finding, ...]:
    """Name the schools without a measurement; late or not, it stops nobody else's."""
    today = files.moment_of(options).date()
    told = matcher.schools_not_measured(names, book.measurements, moment, options.due or today, today)
    return tuple(replace(one, severity="warning" if one.severity == "error" else "note") for one in told)


def current(
    book: matcher.MeasurementBook, names: Mapping[str, str], moment: matcher.Moment
) -> tuple[matcher.Measurement, ...]:
    """Give the measurements of a moment that count, in the order of schools."""
    found = (matcher.current_measurement(book.measurements, school, moment) for school in names)
    return tuple(one for one in found if one is not None)


def _write(names: Mapping[str, str], book: matcher.MeasurementBook, moment: matcher.Moment, folder: Path) -> str:
    """Write the measurements; a baseline also goes into the columns of the cohort that a round reads."""
    writers: dict[str, Callable[[Path], object]] = {
        files.MEASUREMENTS_FILE: files.json_file(matcher.measurements_to_document(book))
    }
    counted = current(book, names, moment)
    if moment == "baseline":
        content = _with_ratings(folder, counted)
        writers[files.SCHOOLS_FILE] = lambda path: path.write_bytes(content)
        writers["noden.xlsx"] = files.workbook(matcher.needs_dossier(names, counted))
    return files.written(folder, writers)


def _with_ratings(folder: Path, counted: tuple[matcher.Measurement, ...]) -> bytes:
    path = folder / files.SCHOOLS_FILE
    schools = matcher.read_listing(path.read_bytes(), path.name, "Scholen")
    for one in counted:
        ratings = matcher.ratings_of(one)
        cells = {code: str(ratings[code]) if code in ratings else "" for code in matcher.LABEL_CRITERIA}
        schools = schools.with_row(one.school, cells)
    return matcher.csv_table(schools.header, schools.rows.values())


def _say_json(
    taken: matcher.Taken,
    missing: tuple[matcher.Finding, ...],
    findings: tuple[matcher.Finding, ...],
    options: Namespace,
) -> None:
    say_json(
        {
            "moment": options.moment,
            "submitted": options.submit,
            "new": list(taken.new),
            "same": list(taken.same),
            "missing": [one.value for one in missing],
            "measurements": matcher.measurements_to_document(taken.book),
            "findings": files.as_members(findings),
        }
    )


def _print(
    names: Mapping[str, str], taken: matcher.Taken, missing: tuple[matcher.Finding, ...], options: Namespace, wrote: str
) -> None:
    counted = current(taken.book, names, MOMENTS[options.moment])
    for one in counted:
        if one.school in taken.new:
            first = matcher.school_needs(one)
            nothing = "Geen tekort." if matcher.ratings_of(one) else "Niets beoordeeld: een tekort is niet te zien."
            why = first.needs[0].why if first.needs else nothing
            say(f"{names[one.school]}: {why} {first.why_themes}")
    if counted:
        say("", matcher.cohort_sentence(counted))
    state = "ingediend" if options.submit else "klaar om in te dienen"
    say(f"Metingen {state}: {len(taken.new)}; al vast: {len(taken.same)}; scholen zonder meting: {len(missing)}.")
    say(wrote if options.submit else "Er is niets geschreven. Met --submit liggen deze metingen vast.")
