"""How far did a school or a cohort come? Two bars a line, before and after, as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from matcher.domain.comparison import ComparedValue, Comparison
from matcher.output.svg import EDGES, SOFT_INK, TINTS, box, line, picture, shorten, words

WIDTH: Final = 360.0
EDGE: Final = 12.0
NUMBERS: Final = 64.0
"""Room behind the bars for the longest number."""
ROOM: Final = WIDTH - 2 * EDGE - NUMBERS
LETTERS: Final = 15.0
"""So large that they are still 12 pixels on the smallest phone, where the drawing is 288 wide."""
STORY_LINE: Final = 20.0
ROW: Final = 64.0
BAR: Final = 16.0


def progress_chart(comparison: Comparison) -> str:
    """Draw the values before (light) and after (dark) from 0 to the highest; what was not measured says so."""
    story = wrapped(comparison.story, WIDTH - 2 * EDGE, LETTERS)
    top = 64 + STORY_LINE * len(story) + 24
    bottom = top + ROW * len(comparison.values)
    marks = [
        *(
            words(EDGE, 26 + 20 * place, text, 16, font_weight="bold")
            for place, text in enumerate(wrapped(comparison.title, WIDTH - 2 * EDGE, 19)[:2])
        ),
        *(words(EDGE, 68 + STORY_LINE * place, text, LETTERS, fill=SOFT_INK) for place, text in enumerate(story)),
        *_scale(comparison.highest, top, bottom),
    ]
    for place, value in enumerate(comparison.values):
        marks += _pair(value, top + place * ROW, comparison.highest)
    marks += _legend(bottom + 24)
    return picture(WIDTH, bottom + 40, comparison.title, comparison.story, marks)


def wrapped(text: str, room: float, size: float) -> list[str]:
    """Break a text into lines that fit in `room`; nothing of it is left out."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and shorten(longer, room, size) == longer:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shown(value: Fraction | None) -> str:
    """Write a value with at most two decimals, `niet gemeten` where there is none."""
    if value is None:
        return "niet gemeten"
    return f"{float(round(value, 2)):.2f}".replace(".", ",").rstrip("0").rstrip(",")


def _scale(highest: int, top: float, bottom: float) -> Iterator[str]:
    for step in range(highest + 1):
        x = EDGE + ROOM * step / highest
        yield line(x, top - 4, x, bottom)
        yield words(x, top - 8, str(step), LETTERS, text_anchor="middle", fill=SOFT_INK)


def _pair(value: ComparedValue, y: float, highest: int) -> Iterator[str]:
    yield words(EDGE, y + 18, shorten(value.label, WIDTH - 2 * EDGE, LETTERS), LETTERS)
    both = ((value.before, TINTS[0], "vooraf"), (value.after, EDGES[0], "achteraf"))
    for place, (number, fill, when) in enumerate(both):
        top = y + 25 + place * (BAR + 1)
        hint = f"{value.label}, {when}: {shown(number)}"
        width = float(ROOM * (number or Fraction(0)) / highest) if number is not None else 0.0
        yield box(EDGE, top, width, BAR, hint, fill=fill, stroke=EDGES[0], stroke_width=0.5)
        yield words(EDGE + width + 6, top + BAR - 3, shown(number), LETTERS, fill=SOFT_INK)


def _legend(y: float) -> Iterator[str]:
    for x, fill, label in ((EDGE, TINTS[0], "nulmeting"), (EDGE + 120, EDGES[0], "eindmeting")):
        yield box(x, y - 12, 14, 14, fill=fill, stroke=EDGES[0], stroke_width=0.5)
        yield words(x + 20, y, label, LETTERS, fill=SOFT_INK)
