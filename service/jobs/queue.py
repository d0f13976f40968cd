"""How does a worker hear of a job? procrastinate: in memory beside SQLite, in PostgreSQL for any number of workers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import procrastinate
from procrastinate.testing import InMemoryConnector

from service.core.settings import Settings
from service.database.engine import BusyError
from service.database.timeouts import QueueConnection, line_options

TASK, NAME = "in2stem.run", "in2stem"
POLL_SECONDS = 5.0
CONNECT_SECONDS = 5.0
"""How long a worker waits for PostgreSQL before it begins to listen anew."""


class MemoryQueue:
    """The queue inside the one process that owns a SQLite file; what it forgets at the end, the rows know."""

    def __init__(self) -> None:
        """Begin empty; it carries ids once a worker listens."""
        self.connector = InMemoryConnector()
        self.app = procrastinate.App(connector=self.connector)
        self._loop: asyncio.AbstractEventLoop | None = None

    def listen(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Say on which loop the worker runs, None when it stopped."""
        self._loop = loop

    def offer(self, driver: object, job: str) -> None:
        """Do nothing: memory knows no transactions."""

    def wake(self, job: str) -> None:
        """Carry a job's id to the worker, from whatever thread."""
        if self._loop is not None and not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self.app.configure_task(TASK, queue=NAME).defer_async(job=job), self._loop)

    def forget_queries(self) -> None:
        """Drop the connector's list of all queries ever, which would only grow."""
        self.connector.queries.clear()


class PostgresQueue:
    """The queue in PostgreSQL: a job is offered in the very transaction that makes it."""

    def __init__(self) -> None:
        """Need no connection of its own."""
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def offer(self, driver: object, job: str) -> None:
        """Offer a job; a rollback takes the offer back. Raises BusyError."""
        try:
            self._app.configure_task(TASK, queue=NAME, connection=driver).defer(job=job)
        except procrastinate.exceptions.ConnectorException as error:
            raise BusyError from error

    def wake(self, job: str) -> None:
        """Do nothing: PostgreSQL told the workers at the commit."""


def worker_app(settings: Settings, queue: MemoryQueue | PostgresQueue) -> procrastinate.App:
    """Give the application that a worker listens with."""
    if isinstance(queue, MemoryQueue):
        return queue.app
    address = settings.address.replace("+psycopg", "", 1)
    connector = procrastinate.PsycopgConnector(
        conninfo=address,
        connection_class=QueueConnection,
        kwargs=line_options(),
        min_size=1,
        max_size=6,
        timeout=CONNECT_SECONDS,
    )
    return procrastinate.App(connector=connector)


def queue_for(settings: Settings) -> MemoryQueue | PostgresQueue:
    """Choose the queue that goes with the database."""
    return MemoryQueue() if settings.is_sqlite else PostgresQueue()


async def listen(
    app: procrastinate.App,
    run: Callable[[str], Awaitable[None]],
    name: str,
    concurrency: int,
    must_stop: Callable[[], bool],
) -> None:
    """Run every job that is offered, until cancelled; begin nothing where it must stop."""

    async def task(job: str) -> None:
        await run(job)

    if TASK not in app.tasks:  # memory's application lives on where its worker listens anew
        app.task(name=TASK, queue=NAME)(task)
    try:
        await app.open_async()
        if must_stop():  # before Python 3.12, a cancellation at the moment at which the pool is full is lost
            return
        await app.run_worker_async(
            queues=[NAME],
            name=name,
            concurrency=concurrency,
            fetch_job_polling_interval=POLL_SECONDS,
            install_signal_handlers=False,
            delete_jobs=procrastinate.jobs.DeleteJobCondition.ALWAYS.value,
        )
    finally:  # also where opening was cut short: what goes on connecting for the pool would keep the loop from ending
        await app.close_async()
