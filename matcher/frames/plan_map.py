"""Where do a plan's schools and mentors lie? A drawing that a notebook shows by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians
from pathlib import Path
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.plan import Plan
from matcher.domain.position import Position
from matcher.domain.round import Round
from matcher.output.svg import EDGES, SOFT_INK, box, mark, picture, words

WIDE: Final = 760.0
EDGE: Final = 24.0
FOOT: Final = 36.0
DOT: Final = 4.0


@dataclass(frozen=True, slots=True)
class PlanMap:
    """A drawing of a plan as SVG; a notebook shows it, and `save` writes it."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: Path) -> None:
        """Write the drawing; raises OSError where `path` can't be written."""
        path.write_text(self.svg, encoding="utf-8", newline="\n")


def plan_map(plan: Plan, given: Round) -> PlanMap:
    """Draw each pair as a line from mentor (dot) to school (square); a school with an open place is an empty square."""
    schools = {one.id: one for one in given.schools}
    mentors = {one.id: one for one in given.mentors}
    open_at = {one.school: one.count for one in plan.open_places}
    taken = [mentors[one.mentor] for one in plan.pairs]
    place, high = _projected([*(one.position for one in given.schools), *(one.position for one in taken)])
    marks = []
    for pair in plan.pairs:
        (x1, y1), (x2, y2) = place(mentors[pair.mentor].position), place(schools[pair.school].position)
        marks.append(mark("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=SOFT_INK, stroke_width=1))
    for one in taken:
        x, y = place(one.position)
        hint = mark("title", f"{_plain(one.name)}, {_plain(one.company)}")
        marks.append(mark("circle", hint, cx=x, cy=y, r=DOT, fill=EDGES[1]))
    for school in given.schools:
        x, y = place(school.position)
        short = open_at.get(school.id, 0)
        told = f"{school.name}: {counted(short, 'open plaats', 'open plaatsen')}" if short else school.name
        look = {"fill": "none", "stroke": EDGES[0], "stroke_width": 2} if short else {"fill": EDGES[0]}
        marks.append(box(x - DOT, y - DOT, 2 * DOT, 2 * DOT, told, **look))
    story = f"{counted(len(plan.pairs), 'koppel', 'koppels')}; vierkant: school (leeg: open plaats), stip: mentor."
    marks.append(words(EDGE, high - 12, story, 14))
    return PlanMap(picture(WIDE, high, "Het plan op de kaart", story, marks))


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _projected(places: list[Position]) -> tuple[Callable[[Position], tuple[float, float]], float]:
    """Give where a position stands on paper, and how high the paper is: degrees as they are near their middle."""
    north = max((one.latitude for one in places), default=51.5)
    south = min((one.latitude for one in places), default=50.7)
    west = min((one.longitude for one in places), default=2.5)
    east = max((one.longitude for one in places), default=5.9)
    squeeze = cos(radians((north + south) / 2))
    scale = (WIDE - 2 * EDGE) / max((east - west) * squeeze, 0.05)

    def at(one: Position) -> tuple[float, float]:
        return EDGE + (one.longitude - west) * squeeze * scale, EDGE + (north - one.latitude) * scale

    return at, 2 * EDGE + FOOT + (north - south) * scale
