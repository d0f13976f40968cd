"""How is the database opened, and when is something really written? Whole transactions, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from http import HTTPStatus
from threading import Lock
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from service.core.crashpoints import reach
from service.core.errors import Problem
from service.database.clock import follow
from service.database.json_text import serialize
from service.database.line import look_before_use
from service.database.timeouts import STATEMENT_SECONDS, limit_waiting

BUSY_SECONDS = 30
POOL_SECONDS = 10
"""How long to wait for a connection that others have."""

FULL = "53100"
"""PostgreSQL's code for a disk without room (SQLSTATE disk_full)."""

WRITES = "in2stem_writes"
ALONE = "in2stem_alone"


Row = TypeVar("Row")
Values = Mapping[str, Any]


class CollisionError(Exception):
    """Two writers wanted the same thing at one moment; nothing was written by this one."""


class BusyError(Exception):
    """The database does not answer, or not in time; nothing was written."""


class DamagedError(BusyError):
    """The file is no database, or no longer a whole one."""


class FullError(BusyError):
    """There is no room left where the database stands."""


class AddressError(BusyError):
    """The database's address has an option that nobody knows."""


class Queue(Protocol):
    """What hands jobs to workers; it carries a job's id and nothing else."""

    def offer(self, driver: object, job: str) -> None:
        """Offer a job on the driver's connection whose transaction made it, where the queue can."""

    def wake(self, job: str) -> None:
        """Offer a job after its transaction, where the queue could not do it inside."""


class Transaction:
    """One open transaction: `connection` runs statements, `offer` tells the workers of a job.

    `noted` are lines for the trail that who only reads gathers, to be written once it is over; None where whoever
    writes notes it in this transaction itself.
    """

    __slots__ = ("_offered", "_queue", "connection", "noted")

    def __init__(self, connection: Connection, queue: Queue | None) -> None:
        """Begin with nothing offered."""
        self.connection = connection
        self.noted: list[tuple[str, str, str | None, Mapping[str, Any]]] | None = None
        self._queue = queue
        self._offered: list[str] = []

    def execute(self, statement: sa.Executable, values: Values | None = None) -> sa.CursorResult[*tuple[Any, ...]]:
        """Run a statement with the values of its parameters; one that is made once need not be compiled anew."""
        return self.connection.execute(statement, values)

    def first(self, query: sa.Executable, kind: Callable[..., Row], values: Values | None = None) -> Row | None:
        """Give the first row of a query as what is made of its columns by name; None where there is none."""
        row = self.execute(query, values).mappings().first()
        return None if row is None else kind(**row)

    def rows(self, query: sa.Executable, kind: Callable[..., Row], values: Values | None = None) -> list[Row]:
        """Give all rows of a query, each as what is made of its columns by name."""
        return [kind(**row) for row in self.execute(query, values).mappings()]

    def add(self, table: sa.Table, row: Any, **more: object) -> None:  # noqa: ANN401 - any dataclass of columns
        """Add a row, each of its fields in the column of that name; `more` are columns that it has no field for."""
        self.execute(sa.insert(table).values(**{one.name: getattr(row, one.name) for one in fields(row)}, **more))

    def offer(self, job: str) -> None:
        """Offer a job to the workers; nobody sees it before the commit."""
        self._offered.append(job)
        if self._queue is not None:
            self._queue.offer(self.connection.connection.driver_connection, job)

    def wake(self) -> None:
        """Tell the queue, after the commit, what was offered."""
        if self._offered:
            reach("accepted")
        for job in self._offered if self._queue is not None else ():
            self._queue.wake(job)  # type: ignore[union-attr]


class Database:
    """An open database; `queue` is set where jobs can be run."""

    def __init__(self, address: str, *, pool_size: int = 20, patience: float | None = STATEMENT_SECONDS) -> None:
        """Open lazily: nothing is touched before the first transaction.

        `patience` is how many seconds PostgreSQL may take for one statement; None for as long as it takes.
        """
        self.queue: Queue | None = None
        self.engine = _engine(address, pool_size)
        self._writes = Lock()
        if not self.is_sqlite:
            limit_waiting(self.engine, patience)
            look_before_use(self.engine)
            follow(self.engine)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Look at one moment of the data; whatever is written is given up. Raises BusyError."""
        with _own_errors(), self.engine.connect() as connection:
            yield Transaction(connection, None)
            connection.rollback()

    @contextmanager
    def glance(self) -> Iterator[Transaction]:
        """Look with one statement, which sees one moment by itself: no transaction is begun for it. Raises BusyError.

        Every request begins with such a look or two, and beginning and ending take longer than the look.
        """
        options = {ALONE: True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        with _own_errors(), self.engine.connect().execution_options(**options) as connection:
            yield Transaction(connection, None)

    @contextmanager
    def snapshot(self) -> Iterator[Transaction]:
        """Look at one moment of all the data, however many statements that takes. Raises BusyError."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with _own_errors(), self.engine.connect().execution_options(**options) as connection:
            yield Transaction(connection, None)
            connection.rollback()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Write all or nothing: an error undoes everything. Raises CollisionError or BusyError."""
        options = {WRITES: True}
        with (
            self._turn(),
            _own_errors(),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            transaction = Transaction(connection, self.queue)
            yield transaction
        transaction.wake()

    @contextmanager
    def rehearsal(self) -> Iterator[Transaction]:
        """Write, and give all of it up at the end: to tell what something would do. Raises BusyError."""
        options = {WRITES: True}
        with (
            self._turn(),
            _own_errors(),
            self.engine.connect().execution_options(**options) as connection,
        ):
            yield Transaction(connection, None)
            connection.rollback()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Have this process's writers wait for one another here: SQLite lets them sleep, and who comes later wins."""
        if not self.is_sqlite:
            yield
            return
        if not self._writes.acquire(timeout=BUSY_SECONDS):
            raise BusyError
        try:
            yield
        finally:
            self._writes.release()

    def close(self) -> None:
        """Let go of all connections; of one that a thread still uses as soon as it is given back."""
        event.listen(self.engine, "checkin", _let_go)
        self.engine.dispose()


@contextmanager
def _own_errors() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise CollisionError from error
    except (OperationalError, PoolTimeoutError) as error:
        raise (FullError if _is_full(error) else BusyError) from error
    except DataError as error:  # such as a NUL, which SQLite compares with and PostgreSQL does not even read
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", "Zo heet hier niets: dit kan niet bewaard worden.") from error
    except ProgrammingError as error:
        if error.statement is not None:
            raise
        raise AddressError from error  # it was raised while connecting
    except DatabaseError as error:
        if type(error.orig) is not sqlite3.DatabaseError:
            raise
        raise DamagedError from error


def _is_full(error: Exception) -> bool:
    """Tell whether there was no room for what was to be written."""
    cause = getattr(error, "orig", None)
    return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or getattr(cause, "sqlstate", "") == FULL


def _engine(address: str, pool_size: int) -> Engine:
    if not address.startswith("sqlite"):
        return sa.create_engine(
            address,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=POOL_SECONDS,
            isolation_level="READ COMMITTED",
            json_serializer=serialize,
        )
    engine = sa.create_engine(
        address,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=pool_size,
        json_serializer=serialize,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS, "cached_statements": 500},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Set a new connection up: durable, foreign keys checked, transactions begun by us and not by the driver."""
    connection.isolation_level = None
    # A write-ahead log can lose a commit before SQLite 3.51.3; the rollback journal can't.
    for pragma in (
        "journal_mode=DELETE",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _let_go(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    """Close a connection that comes back to a pool from which nobody will take it."""
    record.invalidate()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if ALONE in options:
        return
    writes = options.get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
