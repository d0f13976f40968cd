"""Is PostgreSQL still at the other end of a connection that waited in the pool? Asked only where it may be gone.

A server that stops says so: there is something to read where nothing was asked. One that vanished without a word is
found by asking, which a connection that was used a moment ago is spared: a page takes several.
"""

from __future__ import annotations

import select
import time
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

QUIET_SECONDS = 1.0
GIVEN_BACK = "given_back"


def look_before_use(engine: Engine) -> None:
    """Have no connection used of which the server is gone: a new one takes its place."""

    def given_back(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[GIVEN_BACK] = time.monotonic()

    def taken(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 - psycopg's
        since = record.info.get(GIVEN_BACK)
        if since is None or (time.monotonic() - since < QUIET_SECONDS and not _was_told(connection)):
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", given_back)
    event.listen(engine, "checkout", taken)


def _was_told(connection: Any) -> bool:  # noqa: ANN401 - psycopg's
    """Tell whether there is something to read, or nobody to read it from."""
    if connection.closed:
        return True
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return bool(line.poll(0))
