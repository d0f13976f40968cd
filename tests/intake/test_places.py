"""Does a postcode lead to the right municipality, province, chamber and spot?"""

from __future__ import annotations

from collections import Counter

import belgica
import numpy as np
import pytest

from matcher.domain.reference_table import reference_rows
from matcher.domain.vocabulary import FLEMISH_PROVINCES
from matcher.intake.cohort.coordinates import kilometres
from matcher.intake.places.postcodes import nearest_postcode, postcodes, regions


@pytest.mark.parametrize(
    ("code", "municipality", "province", "chamber"),
    [
        ("9000", "Gent", "Oost-Vlaanderen", "Oost-Vlaanderen"),
        ("2000", "Antwerpen", "Antwerpen", "Antwerpen-Waasland"),
        ("2800", "Mechelen", "Antwerpen", "Mechelen-Kempen"),
        ("2300", "Turnhout", "Antwerpen", "Mechelen-Kempen"),
        ("3000", "Leuven", "Vlaams-Brabant", "Vlaams-Brabant"),
        ("3500", "Hasselt", "Limburg", "Limburg"),
        ("8000", "Brugge", "West-Vlaanderen", "West-Vlaanderen"),
        ("9100", "Sint-Niklaas", "Oost-Vlaanderen", "Antwerpen-Waasland"),
        ("9120", "Beveren-Kruibeke-Zwijndrecht", "Oost-Vlaanderen", "Antwerpen-Waasland"),
        ("2070", "Beveren-Kruibeke-Zwijndrecht", "Oost-Vlaanderen", "Antwerpen-Waasland"),
        ("9200", "Dendermonde", "Oost-Vlaanderen", "Oost-Vlaanderen"),
        ("3740", "Bilzen-Hoeselt", "Limburg", "Limburg"),
        ("1804", "Vilvoorde", "Vlaams-Brabant", "Vlaams-Brabant"),
        ("1931", "Machelen", "Vlaams-Brabant", "Vlaams-Brabant"),
        ("1000", "Brussel", "Brussel", "Metropolitan"),
        ("1040", "Etterbeek", "Brussel", "Metropolitan"),
        ("1050", "Elsene", "Brussel", "Metropolitan"),
        ("9185", "Lochristi", "Oost-Vlaanderen", "Oost-Vlaanderen"),
        ("9250", "Waasmunster", "Oost-Vlaanderen", "Oost-Vlaanderen"),
        ("5000", "Namen", "Namen", ""),
    ],
)
def test_postcode_leads_to_its_municipality_province_and_chamber(
    code: str, municipality: str, province: str, chamber: str
) -> None:
    found = postcodes()[code]
    assert (found.municipality, found.province, found.chamber) == (municipality, province, chamber)


def test_every_postcode_of_statbel_is_known() -> None:
    assert set(postcodes()) == {record["postalCode"] for record in belgica.postal_codes()}


def test_every_postcode_of_flanders_and_brussels_has_a_chamber_and_no_other_has() -> None:
    assert all(bool(one.chamber) == (one.flemish or one.province == "Brussel") for one in postcodes().values())
    assert Counter(one.chamber for one in postcodes().values() if one.chamber) == {
        "Vlaams-Brabant": 130,
        "West-Vlaanderen": 104,
        "Oost-Vlaanderen": 102,
        "Limburg": 72,
        "Antwerpen-Waasland": 57,
        "Mechelen-Kempen": 56,
        "Metropolitan": 22,
    }


def test_no_municipality_is_of_two_chambers_nor_an_arrondissement() -> None:
    homes: dict[str, set[str]] = {}
    for found in postcodes().values():
        homes.setdefault(found.municipality, set()).add(found.chamber)
    assert [name for name, chambers in homes.items() if len(chambers) > 1] == []
    rows = reference_rows("chambers.csv")
    taken = [home for row in rows for home in row["arrondissements"].split()]
    assert len(taken) == len(set(taken))
    assert {row["chamber"] for row in rows} | {"Vlaanderen"} == set(regions())


@pytest.mark.parametrize("code", ["1804", "1910", "1931", "2223", "9112"])
def test_corrected_postcode_lies_within_ten_kilometres_of_a_neighbour(code: str) -> None:
    """The nearest three by number are neighbours on the ground too."""
    near = sorted((abs(int(other) - int(code)), other) for other in postcodes() if other != code)[:3]
    spot = postcodes()[code].position
    assert min(kilometres(spot, postcodes()[other].position) for _, other in near) < 10


def test_every_flemish_postcode_lies_near_the_others_of_its_municipality() -> None:
    homes: dict[str, list[str]] = {}
    for record in belgica.postal_codes():
        homes.setdefault(record["municipality"], []).append(record["postalCode"])
    alone = [
        code
        for codes in homes.values()
        for code in codes
        if postcodes()[code].flemish and len(codes) > 1
        if min(kilometres(postcodes()[code].position, postcodes()[one].position) for one in codes if one != code) > 15
    ]
    assert alone == []


BORDERS = {"Vlaams-Brabant": ("leuven", "brussel")}
"""Judicial arrondissements, of which the official borders are known; elsewhere they are the province."""


def inside(points: np.ndarray, arrondissement: str) -> np.ndarray:
    """Tell which points (longitude, latitude) lie in an arrondissement, by counting borders to their east."""
    geometry = next(one for one in belgica.arrondissement_boundaries() if one["arrondissement"] == arrondissement)
    crossings = np.zeros(len(points), dtype=int)
    for polygon in geometry["geometry"]["coordinates"]:
        for ring in polygon:
            start, end = np.array(ring)[:-1, :2], np.array(ring)[1:, :2]
            low, high = np.minimum(start, end)[:, 1], np.maximum(start, end)[:, 1]
            for index, (x, y) in enumerate(points):
                hit = (low <= y) & (y < high)
                a, b = start[hit], end[hit]
                crossings[index] += np.sum(a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]) > x)
    return crossings % 2 == 1


@pytest.mark.parametrize("province", FLEMISH_PROVINCES)
def test_every_flemish_postcode_lies_in_its_province(province: str) -> None:
    found = [one for one in postcodes().values() if one.province == province]
    points = np.array([(one.position.longitude, one.position.latitude) for one in found])
    borders = BORDERS.get(province, (province.lower(),))
    within = np.any([inside(points, border) for border in borders], axis=0)
    assert [one.code for one, ok in zip(found, within, strict=True) if not ok] == []


@pytest.mark.parametrize(("code", "nearest"), [("9001", "9000"), ("0001", "1000"), ("9999", "9992")])
def test_nearest_postcode_is_the_nearest_number(code: str, nearest: str) -> None:
    found = nearest_postcode(code)
    assert found is not None
    assert found.code == nearest


def test_text_has_no_nearest_postcode() -> None:
    assert nearest_postcode("Gent") is None
