"""How is the database kept? `migrate`, `backup`, `restore`."""

from __future__ import annotations

import sys
from argparse import Namespace, _SubParsersAction
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import matcher
from service.database.setup import add_folder, opened, owned, settings_of
from service.terminal.argparse_dutch import DutchParser, does_nothing
from service.terminal.printing import say

if TYPE_CHECKING:
    from service.core.settings import Settings
    from service.database.engine import Transaction
    from service.database.sealing import Seal
    from service.records.secrets.renewal import Renewed


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    one = commands.add_parser("migrate", help="breng de databank op de versie van dit programma")
    add_folder(one)
    one.set_defaults(run=run_migrate)
    one = commands.add_parser("backup", help="schrijf alle gegevens van de dienst in één bestand")
    one.add_argument(
        "file", metavar="BESTAND", type=Path, help="reservekopie; een vorige met deze naam wordt vervangen"
    )
    words = "versleutel met een wachtzin: IN2STEM_BACKUP_PASSPHRASE, of gevraagd"
    one.add_argument("--encrypt", action="store_true", help=words)
    words = "versleutel voor wie deze publieke sleutel van age heeft (age1...); mag vaker"
    one.add_argument("--recipient", metavar="SLEUTEL", action="append", default=[], help=words)
    words = "laat weg wat iets opent: wachtwoorden, logins, geheime adressen, geheimen van webhooks"
    one.add_argument("--without-secrets", action="store_true", help=words)
    add_folder(one)
    one.set_defaults(run=run_backup)
    one = commands.add_parser("restore", help="zet een reservekopie terug in een nieuwe, lege databank of map")
    one.add_argument("file", metavar="BESTAND", type=Path, help="reservekopie, van SQLite of van PostgreSQL")
    words = "bestand met de geheime sleutel van age, voor een kopie die met --recipient gemaakt is"
    one.add_argument("--identity", metavar="BESTAND", type=Path, help=words)
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

    settings = settings_of(options)
    seal = _seal(options, settings)
    with opened(settings, must_be_newest=False) as database:
        made = backup(database, options.file, seal=seal, secrets=not options.without_secrets)
    say(
        f"Geschreven: {options.file}, {matcher.counted(made.rows, 'rij', 'rijen')} in "
        f"{matcher.counted(len(made.tables), 'tabel', 'tabellen')}, versie {made.revision}."
    )
    if seal is None:
        say("Er staan persoonsgegevens in: bewaar het bestand versleuteld en elders.")
    elif seal.recipients:
        say("Versleuteld. Zonder een van de geheime sleutels opent niemand dit bestand nog, ook u niet.")
    else:
        say("Versleuteld. Zonder de wachtzin opent niemand dit bestand nog, ook u niet.")
    if options.without_secrets:
        say("Zonder geheimen: na het terugzetten heeft ieder een nieuwe link en een nieuw adres nodig.")
    return 0


def _seal(options: Namespace, settings: Settings) -> Seal | None:
    """Give with what a copy is enciphered; raises InvalidValueError where nobody can be asked."""
    from service.database.sealing import Seal  # noqa: PLC0415 - for copies alone

    if options.recipient:
        if options.encrypt:
            raise does_nothing("--encrypt", "--recipient versleutelt al.")
        return Seal(recipients=tuple(options.recipient))
    if not (options.encrypt or settings.backup_passphrase):
        return None
    passphrase = settings.backup_passphrase or _asked("Wachtzin: ")
    if not settings.backup_passphrase and _asked("Nog eens: ") != passphrase:
        raise matcher.InvalidValueError("De twee wachtzinnen zijn niet dezelfde. Er is niets geschreven.")
    return Seal(passphrase)


def _asked(prompt: str) -> str:
    from service.database.sealing import VARIABLE  # noqa: PLC0415 - for copies alone

    if not sys.stdin.isatty():
        raise matcher.InvalidValueError(f"Zet de wachtzin in {VARIABLE}, of voer dit aan een terminal uit.")
    return getpass(prompt)


def run_restore(options: Namespace) -> int:
    """Fill a new database from a file, all or nothing."""
    from service.database.backup import restore  # noqa: PLC0415 - heavy
    from service.records.secrets.renewal import make_after_restore  # noqa: PLC0415 - heavy

    settings = settings_of(options)

    def unseal(content: bytes) -> bytes:
        from service.database import sealing  # noqa: PLC0415 - for copies alone

        if not sealing.asks_passphrase(content):
            if options.identity is None:
                raise matcher.InvalidValueError("Deze reservekopie opent met een sleutel: geef --identity BESTAND.")
            return sealing.opened_by_key(content, options.identity.read_text(encoding="utf-8", errors="replace"))
        if options.identity is not None:
            raise does_nothing("--identity", "Deze reservekopie opent met een wachtzin.")
        return sealing.opened_by_passphrase(content, settings.backup_passphrase or _asked("Wachtzin: "))

    told: list[Renewed] = []

    def without_any(transaction: Transaction) -> None:
        told.append(make_after_restore(transaction))

    with owned(settings), opened(settings, must_be_there=False, must_be_newest=False) as database:
        made = restore(database, options.file, unseal=unseal, without_any=without_any)
    say(
        f"Teruggezet: {matcher.counted(made.rows, 'rij', 'rijen')} in "
        f"{matcher.counted(len(made.tables), 'tabel', 'tabellen')}, gemaakt op {made.made_at[:16]} (UTC)."
    )
    say("Aantallen en controlegetallen van elke tabel kloppen.")
    if not made.has_secrets:
        _tell_without(told[0])
    return 0


def _tell_without(made: Renewed) -> None:
    """Say what has to be done after a copy without secrets."""
    say(
        "De kopie had geen geheimen. Log in met «in2stem users link E-MAIL», deel de adressen van de eigen bladzijden "
        "en van de kalenders opnieuw uit, en laat wie een wachtwoord of een tweede stap had, ze opnieuw kiezen."
    )
    if made.webhooks:
        say("De webhooks wachten tot u hun ontvanger het nieuwe geheim geeft en ze weer aanzet:")
        for url, secret in made.webhooks:
            say(f"{url}  {secret}")
