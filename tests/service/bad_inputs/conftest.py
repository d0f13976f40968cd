"""What do the cases share? One service of each kind of database; every case begins a cohort of its own."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from service.database.engine import Database
from service.database.ids import new_id
from tests.conftest import address_of
from tests.postgres import run_sql
from tests.service_client import an_app
from tests.service_imports import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """Make one application, which takes most of a case's time."""
    if request.param == "sqlite":
        path: Path = tmp_path_factory.mktemp("shared") / "in2stem.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        address = f"sqlite:///{path}"
    else:
        server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
        name = new_id("t")
        run_sql(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        address = address_of(server, name)
    database = Database(address)
    yield an_app(database)
    database.close()


@pytest.fixture
def desk(shared_app: FastAPI) -> Desk:
    """Sit down at a desk with an empty cohort."""
    return Desk(shared_app.state.database, shared_app)
