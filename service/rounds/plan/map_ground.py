"""On what ground are pairs drawn? How a place in degrees becomes a spot on the map, and which towns bear their name."""

from __future__ import annotations

from math import cos, radians
from pathlib import Path

import service

WEST, NORTH, SCALE = 2.5, 51.55, 4000
SHRINK = cos(radians(51.0))
"""A degree of longitude is this much shorter than one of latitude."""

WIDE, HIGH = 8720, 3540
"""The whole map, in units of about 28 metres."""

FILE = "vlaanderen.svg"
GROUND = Path(str(service.__file__)).parent / "web" / "pages" / "static" / FILE

PROVINCES = {
    "West-Vlaanderen": (50.98, 3.02),
    "Oost-Vlaanderen": (50.95, 3.82),
    "provincie Antwerpen": (51.37, 4.66),
    "Vlaams-Brabant": (50.81, 4.84),
    "Limburg": (51.05, 5.42),
}
"""Where the name of a province stands."""

TOWNS = (
    {
        "Antwerpen": (51.221, 4.400),
        "Gent": (51.054, 3.722),
        "Brugge": (51.209, 3.225),
        "Leuven": (50.879, 4.701),
        "Hasselt": (50.931, 5.338),
        "Brussel": (50.847, 4.352),
        "Kortrijk": (50.828, 3.265),
        "Oostende": (51.231, 2.913),
        "Mechelen": (51.028, 4.478),
        "Turnhout": (51.323, 4.948),
    },
    {
        "Aalst": (50.938, 4.039),
        "Sint-Niklaas": (51.165, 4.143),
        "Genk": (50.965, 5.501),
        "Roeselare": (50.946, 3.123),
        "Dendermonde": (51.028, 4.101),
        "Geel": (51.162, 4.990),
        "Tongeren": (50.781, 5.464),
        "Ieper": (50.851, 2.886),
        "Vilvoorde": (50.928, 4.425),
        "Oudenaarde": (50.846, 3.605),
        "Aarschot": (50.985, 4.836),
        "Eeklo": (51.187, 3.557),
        "Sint-Truiden": (50.816, 5.186),
        "Pelt": (51.211, 5.420),
        "Diest": (50.989, 5.051),
        "Veurne": (51.072, 2.662),
        "Halle": (50.737, 4.237),
        "Lier": (51.131, 4.571),
    },
    {
        "Herentals": (51.177, 4.835),
        "Mol": (51.191, 5.116),
        "Maaseik": (51.098, 5.785),
        "Bree": (51.141, 5.597),
        "Bilzen": (50.873, 5.518),
        "Beringen": (51.049, 5.226),
        "Lommel": (51.231, 5.313),
        "Heusden-Zolder": (51.034, 5.279),
        "Dilsen-Stokkem": (51.033, 5.727),
        "Maasmechelen": (50.966, 5.694),
        "Tienen": (50.807, 4.938),
        "Landen": (50.753, 5.081),
        "Tervuren": (50.823, 4.514),
        "Asse": (50.911, 4.199),
        "Ninove": (50.835, 4.023),
        "Geraardsbergen": (50.773, 3.881),
        "Zottegem": (50.870, 3.811),
        "Ronse": (50.746, 3.600),
        "Wetteren": (51.005, 3.883),
        "Lokeren": (51.104, 3.989),
        "Beveren": (51.212, 4.256),
        "Temse": (51.127, 4.214),
        "Boom": (51.088, 4.366),
        "Brasschaat": (51.292, 4.492),
        "Hoogstraten": (51.400, 4.761),
        "Kapellen": (51.314, 4.433),
        "Heist-op-den-Berg": (51.076, 4.728),
        "Bornem": (51.098, 4.243),
        "Deinze": (50.982, 3.527),
        "Aalter": (51.086, 3.447),
        "Maldegem": (51.207, 3.445),
        "Zelzate": (51.199, 3.807),
        "Tielt": (50.999, 3.327),
        "Waregem": (50.888, 3.428),
        "Torhout": (51.065, 3.101),
        "Diksmuide": (51.033, 2.864),
        "Poperinge": (50.855, 2.727),
        "Menen": (50.797, 3.121),
        "Knokke-Heist": (51.345, 3.288),
        "Nieuwpoort": (51.130, 2.751),
        "Zaventem": (50.884, 4.473),
        "Voeren": (50.753, 5.793),
    },
)
"""Towns that bear their name: always, from near by, and from very near. Places from general knowledge of the map."""

BESIDE = ("Brugge", "Leuven", "Hasselt")
"""Towns whose name begins at their place, clear of the name to their west: on a phone both can be read."""


def at(latitude: float, longitude: float) -> tuple[int, int]:
    """Project a place: an equirectangular map, true at 51 degrees north."""
    return round((longitude - WEST) * SHRINK * SCALE), round((NORTH - latitude) * SCALE)


def names_of_towns() -> str:
    """Write the names as groups of an SVG: `namen-0` of the provinces, `namen-1` and on of towns."""
    groups = (PROVINCES, *TOWNS)
    return "".join(f'<g id="namen-{place}">{_names(group)}</g>' for place, group in enumerate(groups))


def _names(places: dict[str, tuple[float, float]]) -> str:
    found = []
    for name, (latitude, longitude) in places.items():
        x, y = at(latitude, longitude)
        beside = ' text-anchor="start"' if name in BESIDE else ""
        found.append(f'<text x="{x}" y="{y}"{beside}>{name}</text>')
    return "".join(found)
