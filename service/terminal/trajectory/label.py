"""Which level is held and what is missing for the next: `trajectory label`, with a dossier per school."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.files import read_text
from service.terminal.printing import say, say_json
from service.terminal.trajectory import files
from service.terminal.trajectory.progress import file_name

LABEL_FILE: Final = "label.json"
LEVEL_NAMES: Final = {"none": "nog geen niveau"}


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command."""
    one = commands.add_parser("label", help="welk niveau een school heeft, en wat er volgens onze regels nog ontbreekt")
    files.add_folder(one)
    one.add_argument("--rules", metavar="BESTAND", type=Path, help="eigen regels in plaats van die van het programma")
    files.add_today(one)
    one.set_defaults(run=run_label)


def run_label(options: Namespace) -> int:
    """Read levels and measurements, tell what is missing, write a dossier per school."""
    given = files.cohort_of(options)
    names = files.school_names(given)
    levels, odd = matcher.read_levels(options.folder, names, files.moment_of(options).date())
    plans, more = matcher.read_plans(options.folder, names, files.mentor_names(given))
    files.refuse_errors((*odd, *more), options)
    rules = _rules(options.rules)
    book = files.measurements_in(options.folder)
    latest = {school: one for school in names if (one := _latest(book, school)) is not None}
    told = [_told(school, names[school], latest.get(school), levels, rules, options) for school in names]
    answer = {"schools": told, "source": rules.source, "caveat": _caveat(rules)}
    plan_of = {one.school: one for one in plans.plans}
    writers: dict[str, Callable[[Path], object]] = {LABEL_FILE: files.json_file(answer)}
    for school, measured in latest.items():
        dossier = matcher.school_dossier(names[school], measured, plan_of.get(school), levels, rules)
        writers[f"dossiers/{file_name(school)}.xlsx"] = files.workbook(dossier)
    matcher.write_together(options.folder, writers)
    if options.json:
        say_json(answer)
        return 0
    _print(told)
    say("", str(answer["caveat"]), f"Regels: {rules.source}.")
    say(
        f"Geschreven in {options.folder}: {LABEL_FILE} en "
        f"{matcher.counted(len(latest), 'dossier', 'dossiers')} in dossiers/."
    )
    return 0


def _rules(path: Path | None) -> matcher.ReadinessRules:
    if path is None:
        return matcher.default_rules()
    try:
        return matcher.read_rules(read_text(path), f"eigen tabel {path.name}")
    except matcher.In2StemError as error:
        raise matcher.InvalidValueError(f"{path}: {error}") from error


def _caveat(rules: matcher.ReadinessRules) -> str:
    return matcher.readiness({}, "Competent", rules).caveat


def _latest(book: matcher.MeasurementBook, school: str) -> matcher.Measurement | None:
    """Give the final measurement that counts, else the baseline."""
    final = matcher.current_measurement(book.measurements, school, "final")
    return final or matcher.current_measurement(book.measurements, school, "baseline")


def _told(  # noqa: PLR0913, PLR0917 - one row of the answer, from all that is known of a school
    school: str,
    name: str,
    measured: matcher.Measurement | None,
    levels: Sequence[matcher.LevelHeld],
    rules: matcher.ReadinessRules,
    options: Namespace,
) -> dict[str, Any]:
    today = files.moment_of(options).date()
    held = matcher.level_held(levels, school, today)
    proofs = [one for one in levels if (one.school, one.level) == (school, held) and one.since <= today]
    last = max(proofs, key=lambda one: one.since, default=None)
    aim = matcher.next_level(held)
    ready = None
    if measured is not None and aim is not None:
        ready = matcher.readiness(matcher.combined_ratings(measured), aim, rules)
    return {
        "school": school,
        "name": name,
        "level": held,
        "since": None if last is None else f"{last.since}",
        "proof": "" if last is None else last.proof,
        "measured": None if measured is None else matcher.MOMENT_NAMES[measured.moment],
        "next": aim,
        "ready": None if ready is None else ready.ready,
        "short": None if ready is None else ready.short,
        "missing": [] if ready is None else list(ready.missing),
    }


def _print(told: Sequence[Mapping[str, Any]]) -> None:
    for one in told:
        held = LEVEL_NAMES.get(one["level"], one["level"])
        since = (
            f" sinds {date.fromisoformat(one['since']):%d/%m/%Y} (bewijsstuk: {one['proof']})"
            if one["since"] and one["proof"]
            else ""
        )
        say(f"{one['name']} ({one['school']}): {held}{since}.")
        if one["next"] is None:
            say("  Dit is het hoogste niveau.")
        elif one["ready"] is None:
            say("  Nog niet gemeten: over gereedheid valt niets te zeggen.")
        elif one["ready"]:
            say(f"  Klaar om {one['next']} aan te vragen, volgens onze regels (op de {one['measured']}).")
        else:
            say(
                f"  Nog niet klaar voor {one['next']} (op de {one['measured']}):", *(f"  - {x}" for x in one["missing"])
            )
