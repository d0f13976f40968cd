"""Of what are all tables made? One collection of tables, and the few kinds of column that they share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Document = sa.JSON().with_variant(JSONB(), "postgresql")
"""A value as JSON."""

Id = sa.String(64)


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment in UTC; both databases give back the same."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse a moment without a zone; keep UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Say that what is kept is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def key(name: str = "id") -> sa.Column[Any]:
    """Make a primary key."""
    return sa.Column(name, Id, primary_key=True)


def to(table: str, name: str = "", *, nullable: bool = False, primary_key: bool = False) -> sa.Column[Any]:
    """Refer to the id of another table; what belongs to a row goes when the row goes."""
    target = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name or table, Id, target, nullable=nullable, primary_key=primary_key)


def text(name: str, *, nullable: bool = False, default: str | None = "") -> sa.Column[Any]:
    """Make a text, empty where nothing is given."""
    return sa.Column(name, sa.Text, nullable=nullable, server_default=None if nullable else default)


def number(name: str, default: int | None = 0, *, nullable: bool = False) -> sa.Column[Any]:
    """Make a whole number."""
    given = None if default is None or nullable else str(default)
    return sa.Column(name, sa.BigInteger, nullable=nullable, server_default=given)


def flag(name: str) -> sa.Column[Any]:
    """Make a yes or no, no unless said."""
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def moment(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    """Make a moment in UTC."""
    return sa.Column(name, Moment, nullable=nullable)


def document(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Make a value as JSON."""
    return sa.Column(name, Document, nullable=nullable)
