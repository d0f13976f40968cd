"""Does a database that hangs give 503 and not a wait without end, and does all go on once it answers again?"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import psycopg
import pytest
import sqlalchemy as sa

from service.database import disk, timeouts
from service.database.engine import BusyError, Database, FullError
from service.database.migrate import migrate
from service.web import health_api
from tests.lone_transactions import meanwhile
from tests.postgres import frozen, postgres
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def own_server() -> Iterator[str]:
    """Start a server that no other test uses."""
    with postgres(own=True) as address:
        yield address


@pytest.fixture
def hasty(own_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Open its database with little patience."""
    for name, seconds in (("MARGIN_SECONDS", 0.5), ("CONNECT_SECONDS", 2)):
        monkeypatch.setattr(timeouts, name, seconds)
    one = Database(own_server.replace("postgresql://", "postgresql+psycopg://"), patience=0.5)
    migrate(one)
    yield one
    one.close()


def test_frozen_postgresql_gives_503_and_recovers(hasty: Database, own_server: str) -> None:
    client = a_client(an_app(hasty), "coordinator")
    cohort = f"/v1/cohorts/{a_cohort(client)}"
    with frozen(own_server):
        for path in ("/readyz", cohort, "/readyz", "/cohorten"):
            answer = client.get(path)
            assert (answer.status_code, answer.headers.get("retry-after")) == (503, "5"), path
        assert client.get("/livez").status_code == 200
        written = client.post(f"{cohort}/schools", json={"id": "1"}, headers={"Idempotency-Key": "een"})
        assert written.status_code == 503
    assert client.get("/readyz").status_code == 200
    assert client.get(cohort).status_code == 200
    assert client.get(f"{cohort}/schools").json()["items"] == []


def test_readiness_is_told_on_postgresql_while_every_other_thread_waits(
    hasty: Database, own_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, told = a_client(an_app(hasty), "coordinator"), list[int]()
    monkeypatch.setattr(health_api, "ANSWER_SECONDS", 0.2)
    asking = [threading.Thread(target=lambda: told.append(client.get("/v1/cohorts").status_code)) for _ in range(60)]
    with frozen(own_server):
        for one in asking:
            one.start()
        assert client.get("/readyz").status_code == 503
        assert client.get("/livez").status_code == 200
        for one in asking:
            one.join()
    assert set(told) == {503}
    assert client.get("/v1/cohorts").status_code == 200


def test_postgresql_ends_a_statement_and_a_wait_for_a_lock_in_time(hasty: Database) -> None:
    with pytest.raises(BusyError), hasty.read() as transaction:
        transaction.execute(sa.text("SELECT pg_sleep(30)"))
    with hasty.write() as first:
        first.execute(sa.text("LOCK TABLE person IN ACCESS EXCLUSIVE MODE"))
        with meanwhile(), pytest.raises(BusyError), hasty.read() as second:
            second.execute(sa.text("SELECT count(*) FROM person"))
    with hasty.read() as transaction:
        assert transaction.execute(sa.text("SELECT count(*) FROM person")).scalar() is not None


def test_command_on_postgresql_has_all_patience(own_server: str) -> None:
    one = Database(own_server.replace("postgresql://", "postgresql+psycopg://"), patience=None)
    with one.read() as transaction:
        assert transaction.execute(sa.text("SHOW statement_timeout")).scalar() == "0"
    one.close()


def test_full_disk_is_told_by_its_name(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    a_cohort(client)
    if database.is_sqlite:
        pages = "PRAGMA max_page_count = {}"

        def fill(connection: object, _record: object) -> None:
            count = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
            connection.execute(pages.format(count)).close()  # type: ignore[attr-defined]

        database.engine.dispose()
        sa.event.listen(database.engine, "connect", fill)
    else:

        def refuse(*_: object) -> None:
            raise psycopg.errors.DiskFull("no space left on device")

        sa.event.listen(database.engine, "before_cursor_execute", _on_insert(refuse))
    answers = [client.post("/v1/cohorts", json=_cohort("x" * 200, number)) for number in range(200)]
    full = next(one for one in answers if one.status_code != 201)
    assert (full.status_code, full.json()["code"]) == (503, "disk_full")
    assert "schijf" in full.json()["detail"]
    assert full.headers["retry-after"] == "60"
    assert client.get("/v1/cohorts").status_code == 200


def _cohort(name: str, number: int) -> dict[str, object]:
    return {"name": f"{number} {name}"[:200], "region": "Limburg", "school_year": 2026}


def _on_insert(refuse: object) -> object:
    def before(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO cohort"):
            refuse()  # type: ignore[operator]

    return before


def test_readiness_turns_before_the_disk_is_full(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    client = a_client(an_app(database))
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(disk, "LEAST_FREE", 2**62)
    answer = client.get("/readyz")
    if database.is_sqlite:
        assert (answer.status_code, answer.json()["code"]) == (503, "disk_full")
    else:
        assert answer.status_code == 200  # PostgreSQL has a disk of its own
    assert issubclass(FullError, BusyError)
