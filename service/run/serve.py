"""How is the service started? `serve` for the web, and `work` for more workers."""

from __future__ import annotations

import errno
import socket
from argparse import Namespace, _SubParsersAction
from dataclasses import replace
from typing import TYPE_CHECKING

import matcher
from service.database.setup import add_folder, metrics_taken, opened, own_files, owned, settings_of, sqlite_file
from service.people.command import _tell, tell_link
from service.terminal.argparse_dutch import DutchParser, does_nothing, given_options
from service.terminal.printing import say_error

if TYPE_CHECKING:
    from service.core.settings import Settings
    from service.database.engine import Database


WAITING = 128
FIRST_EMAIL = "beheerder@in2stem.invalid"


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    one = commands.add_parser("serve", help="start de dienst: de API, met een rekenaar erbij")
    add_folder(one)
    one.add_argument("--host", metavar="ADRES", help="adres om op te luisteren (standaard 127.0.0.1: deze machine)")
    one.add_argument("--port", metavar="POORT", type=int, help="poort (standaard 8000; 0: eender welke vrije)")
    one.add_argument(
        "--metrics-port", metavar="POORT", type=int, help="poort voor Prometheus (standaard 9464; 0: geen)"
    )
    one.add_argument("--migrate", action="store_true", help="werk ook een databank in PostgreSQL eerst bij")
    one.add_argument("--no-worker", action="store_true", help="reken hier niet; «in2stem work» doet het (PostgreSQL)")
    one.add_argument("--admin", metavar="E-MAIL", default=FIRST_EMAIL, help="adres van de eerste beheerder")
    one.set_defaults(run=run_serve)
    one = commands.add_parser("work", help="start een rekenaar erbij (enkel met PostgreSQL)")
    one.add_argument("--metrics-port", metavar="POORT", type=int, default=0, help="poort voor Prometheus")
    one.set_defaults(run=run_work)


def run_serve(options: Namespace) -> int:
    """Prepare the database, tell where the service is, and serve until a signal comes."""
    settings = replace(settings_of(options), embedded_worker=not options.no_worker)
    if settings.is_sqlite and options.no_worker:
        raise matcher.InvalidValueError("Zonder PostgreSQL is er één proces, dat ook rekent: laat --no-worker weg.")
    if settings.is_sqlite and options.migrate:
        raise does_nothing("--migrate", "Zonder PostgreSQL wordt de databank bij elke start bijgewerkt.")
    with (
        own_files(),
        owned(settings),
        listening(settings) as listener,
    ):
        settings = replace(settings, port=listener.getsockname()[1])
        _check_metrics(settings.metrics_host, settings.metrics_port)
        with opened(settings, must_be_there=False, must_be_newest=False) as database:
            _prepare(settings, database, may_migrate=settings.is_sqlite or options.migrate)
        code = _serve_opened(settings, options, listener)
    _tell("Gestopt.")
    return code


def _serve_opened(settings: Settings, options: Namespace, listener: socket.socket) -> int:
    with opened(settings, hurried=True) as database:
        secret = _first_admin(database, options.admin)
        if secret is None and "--admin" in given_options(options):
            _tell(f"--admin {options.admin} telt niet: er is al een beheerder die aanmeldt.")
        return _serve(settings, database, listener, secret)


def run_work(options: Namespace) -> int:
    """Do jobs until a signal comes; what is being done then is given back."""
    settings = settings_of(options)
    if settings.is_sqlite:
        raise matcher.InvalidValueError("Zonder PostgreSQL rekent «in2stem serve» zelf. Zet DATABASE_URL voor meer.")
    with matcher.unswept():
        from service.run.running import run_until_signal  # noqa: PLC0415 - heavy

    with own_files(), opened(settings, hurried=True) as database:
        run_until_signal(settings, database, lambda: _tell("Deze rekenaar wacht op werk.", "Stoppen: Ctrl+C."))
    _tell("Gestopt.")
    return 0


def _prepare(settings: Settings, database: Database, *, may_migrate: bool) -> None:
    """Bring the database to this program's revision; a copy is kept of one that had data."""
    from service.database.backup import backup  # noqa: PLC0415 - heavy
    from service.database.migrate import check_newest, migrate, newest, revision  # noqa: PLC0415 - heavy

    with database.read() as transaction:
        before = revision(transaction.connection)
    if before == newest() or not may_migrate:
        check_newest(database)
        return
    if before and settings.is_sqlite:
        copy = sqlite_file(settings).with_name(f"voor-{newest()}.zip")
        backup(database, copy)
        _tell(f"De databank wordt bijgewerkt. Zoals ze was, staat ze in {copy}.")
    migrate(database)


def _first_admin(database: Database, email: str) -> str | None:
    """Make an admin where there is none; give the secret of a link for one login.

    As long as the only admin never logged in, each start gives a new one: nobody may have read the one before.
    """
    from service.access.audit_trail import has, note  # noqa: PLC0415 - heavy
    from service.access.people import add_person, list_people, make_link  # noqa: PLC0415 - heavy

    with database.write() as transaction:
        admins = [one for one in list_people(transaction) if one.role == "admin"]
        if admins:
            first = admins[0]
            known = first.password or first.blocked or has(transaction, "login.begun", first.id)
            return None if known or len(admins) > 1 else make_link(transaction, first.id)
        who = add_person(transaction, email=email, name="Beheerder", role="admin", regions=())
        note(transaction, "command", "person.added", who, None, {"role": "admin"}, "")
        return make_link(transaction, who)


def _serve(settings: Settings, database: Database, listener: socket.socket, secret: str | None) -> int:
    with matcher.unswept():
        from service.run.running import serve_until_signal  # noqa: PLC0415 - heavy

    return serve_until_signal(settings, database, listener, lambda: _tell_start(settings, secret))


def listening(settings: Settings) -> socket.socket:
    """Open the socket on which callers may wait already; raises InvalidValueError where that can't be."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio sends at once only where it sees TCP: else every answer on a kept connection waits 40 ms for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except (OSError, OverflowError, ValueError) as error:
        listener.close()
        wrong = isinstance(error, socket.gaierror | ValueError) or getattr(error, "errno", 0) == errno.EADDRNOTAVAIL
        where = settings.host if wrong else f"{settings.host}, poort {settings.port}"
        remedy = "Kies een andere --host, zoals 127.0.0.1." if wrong else "Kies een andere --port."
        raise matcher.InvalidValueError(f"Op {where} kan niet geluisterd worden. {remedy}") from error
    listener.listen(WAITING)  # who calls from now on is answered as soon as all is ready
    return listener


def _check_metrics(host: str, port: int) -> None:
    """Find out that a port is taken before anything is made."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError as error:
            raise metrics_taken(port) from error


def _tell_start(settings: Settings, secret: str | None) -> None:
    _tell(f"in2stem draait op {settings.url}")
    if settings.host not in ("127.0.0.1", "::1", "localhost") and not settings.url.startswith("https:"):
        say_error("Let op: anderen kunnen meelezen. Zet er een webserver met HTTPS voor; zie docs/beheer.md.")
    if secret is not None:
        tell_link(settings.url, secret)
        _tell("")
    _tell("Stoppen: Ctrl+C.")
