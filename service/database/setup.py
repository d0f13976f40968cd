"""With which settings, and on which database, does a command of the service work?"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matcher
from service.core.database_line import NO_ADDRESS, check_line
from service.terminal.argparse_dutch import does_nothing

if TYPE_CHECKING:
    from service.core.settings import Settings
    from service.database.engine import Database


LOCK_FILE = "in2stem.slot"
NO_ANSWER = "De databank antwoordt niet. Draait ze, en klopt DATABASE_URL? Of is de schijf vol?"
NO_ROOM = "De schijf waarop de databank staat, is vol. Maak er plaats; er is niets half bewaard."


def add_folder(parser: ArgumentParser) -> None:
    """Add the option that says where SQLite's file is."""
    words = "map met de gegevens, zonder DATABASE_URL (standaard in2stem-gegevens)"
    parser.add_argument("--folder", metavar="MAP", type=Path, help=words)


def settings_of(options: Namespace) -> Settings:
    """Read the settings; raises InvalidValueError that says what is wrong."""
    from service.core.settings import MOST_PORT, settings_from  # noqa: PLC0415 - help reads no settings

    if find_spec("uvicorn") is None:
        raise matcher.InvalidValueError("Voor de dienst zijn meer pakketten nodig. Typ één keer «make serve».")
    settings = settings_from(os.environ)
    names = ("folder", "host", "port", "metrics_port")
    given: dict[str, Any] = {name: value for name in names if (value := getattr(options, name, None)) is not None}
    if given.get("host", "-").strip() == "":
        raise matcher.InvalidValueError("--host is leeg. Geef een adres, zoals 127.0.0.1, of laat --host weg.")
    for name in ("port", "metrics_port"):
        if not 0 <= given.get(name, 0) <= MOST_PORT:
            option = f"--{name.replace('_', '-')}"
            text = f"{option} {given[name]} kan niet: een poort gaat van 0 tot {MOST_PORT}. Kies een andere {option}."
            raise matcher.InvalidValueError(text)
    if "folder" in given and settings.database_url:
        raise does_nothing("--folder", "DATABASE_URL zegt al waar de gegevens staan.")
    settings = replace(settings, **given)
    if not settings.address.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise matcher.InvalidValueError(NO_ADDRESS)
    if not settings.is_sqlite and not settings.plain_database:
        check_line(settings.address.replace("+psycopg", "", 1))
    return settings


def sqlite_file(settings: Settings) -> Path:
    """Give the file of a SQLite database."""
    return Path(settings.address.removeprefix("sqlite:///"))


def metrics_taken(port: int) -> matcher.InvalidValueError:
    """Say that there can be no numbers on a port."""
    text = f"Poort {port} voor Prometheus is bezet. Kies een andere --metrics-port, of 0 voor geen."
    return matcher.InvalidValueError(text)


@contextmanager
def opened(
    settings: Settings, *, must_be_there: bool = True, must_be_newest: bool = True, hurried: bool = False
) -> Iterator[Database]:
    """Open the database; hurried, no statement may take long.

    What goes wrong with it becomes an InvalidValueError that says what to do.
    """
    from service.database.engine import Database  # noqa: PLC0415 - heavy
    from service.database.migrate import check_newest  # noqa: PLC0415 - heavy

    if settings.is_sqlite and must_be_there and not sqlite_file(settings).is_file():
        raise matcher.InvalidValueError(f"In {sqlite_file(settings).parent} staat nog geen databank. Kies --folder.")
    try:
        database = Database(settings.address) if hurried else Database(settings.address, patience=None)
    except ValueError as error:
        raise matcher.InvalidValueError(NO_ADDRESS) from error
    try:
        with _in_words(settings):
            if must_be_newest:
                check_newest(database)
            yield database
    finally:
        database.close()


@contextmanager
def _in_words(settings: Settings) -> Iterator[None]:
    """Say what goes wrong with the database."""
    from service.core.errors import Problem  # noqa: PLC0415 - heavy
    from service.database.engine import (  # noqa: PLC0415 - heavy
        AddressError,
        BusyError,
        CollisionError,
        DamagedError,
        FullError,
    )

    try:
        yield
    except Problem as error:
        raise matcher.InvalidValueError(error.detail) from error
    except AddressError as error:
        raise matcher.InvalidValueError(NO_ADDRESS) from error
    except DamagedError as error:
        where = sqlite_file(settings).parent
        text = f"De databank in {where} is beschadigd. Zet een reservekopie terug in een nieuwe map."
        raise matcher.InvalidValueError(text) from error
    except FullError as error:
        raise matcher.InvalidValueError(NO_ROOM) from error
    except BusyError as error:
        raise matcher.InvalidValueError(NO_ANSWER) from error
    except CollisionError as error:
        raise matcher.InvalidValueError("Iemand was u net voor. Probeer het opnieuw.") from error


@contextmanager
def owned(settings: Settings) -> Iterator[None]:
    """Make the folder of a SQLite database and own it; raises InvalidValueError where somebody else does.

    The lock goes with the process, however that ends. PostgreSQL may have as many owners as wanted.
    """
    if not settings.is_sqlite:
        yield
        return
    import fcntl  # noqa: PLC0415 - not on every system

    folder = sqlite_file(settings).parent
    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(0o700)
    with own_files(), (folder / LOCK_FILE).open("a") as slot:
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            text = f"Een andere in2stem werkt al met de map {folder}. Stop die eerst, of kies een andere map."
            raise matcher.InvalidValueError(text) from error
        yield


@contextmanager
def own_files() -> Iterator[None]:
    """Let nobody else read what is made meanwhile, whatever the folder allows."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
