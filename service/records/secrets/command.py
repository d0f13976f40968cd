"""How does an operator make secrets anew? `secrets renew`: it says first what will stop, and for whom."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from typing import TYPE_CHECKING

import matcher
from service.database.setup import add_folder, opened, settings_of
from service.terminal.argparse_dutch import DutchParser
from service.terminal.printing import say, say_table

if TYPE_CHECKING:
    from service.database.engine import Transaction
    from service.records.secrets.renewal import Renewed


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    words = "vernieuw wat iets opent of ondertekent, als het uitlekte"
    actions = commands.add_parser("secrets", help=words).add_subparsers(
        dest="action", metavar="ACTIE", title="acties", required=True
    )
    one = actions.add_parser("renew", help="vernieuw alles; zonder --yes toont dit enkel wat er dan ophoudt")
    one.add_argument("--yes", action="store_true", help="doe het")
    words = "vergeet ook wachtwoorden, tweede stappen en herstelcodes: als de databank of een kopie uitlekte"
    one.add_argument("--people", action="store_true", help=words)
    add_folder(one)
    one.set_defaults(run=run_renew)


def run_renew(options: Namespace) -> int:
    """Renew everything, or show what would stop."""
    with opened(settings_of(options)) as database:
        if options.yes:
            with database.write() as transaction:
                done, people = _renew(transaction, options.people)
        else:
            with database.rehearsal() as transaction:
                done, people = _renew(transaction, options.people)
    _tell(done, people, done_now=options.yes)
    return 0


def _renew(transaction: Transaction, with_people: bool) -> tuple[Renewed, tuple[int, int] | None]:  # noqa: FBT001 - as the option says
    from service.access.audit_trail import note  # noqa: PLC0415 - heavy
    from service.records.secrets import renewal  # noqa: PLC0415 - heavy

    done = renewal.renew(transaction)
    people = renewal.forget_people(transaction) if with_people else None
    note(transaction, "command", "secrets.renewed", "installation", None, {"people": with_people}, "")
    return done, people


def _tell(done: Renewed, people: tuple[int, int] | None, *, done_now: bool) -> None:
    say("Alle geheimen zijn vernieuwd." if done_now else "Dit houdt op als u de geheimen vernieuwt:")
    rows = [
        ("Eigen bladzijden", f"{done.pages}", "ander adres; deel het opnieuw uit"),
        ("Kalenders om te volgen", f"{done.calendars}", "ander adres; deel het opnieuw uit"),
        ("Aanmeldingen", f"{done.applications}", "wie nog niet bevestigde, heeft de nieuwe link nodig"),
        ("Mails die nog niet vertrokken zijn", f"{done.mails}", "krijgen vanzelf de nieuwe links"),
        ("Mensen die ingelogd zijn", f"{done.logins}", "loggen opnieuw in"),
        ("Webhooks", f"{len(done.webhooks)}", "het oude geheim ondertekent nog zeven dagen mee"),
        ("Ondertekende dossiers", "", "wat vroeger ondertekend is, geldt niet meer: maak het opnieuw"),
    ]
    if people is not None:
        rows += [
            ("Wachtwoorden", f"{people[0]}", "weg; wie er een had, vraagt een link"),
            ("Tweede stappen", f"{people[1]}", "weg, met hun herstelcodes; zet ze opnieuw aan"),
        ]
    say_table(("Wat", "Hoeveel", "Wat er gebeurt"), rows)
    if not done_now:
        say("Er is niets gewijzigd. Doe het met: in2stem secrets renew --yes")
        return
    if done.webhooks:
        say(f"Nieuwe geheimen van {matcher.counted(len(done.webhooks), 'webhook', 'webhooks')}; ze komen niet terug:")
        for url, secret in done.webhooks:
            say(f"{url}  {secret}")
