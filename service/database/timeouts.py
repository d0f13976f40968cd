"""How long do we wait for PostgreSQL? Never without end: one that hangs is as good as away, and comes back."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Notify
from psycopg.errors import OperationalError
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGconn
from sqlalchemy import event
from sqlalchemy.engine import Engine

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 15.0
"""What one statement of a page or job may take; none of ours takes a second."""

LOCK_SECONDS = 10.0
IDLE_SECONDS = 120.0
"""After which PostgreSQL itself ends a transaction in which nothing happens: its locks hold up others."""

QUEUE_SECONDS = 5.0
"""What one statement of the queue may take: it claims a row, or says that a worker is there."""

MARGIN_SECONDS = 3.0
"""PostgreSQL gives up first, where it still can: then it knows that nobody waits."""

LINE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 20_000}
"""A machine that vanished is noticed within a minute (milliseconds in the last)."""


def line_options() -> dict[str, int]:
    """Give what every connection is made with: libpq's own limits."""
    return {"connect_timeout": CONNECT_SECONDS} | LINE


@contextmanager
def _let_go_unanswered(connection: PGconn) -> Iterator[None]:
    try:
        yield
    except OperationalError:
        if connection.transaction_status == TransactionStatus.ACTIVE:  # it may still answer: to nobody
            connection.finish()
        raise


class Connection(psycopg.Connection[Any]):
    """A connection that is let go where the server says nothing for too long: a stopped server enforces no limit."""

    patience: float | None = None

    def wait(self, gen: Generator[Any, Any, Any], interval: float = 0.1, timeout: float | None = None) -> Any:  # noqa: ANN401 - as psycopg's
        """Wait for an answer; raises OperationalError where none comes in time."""
        with _let_go_unanswered(self.pgconn):
            return super().wait(gen, interval=interval, timeout=self.patience if timeout is None else timeout)


class QueueConnection(psycopg.AsyncConnection[Any]):
    """The same for a connection of the queue, whose statements are short; who listens may hear nothing for long."""

    patience: float | None = QUEUE_SECONDS

    async def wait(self, gen: Generator[Any, Any, Any], interval: float = 0.1, timeout: float | None = None) -> Any:  # noqa: ANN401, ASYNC109 - as psycopg's
        """Wait for an answer; raises OperationalError where none comes in time."""
        with _let_go_unanswered(self.pgconn):
            return await super().wait(gen, interval=interval, timeout=self.patience if timeout is None else timeout)

    async def notifies(
        self,
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - as psycopg's
        stop_after: int | None = None,
    ) -> AsyncGenerator[Notify]:
        """Give what is told, whenever it comes."""
        before, self.patience = self.patience, None
        try:
            async for one in super().notifies(timeout=timeout, stop_after=stop_after):
                yield one
        finally:
            self.patience = before


def limit_waiting(engine: Engine, seconds: float | None) -> None:
    """Have each connection of an engine wait so long for one statement; None for as long as it takes."""

    def connect(_dialect: object, _record: object, given: tuple[Any, ...], named: dict[str, Any]) -> Connection:
        made = Connection.connect(*given, **(line_options() | named))
        if seconds is not None:
            made.autocommit = True
            for name, limit in (
                ("statement_timeout", seconds),
                ("lock_timeout", min(LOCK_SECONDS, seconds)),
                ("idle_in_transaction_session_timeout", IDLE_SECONDS),
            ):
                made.execute(f"SET {name} = {int(limit * 1000)}")
            made.autocommit = False
            made.patience = seconds + MARGIN_SECONDS
        return made

    event.listen(engine, "do_connect", connect)
