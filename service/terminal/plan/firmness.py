"""How firm does a plan stand? `robust`: weights, answers that leave no choice, and the price of spreading."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.files import read_question
from service.terminal.printing import progress_bar, say, say_json


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command to the command line."""
    one = commands.add_parser("robust", help="hoe vast staat dit plan: gewichten, enige keuzes, prijs van spreiden")
    one.add_argument("plan", metavar="PLAN", type=Path, help="plan.json, met ronde.json ernaast")
    one.add_argument("--out", metavar="BESTAND", type=Path, help="schrijf het ook als werkboek (.xlsx)")
    one.add_argument("--json", action="store_true", help="druk het antwoord af als JSON")
    one.set_defaults(run=run_robust)


def run_robust(options: Namespace) -> int:
    """Say how far each weight can move, who has a single choice, and what more spreading costs."""
    asked = read_question(options.plan)
    with progress_bar("Stevigheid"):
        found = matcher.robustness(asked)
    if options.out is not None:
        matcher.write_robustness(options.out, matcher.robustness_document(asked, found))
    if options.json:
        say_json(matcher.robustness_document(asked, found))
        return 0
    say("Gewichten (de andere gewichten blijven zoals ze zijn):")
    for one in found.weights:
        say(f"  {one.label} ({one.weight}): {matcher.range_words(asked, one)}")
    say("", "Eén enkele keuze:")
    say(*(f"  {matcher.choice_words(asked, one)}" for one in found.single_choices))
    if not found.single_choices:
        say("  Niemand: elke school en elke mentor die kan, heeft meer dan één keuze.")
    say("", "Wat kost het als meer mentoren een school krijgen?")
    say(*(f"  {matcher.rung_words(one)}" for one in found.spread))
    if not found.spread:
        say(f"  {matcher.nothing_to_spread_words(asked.plan)}")
    return 0
