"""What is a comparison of two moments that can be drawn? Plain values, so that any layer can make or draw one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from matcher.domain.period import refuse_if


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedValue:
    """One line of a comparison: its Dutch label, and the values before and after; None where not measured."""

    label: str
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Values from 0 to `highest` before and after, with a title and the story in one Dutch sentence."""

    title: str
    story: str
    highest: int
    values: tuple[ComparedValue, ...]

    def __post_init__(self) -> None:
        """Refuse values off the scale; raise InvalidValueError."""
        known = [one for value in self.values for one in (value.before, value.after) if one is not None]
        refuse_if(any(not 0 <= one <= self.highest for one in known), "Een waarde ligt buiten de schaal.")
