"""Do many streams of events cost one look together, hear all that happens, and end with their caller's login or key?"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.database.engine import BusyError
from service.database.ids import now
from service.database.tables import api_key, login
from service.jobs import event_stream, shared_poll
from service.jobs import store as jobs
from service.jobs.event_stream import events_of
from service.jobs.shared_poll import FollowedJobs
from tests.service.worker.test_worker import PATIENCE, a_round_job, until
from tests.service_client import a_client, a_key, an_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.database.engine import Database

STREAMS = 60


async def always() -> bool:
    return True


def test_many_streams_are_looked_for_together_and_each_hears_all(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, _ = a_round_job(an_app(database))
    looks = list[str]()
    real = shared_poll._events

    def look(*given: object) -> object:
        looks.append("own")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(shared_poll, "_events", look)
    monkeypatch.setattr(shared_poll, "LOOK_SECONDS", 0.05)

    async def heard(hub: FollowedJobs) -> list[bytes]:
        return [one async for one in events_of(hub, job, 0, always)]

    async def all_of_them() -> list[list[bytes]]:
        hub = FollowedJobs(database)
        listening = [asyncio.create_task(heard(hub)) for _ in range(STREAMS)]
        await asyncio.sleep(1.0)  # twenty looks of the one that looks for all
        before = len(looks)
        await asyncio.to_thread(_say, database, job, "een")
        await asyncio.sleep(0.5)
        await asyncio.to_thread(_end, database, job)
        told = await asyncio.gather(*listening)
        assert before < STREAMS / 4
        assert len(looks) - before < STREAMS / 4  # all are told of one reading
        assert hub._streams == {}
        return told

    told = asyncio.run(all_of_them())
    kinds = [[line.split(b"\n")[1] for line in one] for one in told]
    assert kinds == [[b"event: accepted", b"event: een", b"event: stopped"]] * STREAMS


def test_a_busy_database_ends_no_stream(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    job, _ = a_round_job(an_app(database))
    monkeypatch.setattr(shared_poll, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(event_stream, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(event_stream, "CHECK_SECONDS", 0.1)
    real, tries, asked = shared_poll._events, list[int](), list[int]()

    async def busy_once() -> bool:
        asked.append(1)
        if len(asked) == 1:
            raise BusyError
        return True

    def busy(*given: object) -> object:
        tries.append(1)
        if len(tries) in (1, 3):
            raise BusyError
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(shared_poll, "_events", busy)

    async def heard() -> list[bytes]:
        ending = asyncio.create_task(
            asyncio.to_thread(_end_later, database, job, lambda: len(tries) > 1 and len(asked) > 1)
        )
        told = [one async for one in events_of(FollowedJobs(database), job, 0, busy_once)]
        await ending
        return told

    told = [line.split(b"\n")[1] for line in asyncio.run(heard()) if line.startswith(b"id: ")]
    assert told == [b"event: accepted", b"event: stopped"]
    assert len(tries) >= 4


def _end_later(database: Database, job: str, ready: Callable[[], bool]) -> None:
    until(ready)
    _end(database, job)


def _say(database: Database, job: str, kind: str) -> None:
    with database.write() as transaction:
        jobs.add_event(transaction, job, kind, {})


def _end(database: Database, job: str) -> None:
    with database.write() as transaction:
        jobs.ask_stop(transaction, job)


@pytest.mark.parametrize("way", ["login", "key"])
def test_a_stream_ends_with_the_login_or_key_of_its_caller(
    database: Database, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(event_stream, "CHECK_SECONDS", 0.1)
    app = an_app(database)
    job, _ = a_round_job(app)
    client = a_client(app, "admin" if way == "login" else "nobody")
    if way == "key":
        client.headers["Authorization"] = f"Bearer {a_key(database, ('admin',))}"
    told = list[str]()
    thread = threading.Thread(target=lambda: told.append(client.get(f"/v1/jobs/{job}/events").text))
    thread.start()
    until(lambda: app.state.followed._streams)
    with database.write() as transaction:
        if way == "login":
            transaction.execute(sa.delete(login))
        else:
            transaction.execute(sa.update(api_key).values(revoked_at=now()))
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert "event: accepted" in told[0]
    until(lambda: client.get(f"/v1/jobs/{job}").status_code == 401)  # a key is known for three seconds
