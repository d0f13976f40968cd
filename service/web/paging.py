"""How is a long list asked for, part by part?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import Query

from service.web.shapes import Key, Page
from service.web.values import MemberKey

Item = TypeVar("Item")
Row = TypeVar("Row")

Limit = Annotated[int, Query(ge=1, le=200)]


def page_of(shown: Callable[[Row], Item], rows: Sequence[Row], limit: int, key: Callable[[Row], str]) -> Page[Item]:
    """Make a page of the first `limit` rows; `rows` holds one more where a page follows, `key` gives its cursor."""
    more = key(rows[limit - 1]) if len(rows) > limit else None
    return Page(items=[shown(row) for row in rows[:limit]], next=more)


Cursor = Annotated[Key | None, Query(description="De «next» van de vorige bladzijde.")]

MemberCursor = Annotated[MemberKey | None, Query(alias="cursor", description="De «next» van de vorige bladzijde.")]
"""A cursor of a list whose ids are the numbers of schools or mentors."""
