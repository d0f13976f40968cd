"""Which road times does a cohort have of its own? `travel`, which asks a server once and keeps the answer beside it."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.exit_codes import EXIT_INPUT
from service.terminal.plan.given import load
from service.terminal.printing import say, say_findings
from service.terminal.values import today


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command to the command line."""
    one = commands.add_parser(
        "travel", help="vraag een routeserver één keer de reistijden, en bewaar ze bij de cohorte"
    )
    cohort = "map met scholen.csv en mentoren.csv, of een werkmap .xlsx"
    one.add_argument("cohort", metavar="COHORTE", type=Path, help=cohort)
    router = "OSRM- of Valhalla-server; anders die van het beleid (schrijf valhalla+URL voor Valhalla)"
    one.add_argument("--router", metavar="URL", help=router)
    one.add_argument("--policy", metavar="BESTAND", type=Path, help="beleid.toml")
    one.set_defaults(run=run_travel)


def run_travel(options: Namespace) -> int:
    """Ask a server the minutes between all places of a cohort, and write them beside it."""
    cohort = load(options.cohort, options.policy)
    if cohort.given is None:
        return EXIT_INPUT
    address = options.router or cohort.server
    if not address:
        raise matcher.InvalidValueError(
            "Welke routeserver? Geef --router, of noem hem in beleid.toml onder [reistijd]."
        )
    others, findings = _locations(cohort.given, options.cohort)
    say_findings(findings)
    try:
        roads = matcher.fetch_roads(cohort.given, others, matcher.server_at(address), today())
    except matcher.RoutingError as error:
        raise matcher.InvalidValueError(
            f"De routeserver {address} gaf geen bruikbaar antwoord ({error}); er is niets geschreven."
        ) from error
    file = matcher.roads_file(options.cohort)
    matcher.write_roads(file, roads)
    say(
        f"Reistijden tussen {matcher.counted(len(roads.places), 'plaats', 'plaatsen')}, van "
        f"{roads.source}, geschreven in {file}."
    )
    say("Rondes, controles en sessies van deze cohorte gebruiken ze vanaf nu vanzelf.")
    return 0


def _locations(given: matcher.Round, source: Path) -> tuple[list[matcher.Position], list[matcher.Finding]]:
    """Give where the places of the learning network are, if the cohort has any of its own."""
    file = source / "locaties.csv"
    found = file if source.is_dir() and file.is_file() else matcher.book_with_sheet(source, "Locaties")
    if found is None:
        return [], []
    hosts, findings = matcher.read_locations(given, found.read_bytes())
    return [one.position for one in hosts], [one for one in findings if one.severity != "note"]
