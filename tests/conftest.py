"""What do tests of the service share? A database of each kind, and the service on it."""

from __future__ import annotations

import gc
import operator
import os
import pickle
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import psycopg
import pytest
from argon2 import PasswordHasher

from service.access import passwords
from service.core.settings import Settings
from service.database.engine import Database
from service.database.ids import new_id
from service.database.migrate import migrate
from service.web import openapi_api
from service.web.openapi_document import document_of
from service.worker import child
from service.worker.child import Children
from tests import kept_lines, kept_templates, time_report
from tests.calling import called_in_this_thread
from tests.compiled_once import compiled_once
from tests.kept_lines import lines_kept
from tests.lone_transactions import alone
from tests.postgres import postgres, run_sql
from tests.scratch import scratch_folder
from tests.told_before import with_askers
from tests.warm.process import child_context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fastapi import FastAPI
    from starlette.routing import BaseRoute

TEMPLATE = "in2stem_template"
LONG = (
    *("tests/browser/test_every_page.py", "tests/browser/test_cohort_year.py", "tests/kills/test_kills.py"),
    *("tests/service/access/test_every_route.py", "tests/service/web/test_fuzz.py", "tests/questions/test_claims.py"),
    *("tests/journeys/test_sessions_command.py", "tests/service/run/test_serve.py", "tests/browser/test_imports.py"),
    *("tests/service/database/test_backup.py", "tests/journeys/test_year_api.py", "tests/browser/test_workplace.py"),
)
"""The files of which each takes half a minute or more, the longest first: what a run says of them (--time-report)."""

gc.disable()  # while thousands of tests are collected: what is made then stays


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be asked where its time goes."""
    parser.addoption(time_report.OPTION, action="store_true", help="tell where the time goes: folders, files, fixtures")


def pytest_configure(config: pytest.Config) -> None:
    """Put the folders of tests in memory where there is room; keep what is logged for tests that fail."""
    if folder := scratch_folder():
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder)
    config.pluginmanager.register(kept_lines)
    config.add_cleanup(kept_templates.begin(os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    if config.getoption(time_report.OPTION):
        config.pluginmanager.register(time_report.TimeReport(config))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest: at the end of a run no worker waits for another that just began one."""
    items.sort(key=lambda item: LONG.index(file) if (file := item.nodeid.partition("::")[0]) in LONG else len(LONG))


def pytest_collection_finish() -> None:
    """Never sweep again what was loaded and collected: each sweep of it takes a tenth of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # what a test makes goes by itself, nearly all of it
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _described_once() -> Iterator[None]:
    """Make the OpenAPI document of the same routes once for all applications of a run: it takes most of a second."""
    made: list[tuple[list[BaseRoute], bytes]] = []

    def document(app: FastAPI) -> dict[str, Any]:
        for routes, known in made:
            if len(routes) == len(app.routes) and all(map(operator.is_, routes, app.routes)):
                return cast("dict[str, Any]", pickle.loads(known))  # noqa: S301 - our own: faster than a deep copy
        described = document_of(app)
        made.append((list(app.routes), pickle.dumps(described)))
        return described

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openapi_api, "document_of", document)
        yield


@pytest.fixture(scope="session", autouse=True)
def _never_two_transactions_at_once() -> Iterator[None]:
    """Refuse a transaction of a thread that has one open: beside a writer, both would wait on SQLite."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("read", "glance", "snapshot", "write"):
            patch.setattr(Database, name, alone(getattr(Database, name)))
        yield


@pytest.fixture(scope="session", autouse=True)
def usual_costs() -> Iterator[tuple[PasswordHasher, tuple[int, ...]]]:
    """Keep passwords and codes at little cost, with the same steps; give the costs that the program itself has."""
    usual = passwords._HASHER, passwords.CODE_COSTS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        patch.setattr(passwords, "CODE_COSTS", (1, 64, 1, 32))
        yield usual


@pytest.fixture(scope="session", autouse=True)
def _quickly() -> Iterator[None]:
    """Ask applications in this thread; let no child of the worker load the program, wait for tests or search long."""
    with pytest.MonkeyPatch.context() as patch, called_in_this_thread(), compiled_once(), with_askers(), lines_kept():
        kept_templates.shared()
        patch.setattr(child, "multiprocessing", SimpleNamespace(get_context=child_context))
        yield


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


class Copies:
    """Databases made from a template beside the tests: one is ready before it is asked for."""

    def __init__(self, server: str, template: str) -> None:
        """Begin to make the first, on a connection that stays open: a new one takes as long as half a copy."""
        self.server, self.template = server, template
        self._connection = psycopg.connect(server, autocommit=True)
        self._beside = ThreadPoolExecutor(1)
        self._next = self._beside.submit(self._make)

    def _run(self, statement: str) -> None:
        self._connection.execute(statement.encode())

    def _make(self) -> str:
        name = new_id("t")
        # A file copy takes a third of the usual time.
        self._run(f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY FILE_COPY")
        return name

    def take(self) -> str:
        """Give a fresh database that nobody else has."""
        ready, self._next = self._next, self._beside.submit(self._make)
        return ready.result()

    def drop(self, name: str) -> None:
        """Have one dropped."""
        self._beside.submit(self._run, f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Drop the one that nobody took, and wait for what is being done."""
        self.drop(self._next.result())
        self._beside.shutdown()
        self._connection.close()


@pytest.fixture(scope="session")
def postgres_copies(postgres_server: str, postgres_template: str) -> Iterator[Copies]:
    """Make copies of the migrated database."""
    copies = Copies(postgres_server, postgres_template)
    yield copies
    copies.close()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Make one migrated database that tests copy."""
    name = new_id(TEMPLATE)
    run_sql(postgres_server, f"CREATE DATABASE {name}")
    database = Database(address_of(postgres_server, name))
    migrate(database)
    database.close()
    plain = address_of(postgres_server, name).replace("+psycopg", "")
    run_sql(plain, "VACUUM FULL")  # fewer files to copy each time
    run_sql(plain, "SELECT")  # who comes in first notes where its catalogue is: else the first in each copy does
    run_sql(postgres_server, "CHECKPOINT")  # what it left goes
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
    copies: Copies = request.getfixturevalue("postgres_copies")
    name = copies.take()
    yield address_of(copies.server, name)
    copies.drop(name)


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
    for place in ("season_request", "pages", "year_beside", "job"):
        monkeypatch.setattr(f"service.network.season.{place}.today", lambda: date(2026, 11, 2))


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    """Keep one warm child process for all tests of a worker."""
    some = Children(1)
    yield some
    some.close()
