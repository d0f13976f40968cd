"""Proof and memory: `certificate`, `compare`, `record`."""

from __future__ import annotations

import os
from argparse import Namespace, _SubParsersAction
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.files import read_plan, read_question, refuse_stranger
from service.terminal.printing import progress_bar, say, say_json


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    one = commands.add_parser("certificate", help="schrijf het bewijs als werkmap die Excel zelf narekent")
    one.add_argument("plan", metavar="PLAN", type=Path, help="plan.json, met ronde.json ernaast")
    one.add_argument("--out", metavar="BESTAND", type=Path, help="werkmap; standaard bewijs.xlsx naast het plan")
    one.add_argument("--json", action="store_true", help="druk het antwoord af als JSON")
    one.set_defaults(run=run_certificate)
    one = commands.add_parser("compare", help="wat verschilt er tussen twee plannen")
    one.add_argument("before", metavar="PLAN", type=Path, help="plan.json van vroeger")
    one.add_argument("plan", metavar="PLAN", type=Path, help="plan.json van nu, met ronde.json ernaast")
    one.add_argument("--json", action="store_true", help="druk het antwoord af als JSON")
    one.set_defaults(run=run_compare)
    one = commands.add_parser("record", help="schrijf een ondertekend verslag van een plan")
    one.add_argument("plan", metavar="PLAN", type=Path, help="plan.json, met ronde.json ernaast")
    one.add_argument("--out", metavar="BESTAND", type=Path, help="dossier; standaard dossier.json naast het plan")
    one.add_argument("--key", metavar="BESTAND", type=Path, help="sleutel; standaard in uw eigen instellingenmap")
    one.set_defaults(run=run_record)


def run_certificate(options: Namespace) -> int:
    """Prove a plan's points in a workbook, and name rings of swaps and free alternatives."""
    asked = read_question(options.plan)
    with progress_bar("Bewijs"):
        proof = matcher.certificate(asked)
    path = options.out or options.plan.parent / "bewijs.xlsx"
    written = _write(asked, proof, path)
    if options.json:
        say_json(_certificate_json(proof, path))
        return 0
    points = proof.points
    reached = matcher.thousands(points.value)
    if proof.duals is None:
        bound = "niet bekend" if points.bound is None else matcher.thousands(points.bound)
        say(f"Het plan haalt {reached} punten; meer dan {bound} kan zeker niet. Hier is geen optelling mogelijk.")
    else:
        say(f"Bewezen: geen plan dat op de eerdere doelen even goed is, haalt meer dan {reached} punten.")
    schools = asked.facts.school
    if not proof.rings:
        say("Geen enkele ruil van mentoren is voor al wie meedoet beter.")
    for ring in proof.rings:
        say(f"Ruil die voor allen beter zou zijn: {' → '.join(schools[one].name for one in ring.schools)}.")
        say(f"    Kan niet: {ring.blocked_by}")
    for one in proof.free:
        say(f"Inwisselbaar: {matcher.free_words(asked, one)}")
    beside = "".join(f" Alle koppels met hun prijzen staan in {one}." for one in written[1:])
    say(f"Geschreven: {path}. Open het in Excel; het rekent alles zelf na.{beside}")
    return 0


def _write(asked: matcher.Solved, proof: matcher.Certificate, path: Path) -> tuple[Path, ...]:
    """Write the workbook, and beside it every pair as CSV where the workbook does not list all."""
    duals = proof.duals
    name = f"{path.stem}-koppels.csv"
    with progress_bar("Bewijs schrijven") as progress:
        if duals is None or matcher.all_listed(duals):
            alone = {path.name: lambda place: matcher.write_certificate(place, asked, proof, progress=progress)}
            return matcher.write_together(path.parent, alone)
        both: dict[str, Callable[[Path], object]] = {
            path.name: lambda place: matcher.write_certificate(place, asked, proof, name, progress),
            name: lambda place: matcher.write_certificate_pairs(place, asked, duals),
        }
        return matcher.write_together(path.parent, both, progress)


def _certificate_json(proof: matcher.Certificate, path: Path) -> dict[str, Any]:
    return {
        "points": asdict(proof.points),
        "proof": proof.duals is not None,
        "rings": [asdict(one) for one in proof.rings],
        "free": [asdict(one) for one in proof.free],
        "file": str(path),
    }


def run_compare(options: Namespace) -> int:
    """Say school by school who goes and who comes, and what each goal gains or loses."""
    before, asked = read_plan(options.before), read_question(options.plan)
    refuse_stranger(asked.given, before, options.before)
    moves = matcher.moves_between(before, asked.plan)
    same = {goal.name: type(goal.value) for goal in before.goals} == {g.name: type(g.value) for g in asked.plan.goals}
    losses = matcher.losses_between(before, asked.plan) if same else {}
    if options.json:
        say_json({"moves": [asdict(one) for one in moves], "losses": losses})
        return 0
    say(*(one.words for one in matcher.explained_moves(asked.given, before, asked.plan)))
    differ = matcher.counted(len(moves), "school verschilt", "scholen verschillen")
    say(f"{differ}; de andere houden hun mentor." if moves else "Niemand verandert.")
    if not same:
        say("Beide plannen hebben andere doelen: wat dit kost of opbrengt, is niet te vergelijken.")
    if losses:
        say(f"Tegenover het vorige plan: {matcher.loss_words(losses)}.")
    return 0


def run_record(options: Namespace) -> int:
    """Write a signed record; the key is made at first use."""
    asked = read_question(options.plan)
    key = matcher.load_key(options.key or default_key())
    record = matcher.make_record(asked.given, asked.plan, key)
    path = options.out or options.plan.parent / "dossier.json"
    matcher.write_together(path.parent, {path.name: lambda place: place.write_bytes(record)})
    say(f"Geschreven: {path}.", f"Publieke sleutel: {matcher.public_hex(key)}")
    return 0


def default_key() -> Path:
    """Give the place of the user's own signing key."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "in2stem" / "sleutel.pem"
