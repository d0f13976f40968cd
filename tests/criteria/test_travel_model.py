"""Does the estimate of travel say what people in Flanders know of their roads?"""

from __future__ import annotations

import random
from statistics import mean, median
from typing import TYPE_CHECKING

import numpy as np
import pytest

from matcher.domain import travel
from matcher.domain.policy import Policy
from matcher.domain.position import Position
from matcher.domain.road_network import across_the_scheldt, between_junctions, junctions, town_cores
from matcher.domain.travel import RoadTimes, estimated_minutes, minutes_between, travel_source, travel_told
from matcher.intake.places.postcodes import postcodes
from tests.oracle_travel import estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

JOURNEYS = (
    ("9000", "9900", 28), ("9000", "9100", 34), ("9000", "1000", 52), ("9000", "8500", 42), ("9000", "9500", 43),
    ("8000", "8800", 29), ("8000", "8630", 42), ("8900", "8630", 35), ("8630", "8600", 19), ("8900", "8400", 48),
    ("8660", "8900", 40), ("2000", "1000", 46), ("2000", "2300", 42), ("2000", "2850", 22), ("2000", "3000", 51),
    ("2000", "2440", 42), ("2800", "2500", 22), ("2800", "2220", 26), ("3000", "3300", 23), ("3000", "1000", 33),
    ("3500", "3740", 20), ("3500", "3800", 24), ("3680", "2300", 65), ("3920", "3680", 45), ("3920", "2400", 20),
    ("2300", "2320", 22), ("2300", "2400", 25), ("9300", "1000", 33), ("9300", "9500", 32), ("9620", "8500", 43),
    ("9500", "8500", 52), ("8400", "2000", 82), ("8500", "1000", 68), ("3600", "2000", 63), ("3600", "1000", 70),
    ("3630", "3000", 52), ("9120", "2180", 23), ("9100", "2800", 34), ("8000", "8020", 15), ("3500", "3590", 14),
    ("9000", "9050", 12), ("2000", "2640", 14), ("1000", "1180", 18), ("3000", "3020", 10), ("8800", "8870", 13),
)  # fmt: skip
"""Postcodes and the usual minutes off-peak as drivers tell them, good to about one in ten."""

FLANDERS = [one.position for one in postcodes().values() if one.flemish]


def minutes(one: str, other: str, policy: Policy | None = None) -> int:
    """Give the estimate between two postcodes."""
    here, there = ([postcodes()[code].position] for code in (one, other))
    return int(estimated_minutes(here, there, policy or Policy())[0, 0])


@pytest.fixture(scope="module")
def everywhere() -> NDArray[np.int32]:
    """Give the minutes between all Flemish postcodes."""
    return estimated_minutes(FLANDERS, FLANDERS, Policy())


def test_known_journeys_take_about_what_they_take() -> None:
    off = [minutes(one, other) / usual - 1 for one, other, usual in JOURNEYS]
    assert median(map(abs, off)) <= 0.08
    assert max(map(abs, off)) <= 0.25
    assert abs(mean(off)) <= 0.05


def test_known_journeys_took_far_too_long_by_the_older_formula() -> None:
    older = Policy(detour_factor=1.3, speed_kmh=50)
    off = [minutes(one, other, older) / usual - 1 for one, other, usual in JOURNEYS]
    assert median(map(abs, off)) > 0.25
    assert mean(off) > 0.2


def test_estimate_is_the_model_restated_trip_by_trip() -> None:
    rng = random.Random(16)  # noqa: S311 - a test's own numbers
    near = [Position(rng.uniform(51.05, 51.42), rng.uniform(4.0, 4.6)) for _ in range(12)]
    places = [*rng.sample(FLANDERS, 20), *near, *list(town_cores())[:6], Position(50.63, 5.57), Position(49.68, 5.81)]
    found = estimated_minutes(places, places[:25], Policy())
    assert found.tolist() == [[estimate(one, other) for other in places[:25]] for one in places]


def test_minutes_are_whole_and_the_same_both_ways(everywhere: NDArray[np.int32]) -> None:
    assert everywhere.dtype == np.int32
    assert (everywhere == everywhere.T).all()
    assert (estimated_minutes(FLANDERS[:30], FLANDERS, Policy()) == everywhere[:30]).all()


def test_nobody_is_there_at_once(everywhere: NDArray[np.int32]) -> None:
    assert everywhere.min() == 4
    assert (np.diag(everywhere) == everywhere.min(axis=1)).all()


def test_way_round_over_a_third_place_gains_next_to_nothing(everywhere: NDArray[np.int32]) -> None:
    dry = ~across_the_scheldt(FLANDERS, FLANDERS)
    gained = (everywhere - (row[:, None] + row[None, :]) for row in everywhere[::9])
    assert max(int(one[dry].max()) for one in gained) <= 4


def test_scheldt_is_crossed_by_tunnel_or_at_temse() -> None:
    kruibeke, hoboken = Position(51.170, 4.310), Position(51.172, 4.345)
    across, along = (
        int(estimated_minutes([kruibeke], [place], Policy())[0, 0]) for place in (hoboken, Position(51.170, 4.275))
    )
    assert (across > 15, along < 9) == (True, True)
    assert minutes("9140", "2880") < 15


def test_motorway_is_quicker_than_ordinary_roads_over_the_same_distance() -> None:
    along, across = minutes("3630", "3000"), minutes("3680", "2300")
    assert along < across


def test_every_junction_is_reached_from_every_other() -> None:
    assert len(junctions()) > 60
    assert between_junctions().max() < 180 * 100


def test_towns_whose_core_lies_elsewhere_are_those_of_the_postcodes() -> None:
    middles = {one.position for one in postcodes().values()}
    assert [one for one in town_cores() if one not in middles] == []


def test_road_times_count_where_they_are_known_and_the_estimate_elsewhere() -> None:
    one, other, third = (postcodes()[code].position for code in ("9000", "8000", "3500"))
    roads = RoadTimes("OSRM", (one, other), (one, other), np.array([[0, 41], [42, 0]], dtype=np.int32))
    found = minutes_between([one, third], [other, third], roads, Policy()).tolist()
    assert found == [[41, minutes("9000", "3500")], [minutes("3500", "8000"), minutes("3500", "3500")]]
    assert minutes_between([one, other], [other], roads, Policy()).tolist() == [[41], [0]]


def test_source_names_the_model_or_the_older_formula() -> None:
    told = "schatting: wegmodel 1, autosnelwegen en gewone wegen (4,1 x km^0,635), buiten de spits"
    assert travel_source(None, Policy()) == told
    assert travel_source(None, Policy(speed_kmh=62.5)) == "schatting: hemelsbreed x 1,3 aan 62,5 km/u"
    roads = RoadTimes("OSRM http://routes", (), (), np.zeros((0, 0), dtype=np.int32))
    assert travel_source(roads, Policy()) == "OSRM http://routes"


def test_people_read_no_formula_of_the_estimate_and_every_other_source_as_it_stands() -> None:
    told = travel_told(travel_source(None, Policy()))
    assert told == "geschat over autosnelwegen en gewone wegen, buiten de spits"
    assert travel_told("OSRM http://routes") == "OSRM http://routes"
    older = travel_source(None, Policy(speed_kmh=62.5))
    assert travel_told(older) == older


@pytest.mark.parametrize("most", [0, 100])
def test_trips_that_somebody_changes_are_estimated_as_before(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(travel, "MOST_KEPT", most)
    travel._known_over_the_roads.cache_clear()
    places = (Position(51.05, 3.72), Position(51.22, 4.4))
    first = estimated_minutes(places, places, Policy())
    told = first.tolist()
    first[:] = 0
    assert estimated_minutes(places, places, Policy()).tolist() == told
    assert travel._known_over_the_roads.cache_info().currsize == (most > 0)  # large tables are not kept
