"""How is the database kept? `migrate`, `backup`, `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import matcher
from service.database.setup import add_folder, opened, owned, settings_of
from service.terminal.printing import say

if TYPE_CHECKING:
    from argparse import Namespace, _SubParsersAction

    from service.terminal.argparse_dutch import DutchParser


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    one = commands.add_parser("migrate", help="breng de databank op de versie van dit programma")
    add_folder(one)
    one.set_defaults(run=run_migrate)
    one = commands.add_parser("backup", help="schrijf alle gegevens van de dienst in één bestand")
    one.add_argument(
        "file", metavar="BESTAND", type=Path, help="reservekopie; een vorige met deze naam wordt vervangen"
    )
    add_folder(one)
    one.set_defaults(run=run_backup)
    one = commands.add_parser("restore", help="zet een reservekopie terug in een nieuwe, lege databank of map")
    one.add_argument("file", metavar="BESTAND", type=Path, help="reservekopie, van SQLite of van PostgreSQL")
    add_folder(one)
    one.set_defaults(run=run_restore)


def run_migrate(options: Namespace) -> int:
    """Take the steps to the newest revision, all or none."""
    from service.database.migrate import migrate  # noqa: PLC0415 - heavy

    settings = settings_of(options)
    with owned(settings), opened(settings, must_be_there=False, must_be_newest=False) as database:
        before, after = migrate(database)
    words = "was al van" if before == after else "staat nu op"
    say(f"De databank {words} versie {after}.")
    return 0


def run_backup(options: Namespace) -> int:
    """Write everything to one file; the service may go on meanwhile."""
    from service.database.backup import backup  # noqa: PLC0415 - heavy

    with opened(settings_of(options), must_be_newest=False) as database:
        made = backup(database, options.file)
    say(
        f"Geschreven: {options.file}, {matcher.counted(made.rows, 'rij', 'rijen')} in "
        f"{matcher.counted(len(made.tables), 'tabel', 'tabellen')}, versie {made.revision}."
    )
    say("Er staan persoonsgegevens in: bewaar het bestand versleuteld en elders.")
    return 0


def run_restore(options: Namespace) -> int:
    """Fill a new database from a file, all or nothing."""
    from service.database.backup import restore  # noqa: PLC0415 - heavy

    settings = settings_of(options)
    with owned(settings), opened(settings, must_be_there=False, must_be_newest=False) as database:
        made = restore(database, options.file)
    say(
        f"Teruggezet: {matcher.counted(made.rows, 'rij', 'rijen')} in "
        f"{matcher.counted(len(made.tables), 'tabel', 'tabellen')}, gemaakt op {made.made_at[:16]} (UTC)."
    )
    say("Aantallen en controlegetallen van elke tabel kloppen.")
    return 0
