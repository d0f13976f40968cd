"""Who may use the service? `users` for people, `keys` for programs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import matcher
from service.database.setup import add_folder, opened, settings_of
from service.terminal.argparse_dutch import DutchParser, does_nothing
from service.terminal.printing import say, say_at_once, say_table
from service.terminal.values import each_once, read_day

if TYPE_CHECKING:
    from service.access.people import PersonRow
    from service.database.engine import Transaction


SCOPE_NAMES = ("suggestions", "publication", "applications")
ROLE_NAMES = {"viewer": "kijken", "coordinator": "coördinator", "admin": "beheerder", "portal": "portaal"}


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    address = "adres waarmee die persoon aanmeldt"
    users = commands.add_parser("users", help="mensen die mogen aanmelden: tonen, toevoegen, aanmeldlink, blokkeren")
    actions = users.add_subparsers(dest="action", metavar="ACTIE", title="acties", required=True)
    _action(actions, "list", "toon wie mag aanmelden", run_list)
    one = _action(actions, "add", "voeg iemand toe, en geef de link om aan te melden", run_add)
    one.add_argument("email", metavar="E-MAIL", help=address)
    one.add_argument("--name", metavar="NAAM", default="", help="hoe die persoon heet")
    words = "wat die persoon mag (standaard coordinator)"
    one.add_argument("--role", choices=("viewer", "coordinator", "admin"), default="coordinator", help=words)
    _add_regions(one)
    for name, words, run in (
        ("link", "geef een link om één keer aan te melden", run_link),
        ("block", "laat iemand niet meer binnen, ook niet waar die nu ingelogd is", run_block),
        ("unblock", "laat iemand weer binnen", run_unblock),
    ):
        _action(actions, name, words, run).add_argument("email", metavar="E-MAIL", help=address)
    keys = commands.add_parser("keys", help="sleutels waarmee programma's komen: tonen, maken, intrekken")
    actions = keys.add_subparsers(dest="action", metavar="ACTIE", title="acties", required=True)
    _action(actions, "list", "toon de sleutels, zonder wat ze openen", run_keys)
    one = _action(actions, "add", "maak een sleutel; ze wordt één keer getoond", run_add_key)
    one.add_argument("name", metavar="NAAM", help="waarvoor ze dient")
    words = "wat ze mag, mag vaker (standaard portal); suggestions, publication en applications mogen samen"
    roles = ("portal", *SCOPE_NAMES, "viewer", "coordinator", "admin")
    one.add_argument("--role", choices=roles, action="append", default=[], help=words)
    words = "geloof wat ze met In2stem-Client-Address zegt: voor wie ze vraagt"
    one.add_argument("--trusted", action="store_true", help=words)
    _add_regions(one)
    one.add_argument("--cohort", metavar="ID", help="enkel voor deze cohorte")
    one.add_argument("--until", metavar="DATUM", type=read_day, help="laatste dag, zoals 30/06/2027")
    one = _action(actions, "revoke", "trek een sleutel in", run_revoke)
    one.add_argument("id", metavar="ID", help="zoals «in2stem keys list» het toont")


def _action(actions: Any, name: str, words: str, run: Callable[[Namespace], int]) -> ArgumentParser:  # noqa: ANN401 - argparse has no public name for it
    one: ArgumentParser = actions.add_parser(name, help=words)
    add_folder(one)
    one.set_defaults(run=run)
    return one


def _add_regions(parser: ArgumentParser) -> None:
    words = "kamer waarvoor dit geldt, zoals Limburg; mag vaker"
    parser.add_argument("--region", metavar="KAMER", action="append", default=[], help=words)


def run_list(options: Namespace) -> int:
    """Show people."""
    from service.access.people import list_people  # noqa: PLC0415 - heavy

    with opened(settings_of(options)) as database, database.read() as transaction:
        people = list_people(transaction)
    rows = [
        (one.email, one.name, ROLE_NAMES[one.role], ", ".join(one.regions), "geblokkeerd" if one.blocked else "")
        for one in people
    ]
    say_table(("E-mail", "Naam", "Rol", "Kamers", ""), rows)
    return 0


def run_add(options: Namespace) -> int:
    """Add somebody, and print the link to log in."""
    from service.access.people import add_person, make_link  # noqa: PLC0415 - heavy

    each_once("--region", options.region, str.casefold)
    if options.role != "admin" and not options.region:
        raise matcher.InvalidValueError("Zonder --region ziet deze persoon niets. Bijvoorbeeld: --region Limburg.")
    if options.role == "admin" and options.region:
        raise does_nothing("--region", "Een beheerder ziet alle kamers.")
    settings = settings_of(options)
    with opened(settings) as database, database.write() as transaction:
        who = add_person(transaction, email=options.email, name=options.name, role=options.role, regions=options.region)
        _note(transaction, "person.added", who, role=options.role, regions=options.region)
        secret = make_link(transaction, who)
    say(f"{options.email} is toegevoegd.")
    tell_link(settings.url, secret)
    return 0


def run_link(options: Namespace) -> int:
    """Print a link with which somebody logs in once."""
    from service.access.people import make_link  # noqa: PLC0415 - heavy

    settings = settings_of(options)
    with opened(settings) as database, database.write() as transaction:
        who = _person(transaction, options.email).id
        secret = make_link(transaction, who)
        _note(transaction, "link.made", who)
    tell_link(settings.url, secret)
    return 0


def run_block(options: Namespace) -> int:
    """Keep somebody out; never the last admin."""
    return _block(options, blocked=True)


def run_unblock(options: Namespace) -> int:
    """Let somebody in again."""
    return _block(options, blocked=False)


def _block(options: Namespace, *, blocked: bool) -> int:
    from service.access.people import change, lock_admins  # noqa: PLC0415 - heavy

    with opened(settings_of(options)) as database, database.write() as transaction:
        admins = lock_admins(transaction)
        person = _person(transaction, options.email)
        if blocked and admins == [person.id]:
            raise matcher.InvalidValueError("Dit is de laatste beheerder. Voeg eerst een andere toe.")
        change(transaction, person.id, person.version, blocked=blocked)
        _note(transaction, "person.blocked" if blocked else "person.unblocked", person.id)
    say(f"{person.email} mag {'niet meer' if blocked else 'weer'} binnen.")
    return 0


def run_keys(options: Namespace) -> int:
    """Show keys."""
    from service.access.people import list_keys  # noqa: PLC0415 - heavy

    with opened(settings_of(options)) as database, database.read() as transaction:
        keys = list_keys(transaction)
    rows = [
        (one.id, one.name, ", ".join(one.scopes), one.cohort or "", _until(one.expires_at, one.revoked_at))
        for one in keys
    ]
    say_table(("Id", "Naam", "Mag", "Cohorte", "Geldig tot"), rows)
    return 0


def run_add_key(options: Namespace) -> int:
    """Make a key and print it once."""
    from service.access import scope  # noqa: PLC0415 - heavy
    from service.access.people import make_key  # noqa: PLC0415 - heavy

    each_once("--region", options.region, str.casefold)
    scopes = [*(options.role or ["portal"]), *(f"region:{one}" for one in options.region)]
    until = options.until and datetime.combine(options.until + timedelta(days=1), time(), matcher.BRUSSELS)
    with opened(settings_of(options)) as database, database.write() as transaction:
        if options.cohort is not None and scope.find(transaction, options.cohort) is None:
            raise matcher.InvalidValueError(f"De cohorte {options.cohort} bestaat niet.")
        values = {"name": options.name, "cohort": options.cohort, "expires_at": until}
        given = {"scopes": scopes, "trusted": options.trusted}
        key, secret = make_key(transaction, **values, **given)
        _note(transaction, "key.made", key, **given)
    say(f"Sleutel {key}. Ze wordt nergens bewaard: schrijf ze nu weg.", secret)
    return 0


def run_revoke(options: Namespace) -> int:
    """End a key; other processes forget it within seconds."""
    from service.access.people import revoke_key  # noqa: PLC0415 - heavy

    with opened(settings_of(options)) as database, database.write() as transaction:
        if not revoke_key(transaction, options.id):
            raise matcher.InvalidValueError(f"De sleutel {options.id} bestaat niet. Zie «in2stem keys list».")
        _note(transaction, "key.revoked", options.id)
    say(f"Sleutel {options.id} opent niets meer.")
    return 0


def _person(transaction: Transaction, email: str) -> PersonRow:
    from service.access.people import by_email  # noqa: PLC0415 - heavy

    found = by_email(transaction, email)
    if found is None:
        raise matcher.InvalidValueError(f"Niemand heeft het adres {email}. Zie «in2stem users list».")
    return found


def _note(transaction: Transaction, action: str, target: str, **detail: object) -> None:
    from service.access.audit_trail import note  # noqa: PLC0415 - heavy

    note(transaction, "command", action, target, None, detail, "")


def _until(expires: datetime | None, revoked: datetime | None) -> str:
    if revoked is not None:
        return "ingetrokken"
    return "" if expires is None else f"{expires.astimezone(matcher.BRUSSELS):%d/%m/%Y %H:%M}"


def tell_link(url: str, secret: str) -> None:
    """Print a link for one login, and the same for curl."""
    _tell("", "Inloggen kan één keer met deze link, binnen het kwartier:", f"  {url}/aanmelden#{secret}")
    curl = f"""curl -c koekjes -d '{{"link":"{secret}"}}' -H 'Content-Type: application/json' {url}/v1/session"""
    _tell("Of zonder scherm:", f"  {curl}", "Een nieuwe link: in2stem users link E-MAIL")


def _tell(*lines: str) -> None:
    """Print at once and without folding: these lines are copied, and read by programs."""
    say_at_once("".join(f"{line}\n" for line in lines))
