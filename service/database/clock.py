"""What time is it, for all who share a database? The database's: no machine's clock is compared with another's.

Between two looks at the database's clock the time is counted by this process's own counter, which no step of a
machine's clock moves. SQLite has one machine, whose clock counts.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

LOOK_SECONDS = 30.0

_known: tuple[datetime, float] | None = None
"""The database's moment when it was last looked at, and what this process's counter said then (seconds)."""


def moment() -> datetime:
    """Give this moment in UTC."""
    if _known is None:
        return machine_moment()
    at, counter = _known
    return at + timedelta(seconds=time.monotonic() - counter)


def machine_moment() -> datetime:
    """Give this machine's own moment in UTC."""
    return datetime.now(UTC)


def set_by(told: datetime | None) -> None:
    """Go by what the database says it is; None to go by this machine's clock again."""
    global _known  # noqa: PLW0603 - one clock a process
    _known = None if told is None else (told.astimezone(UTC), time.monotonic())


def follow(engine: Engine) -> None:
    """Look at PostgreSQL's clock now and then, on a connection that is taken anyway."""

    def look(connection: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401 - psycopg's
        if _known is not None and time.monotonic() - _known[1] < LOOK_SECONDS:
            return
        row = connection.execute("SELECT clock_timestamp()").fetchone()
        connection.rollback()
        set_by(row[0])

    event.listen(engine, "checkout", look)
