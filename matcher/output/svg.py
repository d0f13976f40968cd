"""How is a picture drawn? As SVG of a few marks, and of one known style sheet that a strict CSP can let be."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from matcher.output.season_names import clean

PAPER: Final = "#ffffff"
INK: Final = "#14212b"
SOFT_INK: Final = "#4a5863"
LINE: Final = "#d3dadd"
TINTS: Final = ("#d6ebf0", "#fbe0cf", "#e8dff4", "#d8efdf", "#f8eac4", "#e3e7ea", "#fbdcdc", "#dbe8f7", "#f4dcec")
EDGES: Final = ("#0a5468", "#b3440c", "#6a4c93", "#2e7d4f", "#8a6100", "#5b6770", "#a11b1b", "#1f5fa8", "#8a3d74")
"""A light fill and a dark edge of the same hue for each round; dark ink on any of the fills passes WCAG AA."""
SHADES: Final = ("#f0f2f4", "#e0e5e9", "#fdf0d3", "#fbd3b4")
"""Grounds: of a day that is free for all, of a holiday, of exams, and an accent."""

DARK: Final = {
    PAPER: "#192126",
    INK: "#e8edf0",
    SOFT_INK: "#a9b6be",
    LINE: "#37434b",
    **dict(zip(TINTS, ("#15363f", "#4a2a14", "#33264a", "#1b3a27", "#43340f", "#30393f", "#4a1f1f"), strict=False)),
    **dict(zip(TINTS[7:], ("#1a3350", "#43233a"), strict=True)),
    **dict(zip(EDGES, ("#7fd0e2", "#f4a259", "#c3a6e8", "#86d6a2", "#e3c565", "#a9b6be", "#ff9d9d"), strict=False)),
    **dict(zip(EDGES[7:], ("#8fbef0", "#e6a3cc"), strict=True)),
    **dict(zip(SHADES, ("#222c32", "#2e3940", "#3a2c10", "#5a3315"), strict=True)),
}
"""What each colour is on a dark screen: the same hues, so that a drawing is one with the page around it."""

DRAWING_STYLE: Final = (
    "@media screen and (prefers-color-scheme: dark){"
    + "".join(f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}' for light, dark in DARK.items())
    + "}"
)
"""The only style sheet within a drawing, ever the same, so that a policy can let in this one by its hash."""

READABLE: Final = 12.0
"""Letters of fewer units are not drawn: a page shows a drawing at least as large as it is."""


def mark(tag: str, content: str = "", /, **attributes: object) -> str:
    """Write one element; `content` is SVG already, an underscore in a name stands for a hyphen."""
    written = "".join(f' {key.replace("_", "-")}="{escape(_number(value))}"' for key, value in attributes.items())
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else clean(str(value))


def words(x: float, y: float, text: str, size: float = 12, **attributes: object) -> str:
    """Write a text with its baseline at (x, y); attributes may set fill, weight or anchor."""
    attributes = {"x": x, "y": y, "font_size": size, "fill": INK} | attributes
    return mark("text", escape(clean(text)), **attributes)


def box(x: float, y: float, width: float, height: float, hint: str = "", **attributes: object) -> str:
    """Draw a rectangle; `hint` is read out and shown under the pointer."""
    inside = mark("title", escape(clean(hint))) if hint else ""
    return mark("rect", inside, x=x, y=y, width=width, height=height, **attributes)


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """Draw a thin line."""
    return mark("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=LINE, stroke_width=0.5)


def picture(width: float, height: float, title: str, story: str, marks: Iterable[str]) -> str:
    """Put marks together; `title` and `story` tell the picture to who can't see it."""
    head = mark("title", escape(clean(title))) + mark("desc", escape(clean(story)))
    paper = box(0, 0, width, height, fill=PAPER)
    return mark(
        "svg",
        head + mark("style", DRAWING_STYLE) + paper + "".join(marks) + "\n",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(float(width))} {_number(float(height))}",
        role="img",
        font_family="system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
    )


def shorten(text: str, room: float, size: float) -> str:
    """Cut a text to what fits in `room`, letters being about 0.54 of the font size wide."""
    most = max(1, int(room / (size * 0.54)))
    plain = clean(text)
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
