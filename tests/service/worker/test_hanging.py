"""Does a worker whose PostgreSQL hangs end when told, and does its queue give up what is not answered?"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import TYPE_CHECKING

import psycopg
import pytest

from service.core.settings import Settings
from service.database import timeouts
from service.database.engine import Database
from service.database.migrate import migrate
from service.database.timeouts import QueueConnection
from service.jobs import queue as queues
from service.worker.worker import Worker
from tests.postgres import frozen, postgres
from tests.service.worker.test_stopping import ends_when_told
from tests.service.worker.test_worker import until

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Start a server that no other test uses, and have little patience with it."""
    monkeypatch.setattr(QueueConnection, "patience", 0.5)
    monkeypatch.setattr(queues, "CONNECT_SECONDS", 0.5)
    for name, seconds in (("MARGIN_SECONDS", 0.5), ("CONNECT_SECONDS", 2)):
        monkeypatch.setattr(timeouts, name, seconds)
    with postgres(own=True) as address:
        yield address


def test_worker_that_is_told_to_stop_while_postgresql_hangs_ends(own_server: str) -> None:
    address = own_server.replace("postgresql://", "postgresql+psycopg://")
    database = Database(address, patience=0.5)
    migrate(database)
    with ExitStack() as stack:

        def hang() -> None:
            until(lambda: _workers(own_server) == 1)
            stack.enter_context(frozen(own_server))

        assert ends_when_told(Worker(Settings(database_url=address), database), hang)
    database.close()


def _workers(address: str) -> int:
    with psycopg.connect(address) as connection:
        (count,) = connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone() or (0,)
    return int(count)


def test_connection_of_the_queue_waits_long_for_news_and_shortly_for_an_answer(own_server: str) -> None:
    async def news() -> list[str]:
        async with await QueueConnection.connect(own_server, autocommit=True) as one:
            await one.execute("LISTEN news")
            asyncio.get_running_loop().call_later(1.5, _tell, own_server)  # later than an answer may come
            told = [notice.payload async for notice in one.notifies(stop_after=1)]
            with frozen(own_server), pytest.raises(psycopg.OperationalError):
                await asyncio.wait_for(one.execute("SELECT 1"), 60)
            assert one.closed
            return told

    assert asyncio.run(news()) == ["er is werk"]


def _tell(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("NOTIFY news, 'er is werk'")
