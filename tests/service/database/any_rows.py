"""Which rows can any table of any revision hold? Two of each, with every column filled, found from the database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from service.database.backup_lines import load, own_tables

if TYPE_CHECKING:
    from service.database.engine import Database

DOCUMENT = {
    "naam": "Şule «É» \U0001f600",
    "leeg": None,
    "getallen": [0, -0.0, 1.5, 1e22, 10**18],
    "diep": {"b": [], "a": {}},
}


def filled(database: Database) -> None:
    """Put two rows in every table that a database has."""
    with database.write() as transaction:
        for table in own_tables(transaction.connection):
            load(transaction.connection, table, [json.dumps(a_row(table, number)).encode() for number in (1, 2)])


def a_row(table: sa.Table, number: int) -> dict[str, Any]:
    """Make a row as a line has it; the first refers to the second, so that order matters."""
    return {column.name: a_value(column, number) for column in table.columns}


def a_value(column: sa.Column[Any], number: int) -> Any:  # noqa: ANN401 - any column's value
    """Make a value of a column's kind."""
    inward = any(key.column.table is column.table for key in column.foreign_keys)
    if inward:
        return "rij2" if number == 1 else None
    if isinstance(column.type, sa.JSON):
        return [None] if column.nullable and number == 1 else None if column.nullable else [DOCUMENT]
    if isinstance(column.type, sa.DateTime):
        return datetime(2026, 11, 23, 9, 30, 0, 123000 * number, tzinfo=UTC).isoformat()
    if isinstance(column.type, sa.LargeBinary):
        return "AAH/IA=="
    if isinstance(column.type, sa.Boolean):
        return number == 1
    return number if isinstance(column.type, sa.Integer) else f"rij{number}"
