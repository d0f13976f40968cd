"""Which tables does a database have? Read in full once for all databases of a run with the very same columns and keys.

A look at all tables takes most of a copy's time, and tests of copies take hundreds of looks at a few shapes.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.database import backup, backup_lines
from tests.service.database import any_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
POSTGRESQL = """
SELECT relname, attname, format_type(atttypid, atttypmod), attnum + attnotnull::int * 10000
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), 0
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
ORDER BY 1, 2, 3, 4
"""
"""What a database says of its own columns and keys, in full."""

_usual = backup_lines.own_tables
_known: dict[tuple[object, ...], list[sa.Table]] = {}


def known_tables(connection: Connection) -> list[sa.Table]:
    """Give the tables as the program reads them, from a database of the same shape where one was read before."""
    kind = connection.dialect.name
    said = connection.execute(sa.text(SQLITE if kind == "sqlite" else POSTGRESQL)).all()
    key = (kind, *map(tuple, said))
    if key not in _known:
        _known[key] = _usual(connection)
    return _known[key]


@contextmanager
def tables_read_once() -> Iterator[None]:
    """Let the program, in this process, and what fills its tables do so."""
    with pytest.MonkeyPatch.context() as patch:
        for place in (backup, any_rows):
            patch.setattr(place, "own_tables", known_tables)
        yield
