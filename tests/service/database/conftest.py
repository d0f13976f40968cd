"""Which databases do tests of copies and upgrades begin with? Empty ones of each revision, made step by step, once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from service.database.engine import Database
from service.database.ids import new_id
from service.database.migrate import migrate, revisions
from tests.conftest import address_of
from tests.postgres import run_sql

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Shapes:
    """One empty database of each kind and revision, to copy: each is the one before it and one step."""

    def __init__(self, folder: Path, server: Callable[[], str]) -> None:
        """Keep files in a folder; `server` gives PostgreSQL's address where it is wanted."""
        self._folder, self._server = folder, server
        self._made: dict[tuple[str, str], str] = {}

    def copy(self, kind: str, revision: str) -> str:
        """Give the address of a new empty database of a revision; of none where that is empty."""
        return self._copied(kind, self._shape(kind, revision) if revision else "")

    def _shape(self, kind: str, revision: str) -> str:
        if (kind, revision) not in self._made:
            known = revisions()
            place = known.index(revision)
            address = self._copied(kind, self._shape(kind, known[place - 1]) if place else "")
            database = Database(address)
            migrate(database, revision)
            database.close()
            self._made[kind, revision] = address
        return self._made[kind, revision]

    def _copied(self, kind: str, shape: str) -> str:
        name = new_id("shape")
        if kind == "sqlite":
            path = self._folder / f"{name}.sqlite3"
            if shape:
                shutil.copy(shape.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"
        server = self._server()
        template = f" TEMPLATE {shape.rpartition('/')[2]} STRATEGY FILE_COPY" if shape else ""
        run_sql(server, f"CREATE DATABASE {name}{template}")
        return address_of(server, name)


@pytest.fixture(scope="session")
def shapes(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Shapes:
    """Give databases of all revisions."""
    return Shapes(tmp_path_factory.mktemp("shapes"), lambda: str(request.getfixturevalue("postgres_server")))
