"""Does a copy, its return or an upgrade that is killed with -9 half-way leave everything as it was?"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from service.database.backup import backup, contents, restore
from service.database.engine import Database
from service.database.migrate import migrate, newest, revision, revisions
from tests.service.database.any_rows import filled
from tests.service.database.known_tables import tables_read_once
from tests.warm.asking import Asked
from tests.warm.process import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.service.database.conftest import Shapes


@pytest.fixture(scope="module", autouse=True)
def _tables_read_once() -> Iterator[None]:
    """Read the tables of databases of one shape once, but in what is killed."""
    with tables_read_once():
        yield


def killed(what: str, where: str, count: int, address: str, file: Path) -> int:
    """Run something in a process that kills itself; give its exit code."""
    words = (what, where, str(count), address, str(file))
    module = Asked(module="tests.service.database.killed")
    return Warm(words, os.environ, sys.__stdout__, sys.__stderr__, module).wait(300)


@pytest.mark.parametrize(("where", "count"), [("lines_of", 12), ("_written", 1)])
def test_backup_killed_leaves_the_earlier_copy(
    database: Database, address: str, tmp_path: Path, where: str, count: int
) -> None:
    path = tmp_path / "kopie.zip"
    path.write_bytes(b"de kopie van gisteren")
    assert killed("backup", where, count, address, path) == -signal.SIGKILL
    assert path.read_bytes() == b"de kopie van gisteren"
    assert backup(database, path).tables == contents(database)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("where", "count"), [("create_table", 5), ("load", 9), ("upgrade", 2)])
def test_restore_killed_leaves_the_database_empty(
    shapes: Shapes, tmp_path: Path, kind: str, where: str, count: int
) -> None:
    source, target = Database(shapes.copy("sqlite", newest())), Database(there := shapes.copy(kind, ""))
    filled(source)
    made = backup(source, tmp_path / "kopie.zip")
    assert killed("restore", where, count, there, tmp_path / "kopie.zip") == -signal.SIGKILL
    assert contents(target) == {}
    restore(target, tmp_path / "kopie.zip")
    assert contents(target) == made.tables
    source.close()
    target.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("count", [1, 4])
def test_migration_killed_leaves_the_earlier_revision(shapes: Shapes, tmp_path: Path, kind: str, count: int) -> None:
    earlier = revisions()[1]
    database = Database(address := shapes.copy(kind, earlier))
    filled(database)
    before = contents(database)
    assert killed("migrate", "create_table", count, address, tmp_path) == -signal.SIGKILL
    with database.read() as transaction:
        assert revision(transaction.connection) == earlier
    assert contents(database) == before
    assert migrate(database) == (earlier, newest())
    database.close()
