"""Is the database as this program expects it, and how does it get there? Alembic, run from here.

Alembic takes a third of a second to load, and a process that finds its database as it should be does without.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.core.crashpoints import reach
from service.core.errors import Problem
from service.database.disk import check_room
from service.database.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = sa.table("alembic_version", sa.column("version_num"))
"""Where Alembic writes the revision that a database is at."""
FOLLOWS = {name: re.compile(rf'^{name} = "(\w+)"$', re.MULTILINE) for name in ("revision", "down_revision")}
"""How a file of a step says which revision it makes, and of which; Alembic, which knows too, is heavy."""
LOCK = 5_170_219
"""The number under which PostgreSQL lets one migration run at a time."""


def migrate(database: Database, target: str = "head") -> tuple[str, str]:
    """Bring the database to a revision; give where it was and is. One transaction: all of it or nothing."""
    with database.write() as transaction:
        connection = transaction.connection
        hold(connection)
        before = revision(connection)
        _refuse_newer(before)
        upgrade(connection, target)
        return before, revision(connection)


def hold(connection: Connection) -> None:
    """Let one migration run at a time, to the end of the transaction; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))


def upgrade(connection: Connection, target: str) -> None:
    """Take the steps to a revision in the transaction that is open."""
    from alembic import command  # noqa: PLC0415 - heavy
    from alembic.config import Config  # noqa: PLC0415 - heavy

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
    reach("migration.inside")


def revision(connection: Connection) -> str:
    """Give the revision that the database is at, empty for a new one."""
    if not sa.inspect(connection).has_table(VERSION_TABLE.name):
        return ""
    return connection.execute(sa.select(VERSION_TABLE.c.version_num)).scalar() or ""


def newest() -> str:
    """Give the revision that this program expects."""
    return revisions()[-1]


@cache
def revisions() -> tuple[str, ...]:
    """Give all revisions from the first to the newest, as each names the one before."""
    after = {}
    for path in (MIGRATIONS / "versions").glob("[0-9]*.py"):
        text = path.read_text(encoding="utf-8")
        mine, before = (FOLLOWS[name].search(text) for name in ("revision", "down_revision"))
        if mine is not None:
            after[before[1] if before is not None else ""] = mine[1]
    found = [after[""]]
    while found[-1] in after:
        found.append(after[found[-1]])
    return tuple(found)


def check_newest(database: Database) -> None:
    """Refuse to work on a database of another version; raises Problem 503."""
    with database.read() as transaction:
        found = revision(transaction.connection)
    _refuse_newer(found)
    if found != newest():
        detail = (
            f"De databank is van versie «{found or 'geen'}»; verwacht werd {newest()}. Doe eerst «in2stem migrate»."
        )
        raise Problem(503, "not_migrated", detail)


def check_ready(database: Database) -> None:
    """Refuse to say that all is well on a database of another version, or one without room; raises Problem 503."""
    check_newest(database)
    check_room(database)


def _refuse_newer(found: str) -> None:
    if found and found not in revisions():
        detail = (
            f"De databank is van een nieuwere versie ({found}). Werk het programma bij, of zet een reservekopie terug."
        )
        raise Problem(503, "newer_database", detail)
