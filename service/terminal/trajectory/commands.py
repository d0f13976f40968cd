"""A cohort's year in a folder of tables: `trajectory`, from applications to the Award."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Final

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.printing import say, say_json
from service.terminal.trajectory import award, label, measure, outcomes, plan, progress, select
from service.terminal.trajectory.files import bytes_file

SELECTION_TOML: Final = """# Wat de coördinator van de selectie vraagt.
# Alles mag weg: dan zijn er 20 plaatsen zonder grenzen.
plaatsen = 20
# wachtlijst = 10                                  # hoeveel plaatsen de wachtlijst telt; weg = iedereen
# doelen = ["plaatsen", "voorrang", "afwijking"]   # in deze volgorde; plaatsen staat altijd vooraan
# loting = 0                                       # een ander getal geeft een andere vaste loting

# [[grens]]
# groep = "provincie"        # provincie, onderwijsvorm of net
# waarde = "West-Vlaanderen"
# hoogstens = 5
# minstens = 2
"""
AWARD_TOML: Final = """# Wat de jury afsprak.
naam = "Award"
lezingen = 3                 # hoeveel juryleden elke school lezen
# hoogstens = 8              # hoeveel scholen een jurylid hoogstens leest
# scholen = ["000201"]       # wie meedingt, bij nummer of naam; weg = de hele cohorte

[[criterium]]
sleutel = "idee"
naam = "Idee"
gewicht = 50

[[criterium]]
sleutel = "samenwerking"
naam = "Samenwerking van school en bedrijf"
gewicht = 30

[[criterium]]
sleutel = "resultaat"
naam = "Resultaat"
gewicht = 20
"""


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add the trajectory with its own commands."""
    group = commands.add_parser("trajectory", help="het traject van een cohorte, van aanmelding tot Award")
    steps = group.add_subparsers(dest="step", metavar="STAP", title="stappen", required=True)
    one = steps.add_parser(
        "template", help="schrijf de lege tabellen van een heel jaar, voor zover ze er nog niet staan"
    )
    one.add_argument("folder", metavar="MAP", type=Path, help="map waarin de tabellen komen")
    one.add_argument("--json", action="store_true", help="druk het antwoord af als JSON")
    one.set_defaults(run=run_template)
    for step in (
        select,
        measure,
        plan,
        progress,
        label,
        award,
        outcomes,
    ):
        step.add(steps)


def run_template(options: Namespace) -> int:
    """Write the empty tables that are not there yet; what is there stays as it is."""
    files = {f"{name}.csv": matcher.table_template(name) for name in matcher.TABLE_NAMES if name not in _MADE}
    files |= {"selectie.toml": SELECTION_TOML.encode(), "award.toml": AWARD_TOML.encode()}
    fresh = {name: content for name, content in files.items() if not (options.folder / name).exists()}
    if fresh:
        matcher.write_together(options.folder, {name: bytes_file(content) for name, content in fresh.items()})
    if options.json:
        say_json({"files": list(fresh)})
    elif fresh:
        kept = "" if len(fresh) == len(files) else " Wat er al stond, bleef zoals het was."
        say(f"Geschreven in {options.folder}: {', '.join(fresh)}.{kept}")
    else:
        say(f"In {options.folder} staan alle tabellen al. Er is niets geschreven.")
    return 0


_MADE: Final = ("actieplan", "scores")
"""Tables that a command starts with rows in them: `plan --start`, `award`."""
