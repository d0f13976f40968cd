"""What do tests of the service share? A database of each kind, and the service on it."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from service.core.settings import Settings
from service.database.engine import Database
from service.database.ids import new_id
from service.database.migrate import migrate
from service.worker.child import Children
from tests.postgres import postgres, run_sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEMPLATE = "in2stem_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one migrated file that tests copy."""
    path = tmp_path_factory.mktemp("template") / "in2stem.sqlite3"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start PostgreSQL once for a worker's tests."""
    with postgres() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Make one migrated database that tests copy."""
    name = new_id(TEMPLATE)
    run_sql(postgres_server, f"CREATE DATABASE {name}")
    database = Database(address_of(postgres_server, name))
    migrate(database)
    database.close()
    return name


def address_of(server: str, name: str) -> str:
    """Give the address of one database on a server, as SQLAlchemy takes it."""
    return Settings(database_url=f"{server.rsplit('/', 1)[0]}/{name}").address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a fresh migrated database: each test that takes it runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "in2stem.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
    name = new_id("t")
    run_sql(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")  # a third of the usual time
    yield address_of(server, name)
    run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Give a way to make an empty database of a kind."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / new_id('db')}.sqlite3"
        server, name = request.getfixturevalue("postgres_server"), new_id("e")
        run_sql(server, f"CREATE DATABASE {name}")
        return address_of(server, name)

    return make


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """Open a fresh database."""
    one = Database(address)
    yield one
    one.close()


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be November 2026 for who plans sessions: tests name days of that school year."""
    for place in ("service.network.season.season_request", "service.network.season.pages"):
        monkeypatch.setattr(f"{place}.today", lambda: date(2026, 11, 2))


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    """Keep one warm child process for all tests of a worker."""
    some = Children(1)
    yield some
    some.close()
