"""How does the work on each page of a cohort stand? What the navigation shows, and what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Stand = Literal["klaar", "nu", "oud"]
"""How the work on a page stands, where that follows from facts: done, to do, or overtaken by a change."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A cohort by its name, and how each place of it stands, by its address; a place that says nothing is left out."""

    id: str
    name: str
    stands: Mapping[str, Stand] = field(default_factory=dict)
