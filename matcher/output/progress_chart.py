"""How far did a school or a cohort come? Two bars a line, before and after, as SVG."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from matcher.output.svg import EDGES, LINE, SOFT_INK, TINTS, box, line, picture, shorten, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.domain.comparison import ComparedValue, Comparison

WIDTH: Final = 720.0
LABELS: Final = 250.0
ROOM: Final = WIDTH - LABELS - 60
TOP: Final = 76.0
ROW: Final = 38.0
BAR: Final = 13.0


def progress_chart(comparison: Comparison) -> str:
    """Draw the values before (light) and after (dark) from 0 to the highest; what was not measured says so."""
    bottom = TOP + ROW * len(comparison.values)
    marks = [
        words(16, 28, comparison.title, 18, font_weight="bold"),
        words(16, 48, shorten(comparison.story, WIDTH - 32, 12), 12, fill=SOFT_INK),
        *_scale(comparison.highest, bottom),
    ]
    for place, value in enumerate(comparison.values):
        marks += _pair(value, TOP + place * ROW, comparison.highest)
    marks += _legend(bottom + 22)
    return picture(WIDTH, bottom + 40, comparison.title, comparison.story, marks)


def shown(value: Fraction | None) -> str:
    """Write a value with at most two decimals, `niet gemeten` where there is none."""
    if value is None:
        return "niet gemeten"
    return f"{float(round(value, 2)):.2f}".replace(".", ",").rstrip("0").rstrip(",")


def _scale(highest: int, bottom: float) -> Iterator[str]:
    for step in range(highest + 1):
        x = LABELS + ROOM * step / highest
        yield line(x, TOP - 6, x, bottom)
        yield words(x, TOP - 10, str(step), 10, text_anchor="middle", fill=SOFT_INK)


def _pair(value: ComparedValue, y: float, highest: int) -> Iterator[str]:
    yield words(LABELS - 10, y + BAR + 4, shorten(value.label, LABELS - 26, 12), 12, text_anchor="end")
    both = ((value.before, TINTS[0], "vooraf"), (value.after, EDGES[0], "achteraf"))
    for place, (number, fill, when) in enumerate(both):
        top = y + place * (BAR + 1)
        hint = f"{value.label}, {when}: {shown(number)}"
        width = float(ROOM * (number or Fraction(0)) / highest) if number is not None else 0.0
        yield box(LABELS, top, width, BAR, hint, fill=fill, stroke=LINE, stroke_width=0.5)
        yield words(LABELS + width + 6, top + BAR - 3, shown(number), 10, fill=SOFT_INK)


def _legend(y: float) -> Iterator[str]:
    for x, fill, label in ((LABELS, TINTS[0], "nulmeting"), (LABELS + 110, EDGES[0], "eindmeting")):
        yield box(x, y - 10, 14, 12, fill=fill, stroke=LINE, stroke_width=0.5)
        yield words(x + 20, y, label, 10, fill=SOFT_INK)
