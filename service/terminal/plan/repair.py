"""When something falls through after publishing: `rerun` and its ladder, `compare`."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from dataclasses import asdict, replace
from pathlib import Path

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.exit_codes import EXIT_INPUT
from service.terminal.files import read_plan
from service.terminal.plan.delivery import deliver
from service.terminal.plan.given import add_changes, load, print_carried, print_prices, with_options, with_roads
from service.terminal.printing import progress_bar, say, say_json, say_table


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    one = commands.add_parser("rerun", help="herstel een gepubliceerd plan met zo weinig mogelijk wijzigingen")
    one.add_argument("plan", metavar="PLAN", type=Path, help="plan.json dat gepubliceerd is")
    one.add_argument("--cohort", metavar="COHORTE", type=Path, required=True, help="de gegevens van nu: map of werkmap")
    one.add_argument("--policy", metavar="BESTAND", type=Path, help="beleid.toml")
    add_changes(one)
    one.add_argument("--ladder", action="store_true", help="toon ook wat meer verschuivingen zouden opleveren")
    one.add_argument("--out", metavar="MAP", type=Path, help="map voor het nieuwe plan; zonder wordt niets geschreven")
    one.add_argument("--json", action="store_true", help="druk het antwoord af als JSON")
    one.set_defaults(run=run_rerun)


def run_rerun(options: Namespace) -> int:
    """Repair a plan: who changes and why, one line each; with --ladder what more moves would bring."""
    previous = read_plan(options.plan)
    cohort = load(options.cohort, options.policy, options.plan)
    if cohort.given is None:
        return EXIT_INPUT
    options.previous = options.plan
    current, note = with_roads(cohort, options)
    given = with_options(current, options)
    if not options.json:
        print_carried(current, given)
        print_prices(given, {*given.locks} - {*current.locks, *previous.locks})
    with progress_bar("Herstel") as progress:
        verdicts = matcher.judge(given)
        plan = matcher.assign(given, verdicts, progress=progress)
    plan = replace(plan, notes=(*plan.notes, *([note] if note else [])))
    if plan.conflict is None and options.ladder:
        with progress_bar("Ladder"):
            rungs = matcher.ladder(given, verdicts=verdicts)
        if options.json:
            say_json([{"moves": one.moves, "plan": matcher.plan_to_document(one.plan)} for one in rungs])
        else:
            _print_ladder(rungs)
    if not options.json and plan.conflict is None:
        _print_changes(given, previous, plan)
    if options.out is not None or plan.conflict is not None:
        quiet = options.json and options.ladder and plan.conflict is None  # one answer is one JSON document
        return deliver(given, verdicts, plan, options.out, as_json=options.json, quiet=quiet)
    if options.json and not options.ladder:
        moves = [
            asdict(one.move) | {"claims": [matcher.claim_to_document(each) for each in one.claims]}
            for one in matcher.explained_moves(given, previous, plan)
        ]
        say_json({"moves": moves, "plan": matcher.plan_to_document(plan)})
    return 0


def _print_changes(given: matcher.Round, previous: matcher.Plan, plan: matcher.Plan) -> None:
    moves = matcher.explained_moves(given, previous, plan)
    say("", *(one.words for one in moves))
    changed = matcher.counted(len(moves), "school verandert", "scholen veranderen")
    kept = {one.school for one in plan.pairs} - {one.move.school for one in moves}
    say(f"{changed}{'; alle andere houden hun mentor' if kept else ''}." if moves else "Niemand verandert.")
    losses = matcher.losses_between(previous, plan)
    if losses:
        say(f"Tegenover het vorige plan: {matcher.loss_words(losses)}.", "")


def _print_ladder(rungs: tuple[matcher.Rung, ...]) -> None:
    rows = []
    for rung in rungs:
        plan = rung.plan
        proof = "bewezen" if plan.proven else "niet bewezen"
        rows.append(
            (
                str(rung.moves),
                str(plan.value("worst_pair")) if plan.pairs else "–",
                str(plan.value("points")),
                str(plan.value("travel_minutes")),
                proof,
            )
        )
    headers = ("Extra verschuivingen", "Zwakste koppel", "Punten", "Minuten", "")
    say("")
    say_table(headers, rows, right=headers[:4])
    if len(rungs) == 1:
        say("Meer verplaatsen levert niets op: dit is al het beste plan.")
    else:
        say(
            f"Meer dan {matcher.counted(rungs[-1].moves, 'extra verschuiving', 'extra verschuivingen')} "
            "levert niets meer op."
        )
