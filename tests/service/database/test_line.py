"""Is a connection used of which PostgreSQL is gone, and how often is asked whether it is?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.database import line
from tests.postgres import run_sql

if TYPE_CHECKING:
    from service.database.engine import Database

pytestmark = pytest.mark.parametrize("address", ["postgresql"], indirect=True)
PID = sa.select(sa.func.pg_backend_pid())


def backend(database: Database) -> int:
    """Tell which process of PostgreSQL answers."""
    with database.read() as transaction:
        return int(transaction.execute(PID).scalar_one())


@pytest.fixture
def asked(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note of which connections is asked whether they still hold."""
    usual, noted = database.engine.dialect.do_ping, list[object]()

    def do_ping(connection: object) -> bool:
        noted.append(connection)
        return usual(connection)  # type: ignore[arg-type]

    monkeypatch.setattr(database.engine.dialect, "do_ping", do_ping)
    return noted


def test_connection_of_a_moment_ago_is_taken_without_asking(database: Database, asked: list[object]) -> None:
    assert len({backend(database) for _ in range(3)}) == 1
    assert asked == []


def test_connection_that_was_quiet_for_long_is_asked_first(
    database: Database, asked: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "QUIET_SECONDS", 0.0)
    assert len({backend(database) for _ in range(3)}) == 1
    assert len(asked) == 2


@pytest.mark.parametrize("quiet", [0.0, 3600.0])
def test_another_takes_the_place_of_one_that_the_server_ended(
    database: Database, postgres_server: str, monkeypatch: pytest.MonkeyPatch, quiet: float
) -> None:
    monkeypatch.setattr(line, "QUIET_SECONDS", quiet)
    first = backend(database)
    run_sql(postgres_server, f"SELECT pg_terminate_backend({first}, 60000)")  # once that process is gone
    assert backend(database) != first


def test_one_that_this_side_closed_is_not_used(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "QUIET_SECONDS", 3600.0)
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
    assert driver is not None
    driver.close()
    assert backend(database) > 0
