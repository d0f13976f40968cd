"""How does a row look as a line of text, the same from SQLite as from PostgreSQL, at whatever revision?

Tables are read from the database itself and not from the program, so that a copy of an older revision can be
made and taken back. A line is a JSON object; a document stands in a list, so that JSON's null and no value differ.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection

from service.database.tables.base import Moment

NOT_OURS = ("alembic_version", "procrastinate_")
"""What migrations make by themselves: Alembic's own row, and the queue, which carries ids of jobs only."""

AT_ONCE = 100
EXACT = 1e16
"""From here Python writes a float with an exponent, PostgreSQL with all its digits."""


class Content(NamedTuple):
    """What a table held: how many rows, and the SHA-256 (hex) of their lines."""

    rows: int
    sha256: str


class Tally:
    """Counts and hashes lines as they pass."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._rows, self._hash = 0, sha256()

    def through(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Pass lines on."""
        for line in lines:
            self._rows += 1
            self._hash.update(line)
            yield line

    @property
    def content(self) -> Content:
        """What passed."""
        return Content(self._rows, self._hash.hexdigest())


def own_tables(connection: Connection) -> list[sa.Table]:
    """Give the tables of this program that are in the database, those that others refer to first."""
    names = [name for name in sa.inspect(connection).get_table_names() if not name.startswith(NOT_OURS)]
    found = sa.MetaData()
    found.reflect(connection, only=names)
    return found.sorted_tables


def lines_of(connection: Connection, table: sa.Table) -> Iterator[bytes]:
    """Give every row as a line, in the order of the primary key by bytes."""
    columns = {column.name: _readable(column) for column in table.columns}
    order = [_by_bytes(column, connection) for column in table.primary_key]
    query = sa.select(*(column.label(f"_{name}") for name, column in columns.items())).order_by(*order)
    for row in connection.execute(query, execution_options={"yield_per": AT_ONCE}):
        values = {name: _written(table.columns[name], value) for name, value in zip(columns, row, strict=True)}
        yield _dumps(values).encode() + b"\n"


def content_of(connection: Connection, table: sa.Table) -> Content:
    """Count and hash a table."""
    tally = Tally()
    for _ in tally.through(lines_of(connection, table)):
        pass
    return tally.content


def load(connection: Connection, table: sa.Table, lines: Iterable[bytes]) -> None:
    """Add lines as rows; raises ValueError or TypeError for what is no line of this table.

    A row may refer to a row of its own table that comes later: those columns are filled at the end.
    """
    target = sa.table(table.name, *(sa.column(one.name, _kept(one)) for one in table.columns))
    inward = {key.parent.name for key in table.foreign_keys if key.column.table is table}
    keys = [one.name for one in table.primary_key]
    later: list[dict[str, Any]] = []
    rows = (_read(table, json.loads(line)) for line in lines)
    while batch := list(islice(rows, AT_ONCE)):
        for row in batch:
            if any(row[name] is not None for name in inward):
                later.append({name: row[name] for name in (*keys, *inward)})
                row.update(dict.fromkeys(inward))
        connection.execute(sa.insert(target), batch)
    for row in later:
        which = sa.and_(*(target.columns[name] == row[name] for name in keys))
        connection.execute(sa.update(target).where(which).values({name: row[name] for name in inward}))


def _readable(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if isinstance(column.type, sa.JSON):
        return sa.cast(column, sa.Text)
    return sa.type_coerce(column, Moment()) if isinstance(column.type, sa.DateTime) else column


def _by_bytes(column: sa.Column[Any], connection: Connection) -> sa.ColumnElement[Any]:
    is_text = isinstance(column.type, sa.String)
    return sa.collate(column, "C") if is_text and connection.dialect.name == "postgresql" else column


def _kept(column: sa.Column[Any]) -> sa.types.TypeEngine[Any]:
    if isinstance(column.type, sa.JSON):
        return sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    return Moment() if isinstance(column.type, sa.DateTime) else column.type


def _written(column: sa.Column[Any], value: Any) -> Any:  # noqa: ANN401 - any column's value
    if value is None:
        return None
    if isinstance(column.type, sa.JSON):
        return [_same_numbers(json.loads(value))]
    if isinstance(value, datetime):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _read(table: sa.Table, line: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(line, dict) or line.keys() != {*table.columns.keys()}:
        raise ValueError(table.name)
    return {column.name: _value(column, line[column.name]) for column in table.columns}


def _value(column: sa.Column[Any], value: Any) -> Any:  # noqa: ANN401 - any column's value
    if value is None:
        return None
    if isinstance(column.type, sa.JSON):
        (document,) = value
        return sa.JSON.NULL if document is None else document
    if isinstance(column.type, sa.DateTime):
        return datetime.fromisoformat(value)
    return base64.b64decode(value, validate=True) if isinstance(column.type, sa.LargeBinary) else value


def _same_numbers(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Write numbers that the databases keep apart in one way: -0.0 and very large ones."""
    if isinstance(value, float):
        return int(value) if EXACT <= abs(value) < float("inf") else value or 0.0
    if isinstance(value, list):
        return [_same_numbers(one) for one in value]
    return {name: _same_numbers(one) for name, one in value.items()} if isinstance(value, dict) else value


def _dumps(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
