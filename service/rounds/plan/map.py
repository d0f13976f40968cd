"""How does the map of a plan look? The provinces, a dot a school, a dot a mentor, and a line a pair."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import cos, radians
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from service.rounds.plan.province_outlines import OUTLINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WEST, NORTH, SCALE = 2.5, 51.55, 400
SHRINK = cos(radians(51.0))
"""A degree of longitude is this much shorter than one of latitude."""

WIDE, HIGH = 872, 354


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLine:
    """A pair on the map: the places in degrees (latitude, longitude), what it says, where it leads."""

    key: str
    school: tuple[float, float]
    mentor: tuple[float, float]
    words: str
    href: str
    locked: bool = False


def draw_map(lines: Sequence[MapLine], *, title: str) -> str:
    """Draw an inline SVG; the table beside it is its equal for who does not see it."""
    drawn = "".join(_line(one) for one in lines)
    schools = _dots("school", (one.school for one in lines))
    mentors = _dots("mentor", (one.mentor for one in lines))
    return (
        f'<svg class="kaartje" viewBox="0 0 {WIDE} {HIGH}" role="group" aria-label={quoteattr(title)}>'
        f"<title>{escape(title)}</title>{_provinces()}{drawn}{mentors}{schools}</svg>"
    )


def at(latitude: float, longitude: float) -> tuple[int, int]:
    """Project a place: an equirectangular map, true at 51 degrees north."""
    return round((longitude - WEST) * SHRINK * SCALE), round((NORTH - latitude) * SCALE)


@cache
def _provinces() -> str:
    paths = []
    for name, rings in OUTLINES.items():
        drawn = "".join(
            "M" + "L".join("{} {}".format(*at(y / 100, x / 100)) for x, y in ring[:-1]) + "Z" for ring in rings
        )
        kind = "provincie" if name != "Brussel" else "provincie buiten"
        paths.append(f'<path class="{kind}" d="{drawn}"><title>{name}</title></path>')
    return "".join(paths)


def _line(one: MapLine) -> str:
    (x, y), (to_x, to_y) = at(*one.mentor), at(*one.school)
    kind = "lijn vast" if one.locked else "lijn"
    return (
        f'<a id={quoteattr("lijn-" + one.key)} href={quoteattr(one.href)} tabindex="-1"><path class="{kind}" '
        f'd="M{x} {y}L{to_x} {to_y}"><title>{escape(one.words)}</title></path></a>'
    )


def _dots(kind: str, places: Iterable[tuple[float, float]]) -> str:
    """Draw dots as lines without length with round ends: their size does not change with the map's."""
    drawn = "".join("M{} {}h0".format(*at(*place)) for place in dict.fromkeys(places))
    return f'<path class="{kind}" d="{drawn}"/>' if drawn else ""
