"""Is there room left where SQLite's file stands? PostgreSQL has a disk of its own, which we do not see."""

from __future__ import annotations

from pathlib import Path
from shutil import disk_usage

from service.database.engine import Database, FullError

LEAST_FREE = 20_000_000
"""Bytes on the disk under which SQLite may not be able to write a thing tomorrow."""


def check_room(database: Database) -> None:
    """Raise FullError where there is next to no room left."""
    file = database.engine.url.database
    if database.is_sqlite and file and disk_usage(Path(file).parent).free < LEAST_FREE:
        raise FullError
