"""Is every connection closed once the database is, also one that a thread still used?"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy import event

from service.app import create_app
from service.core.settings import Settings
from service.worker.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from service.database.engine import Database


def connections(database: Database) -> list[Any]:
    """Give the list of the driver's connections that are made from now on."""
    made: list[Any] = []
    event.listen(database.engine, "connect", lambda connection, _record: made.append(connection))
    return made


def is_open(connection: Any) -> bool:  # noqa: ANN401 - one of two drivers' own
    """Whether a driver's connection still holds on to its database."""
    if not isinstance(connection, sqlite3.Connection):
        return not connection.closed
    try:
        connection.execute("SELECT 1").close()
    except sqlite3.ProgrammingError:
        return False
    return True


def test_connection_is_kept_for_the_next_until_the_database_is_closed(database: Database) -> None:
    made = connections(database)
    for _ in range(3):
        with database.read():
            pass
    assert [is_open(one) for one in made] == [True]
    database.close()
    assert [is_open(one) for one in made] == [False]


def test_connection_in_use_while_the_database_is_closed_is_closed_when_given_back(database: Database) -> None:
    made = connections(database)
    with database.read() as transaction:
        database.close()
        assert transaction.execute(sa.select(1)).scalar_one() == 1
    assert [is_open(one) for one in made] == [False]


def test_connection_made_after_the_database_was_closed_is_closed_when_given_back(database: Database) -> None:
    made = connections(database)
    database.close()
    database.close()
    with database.read() as transaction:
        assert transaction.execute(sa.select(1)).scalar_one() == 1
    assert [is_open(one) for one in made] == [False]


def test_database_is_closed_where_the_worker_ended_badly(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_worker: Worker) -> None:
        with database.read():
            raise ArithmeticError

    monkeypatch.setattr(Worker, "run", broken)
    made = connections(database)
    settings = Settings(folder=tmp_path, embedded_worker=True)
    with pytest.raises(ArithmeticError), TestClient(create_app(settings, database=database)):
        pass
    assert [is_open(one) for one in made] == [False]
