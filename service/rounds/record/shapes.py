"""How does a signed record look in the API?"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from service.web.shapes import Shape

MOST_RECORD = 3_000_000
"""Bytes of a body with the longest record in it: each of its quotes is two signs there."""


class RecordIn(Shape):
    """A signed record to be checked."""

    record: Annotated[str, Field(min_length=1, max_length=2_000_000)]
