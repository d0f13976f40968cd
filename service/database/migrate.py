"""Is the database as this program expects it, and how does it get there? Alembic, run from here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.core.crashpoints import reach
from service.core.errors import Problem

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from service.database.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"
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
    command.upgrade(_config(connection), target)
    reach("migration.inside")


def revision(connection: Connection) -> str:
    """Give the revision that the database is at, empty for a new one."""
    return MigrationContext.configure(connection).get_current_revision() or ""


@cache
def newest() -> str:
    """Give the revision that this program expects."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


@cache
def revisions() -> tuple[str, ...]:
    """Give all revisions from the first to the newest."""
    return tuple(one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions())[::-1]


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


def _refuse_newer(found: str) -> None:
    if found and found not in revisions():
        detail = (
            f"De databank is van een nieuwere versie ({found}). Werk het programma bij, of zet een reservekopie terug."
        )
        raise Problem(503, "newer_database", detail)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
