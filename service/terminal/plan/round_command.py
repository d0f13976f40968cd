"""From two spreadsheets to a plan: `round`, `check`, `template`."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.exit_codes import EXIT_INPUT
from service.terminal.files import write_text
from service.terminal.interrupt import stop_on_interrupt
from service.terminal.plan.delivery import deliver
from service.terminal.plan.given import add_changes, load, print_carried, print_prices, with_options, with_roads
from service.terminal.printing import progress_bar, say, say_findings, say_json

_TABLES: Final[Mapping[str, matcher.Sheet]] = {"scholen": "Scholen", "mentoren": "Mentoren"}


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    _add_round(commands.add_parser("round", help="maak het beste plan voor een cohorte"))
    one = commands.add_parser("check", help="kijk de bestanden na zonder te rekenen")
    one.add_argument("cohort", metavar="COHORTE", type=Path, help="map of werkmap")
    one.add_argument("--policy", metavar="BESTAND", type=Path, help="beleid.toml")
    one.add_argument("--only", choices=list(_TABLES), metavar="TABEL", help="alleen scholen, of alleen mentoren")
    column = "welke kolom een titel uit uw bestand is, zoals «Plek=postcode» (mag vaker)"
    one.add_argument("--column", metavar="TITEL=KOLOM", action="append", default=[], help=column)
    fill = "schrijf lezen.toml naast de cohorte: wat u zei, en een voorstel bij elke vraag"
    one.add_argument("--fill", action="store_true", help=fill)
    one.add_argument("--json", action="store_true", help="druk de opmerkingen af als JSON")
    one.set_defaults(run=run_check)
    one = commands.add_parser("template", help="schrijf lege bestanden met de juiste hoofding")
    one.add_argument("folder", metavar="MAP", type=Path, help="map waarin de bestanden komen")
    one.set_defaults(run=run_template)


def _add_round(one: DutchParser) -> None:
    cohort = "map met scholen.csv en mentoren.csv, of een werkmap .xlsx"
    one.add_argument("cohort", metavar="COHORTE", type=Path, help=cohort)
    one.add_argument("--out", metavar="MAP", type=Path, required=True, help="map waarin het plan komt")
    one.add_argument("--policy", metavar="BESTAND", type=Path, help="beleid.toml met gewichten, doelen en grenzen")
    previous = "plan.json dat al gepubliceerd is: zo weinig mogelijk wijzigen"
    one.add_argument("--previous", metavar="PLAN", type=Path, help=previous)
    add_changes(one)
    robust = "zet in plan.xlsx ook hoe vast het plan staat: gewichten en enige keuzes"
    one.add_argument("--robust", action="store_true", help=robust)
    one.add_argument("--json", action="store_true", help="druk het plan af als JSON")
    one.set_defaults(run=run_round)


def run_round(options: Namespace) -> int:
    """Read, judge, assign, check, write and print."""
    cohort = load(options.cohort, options.policy, options.previous)
    if cohort.given is None:
        return EXIT_INPUT
    current, note = with_roads(cohort, options)
    given = with_options(current, options)
    if not options.json:
        print_carried(current, given)
        before = () if given.previous is None else given.previous.locks
        print_prices(given, {*given.locks} - {*current.locks, *before})
    with progress_bar("Ronde") as progress, stop_on_interrupt() as stop:
        if progress is not None:
            progress("elk koppel beoordelen", None)
        verdicts = matcher.judge(given)
        plan = matcher.assign(given, verdicts, progress=progress, stop=stop)
    plan = replace(plan, notes=(*plan.notes, *([note] if note else [])))
    return deliver(given, verdicts, plan, options.out, as_json=options.json, weights=options.robust)


def run_check(options: Namespace) -> int:
    """Print the findings alone, and keep what was said of the columns where asked."""
    told = matcher.told_columns(options.column)
    only = [_TABLES[options.only]] if options.only else ()
    cohort = matcher.read_cohort(options.cohort, policy_file=options.policy, told=told, only=only)
    matcher.refuse_unknown_titles(cohort, options.column)
    if options.fill:
        home = options.cohort if options.cohort.is_dir() else options.cohort.parent
        again = matcher.proposed_columns(cohort)  # only with its columns known does a row show what else to ask
        cohort = matcher.read_cohort(options.cohort, policy_file=options.policy, told=again, only=only)
        write_text(home / matcher.READING_FILE, matcher.proposed_reading(cohort))
    cohort = matcher.with_roads_beside(cohort, options.cohort)
    if options.json:
        fields = ("severity", "code", "message", "remedy", "file", "sheet", "row", "column", "value", "who", "header")
        say_json(
            {
                "findings": [{name: getattr(one, name) for name in fields} for one in cohort.findings],
                "counts": str(cohort.counts),
            }
        )
    else:
        say_findings(cohort.findings)
        say(str(cohort.counts))
    return 0 if cohort.given is not None else EXIT_INPUT


def run_template(options: Namespace) -> int:
    """Write empty files."""
    written = matcher.write_templates(options.folder)
    say(f"Geschreven in {options.folder}: {', '.join(path.name for path in written)}.")
    return 0
