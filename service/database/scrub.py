"""Is what was erased gone from the disk too? Not by itself: a database keeps the bytes of rows that are no more."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import sqlalchemy as sa

from service.database.engine import Database, Transaction
from service.database.tables import METADATA, fact

DUE = "scrub_due"
COPIES = "voor-*.zip"
"""The copies that are kept beside SQLite's file when it is brought to a newer version."""

COPIES_HOLD = timedelta(days=30)


def ask_scrub(transaction: Transaction) -> None:
    """Have the disk cleaned in the coming hour: something was erased."""
    transaction.execute(sa.delete(fact).where(fact.c.name == DUE))
    transaction.execute(sa.insert(fact).values(name=DUE, value="1"))


def scrub_if_due(database: Database) -> bool:
    """Clean the disk where that was asked: write every table anew. Tells whether it was done.

    SQLite overwrites what it deletes (`secure_delete`), but for a file from before that. Where somebody holds a table
    for long, it is done the next time.
    """
    with database.write() as transaction:
        due = transaction.execute(sa.delete(fact).where(fact.c.name == DUE)).rowcount > 0
    if not due:
        return False
    try:
        scrub(database)
    except (sqlite3.OperationalError, psycopg.OperationalError):
        with database.write() as transaction:
            ask_scrub(transaction)
        return False
    return True


def scrub(database: Database) -> None:
    """Write every table anew, without the rows that are no more."""
    with database.engine.connect() as connection:
        bare = connection.connection.driver_connection
        assert bare is not None  # noqa: S101 - it was just taken
        if database.is_sqlite:
            bare.execute("VACUUM").close()
            return
        bare.autocommit, bare.patience = True, None
        bare.execute("SET statement_timeout = 0")
        try:
            for table in METADATA.sorted_tables:
                bare.execute(f'VACUUM FULL "{table.name}"')
        finally:
            connection.invalidate()  # one with other limits than all the rest


def copies(database: Database) -> list[str]:
    """Give the names of the copies beside SQLite's file: who was erased since is still in them."""
    file = database.engine.url.database
    return sorted(one.name for one in Path(file).parent.glob(COPIES)) if database.is_sqlite and file else []


def forget_copies(database: Database, moment: datetime) -> list[str]:
    """Delete copies that were kept long enough; give their names."""
    file, gone = database.engine.url.database, []
    for name in copies(database):
        one = Path(str(file)).parent / name
        if moment - datetime.fromtimestamp(one.stat().st_mtime, UTC) > COPIES_HOLD:
            one.unlink()
            gone.append(name)
    return gone
