"""How did the mentoring go, and who goes first next time: `trajectory outcomes`."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Final

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.printing import say, say_json
from service.terminal.trajectory import files

PAIRS_FILE: Final = "koppels.json"
LEDGER_FILE: Final = "voorrang-volgende.csv"


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command."""
    one = commands.add_parser("outcomes", help="hoe de begeleiding ging, en wie volgend jaar voorrang krijgt")
    files.add_folder(one)
    words = "plan.json, ook dat van voor een herstelling, het vroegste eerst (standaard plan/plan.json; mag vaker)"
    one.add_argument("--plan", metavar="PLAN", type=Path, action="append", default=[], help=words)
    one.add_argument("--limit", metavar="PUNTEN", type=int, default=20, help="hoogste voorrang (standaard 20)")
    one.set_defaults(run=run_outcomes)


def run_outcomes(options: Namespace) -> int:
    """Read pairs and contacts beside the plans, sum up, work the ledger out, write and print."""
    given = files.cohort_of(options)
    schools, mentors = files.school_names(given), files.mentor_names(given)
    plans = files.plans_of(options)
    outcomes, findings = matcher.read_outcomes(options.folder, plans, schools, mentors)
    files.refuse_errors(findings, options)
    planned = {(one.school, one.mentor) for one in plans[-1].pairs}
    ledger = matcher.fairness_ledger(outcomes, schools, options.limit, planned)
    summary = matcher.outcome_summary(outcomes)
    rows = [{"schoolnummer": one.school, "voorrang": one.priority, "reden": one.reason} for one in ledger]
    content = matcher.csv_table([one.name for one in matcher.table_columns("voorrang")], rows)
    answer = {
        "outcomes": [matcher.outcome_to_document(one) for one in outcomes],
        "ledger": [{"school": one.school, "priority": one.priority, "reason": one.reason} for one in ledger],
        "summary": summary.sentence,
        "findings": files.as_members(findings),
    }
    wrote = files.written(
        options.folder,
        {
            PAIRS_FILE: files.json_file(answer),
            "koppels-overzicht.xlsx": files.workbook(matcher.outcomes_dossier(schools, mentors, outcomes, ledger)),
            LEDGER_FILE: lambda path: path.write_bytes(content),
        },
    )
    if options.json:
        say_json(answer)
        return 0
    say(summary.sentence, "", "Voorrang in de volgende cohorte:")
    first = [one for one in ledger if one.priority]
    say(*(f"  {schools[one.school]}: {one.reason}" for one in sorted(first, key=lambda one: -one.priority)))
    say(*([] if first else [f"  {matcher.nobody_first_words(outcomes, options.limit)}"]))
    say(wrote, f"Bewaar {LEDGER_FILE} volgend jaar als voorrang.csv in de nieuwe map.")
    return 0
