"""How does a view of a plan look that is kept under a name?"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from service.web.shapes import Shape

ViewName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class ViewIn(Shape):
    """A view to keep: the tail of the plan's address under a name, for oneself or for everybody of the cohort."""

    name: ViewName
    query: str = Field(max_length=2000)
    shared: bool = False


class ViewOut(Shape):
    """A view that is kept; `mine` may be removed by who asks."""

    id: str
    name: str
    query: str
    shared: bool
    mine: bool
