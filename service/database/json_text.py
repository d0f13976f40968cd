"""How does a large document pass through the web process? As text: reading it there would hold up every answer."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa


class Written(str):
    """A document that is JSON already, and is kept as it stands."""

    __slots__ = ()


def written(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str | None]:
    """Ask for a document as its text, None where there is none."""
    return sa.cast(column, sa.Text)


def serialize(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Write a value as a database keeps it."""
    return value if isinstance(value, Written) else json.dumps(value)
