"""How is a picture drawn? As SVG of a few kinds of marks, with attributes only, so that a strict CSP lets it be."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from matcher.output.season_names import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

INK: Final = "#1f2933"
SOFT_INK: Final = "#52606d"
LINE: Final = "#cbd2d9"
TINTS: Final = ("#cfe8fc", "#d3f2d0", "#ffe3c2", "#e7d9fb", "#fbd5e0", "#c9f0ee", "#f5eeb0", "#dfe3e8", "#f3d6c9")
EDGES: Final = ("#1a6fb0", "#2f7d2a", "#a85a00", "#6b3fa0", "#b0305c", "#12736e", "#7a6a00", "#4a5661", "#8a4325")
"""A light fill and a dark edge of the same hue for each round; dark ink on any of the fills passes WCAG AA."""


def mark(tag: str, content: str = "", /, **attributes: object) -> str:
    """Write one element; `content` is SVG already, an underscore in a name stands for a hyphen."""
    written = "".join(f' {key.replace("_", "-")}="{escape(_number(value))}"' for key, value in attributes.items())
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else clean(str(value))


def words(x: float, y: float, text: str, size: float = 11, **attributes: object) -> str:
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
    paper = box(0, 0, width, height, fill="#ffffff")
    return mark(
        "svg",
        head + paper + "".join(marks) + "\n",
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
