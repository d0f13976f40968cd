"""Where is this school or mentor: where its own coordinates say, else in the middle of its postcode?"""

from __future__ import annotations

import math

from matcher.domain.finding import Finding
from matcher.domain.great_circle import EARTH_RADIUS_KM
from matcher.domain.position import Position
from matcher.intake.columns.readers import place_remedy
from matcher.intake.places.postcodes import postcodes, where_is
from matcher.intake.tables.records import Record

LATITUDES = (49.49, 51.51)
LONGITUDES = (2.54, 6.41)
"""The box around Belgium, in WGS84 degrees."""

FAR_KM = 25
"""Own coordinates so far from the postcode deserve a look."""


def locate(record: Record) -> tuple[dict[str, object], list[Finding]]:
    """Give municipality, province, chamber and position of a record with a known postcode."""
    home = postcodes()[record.text("postcode")]
    position, findings = _own_position(record)
    if position and kilometres(position, home.position) > FAR_KM:
        message = f"Deze coördinaten liggen ver van postcode {home.code}."
        findings.append(record.place.warning("far_from_postcode", message, "Kijk postcode en coördinaten na."))
    named = record.text("municipality")
    if named and where_is(named, home) == "elsewhere":
        message = f"Postcode {home.code} hoort bij {home.municipality}, niet bij {named}."
        spot = record.place.at(column="gemeente")
        findings.append(spot.warning("municipality_mismatch", message, place_remedy(named), named))
    found = {
        "municipality": named or home.municipality,
        "province": home.province,
        "chamber": home.chamber,
        "position": position or home.position,
    }
    return found, findings


def kilometres(one: Position, other: Position) -> float:
    """Give the great-circle distance between two places (haversine)."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (one.latitude, one.longitude, other.latitude, other.longitude))
    chord = math.sin((lat_a - lat_b) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_a - lon_b) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord, 1.0)))


def _own_position(record: Record) -> tuple[Position | None, list[Finding]]:
    latitude, longitude = record.values.get("latitude"), record.values.get("longitude")
    if latitude is None and longitude is None:
        return None, []
    column = "lengtegraad" if longitude is None else "breedtegraad"
    spot = record.place.at(column=column)
    if not isinstance(latitude, float) or not isinstance(longitude, float):
        message = "Breedtegraad en lengtegraad horen samen; een van beide ontbreekt."
        return None, [spot.error("half_coordinates", message, "Vul beide in, of geen van beide.")]
    value = f"{latitude}, {longitude}"
    if _in_belgium(latitude, longitude):
        return Position(latitude, longitude), []
    if _in_belgium(longitude, latitude):
        message = "Breedtegraad en lengtegraad zijn verwisseld."
        return None, [spot.error("coordinates_swapped", message, f"Bedoelde u {longitude}, {latitude}?", value)]
    message = "Deze plaats ligt niet in België."
    remedy = f"Breedte ligt tussen {LATITUDES[0]} en {LATITUDES[1]}, lengte tussen {LONGITUDES[0]} en {LONGITUDES[1]}."
    return None, [spot.error("outside_belgium", message, remedy, value)]


def _in_belgium(latitude: float, longitude: float) -> bool:
    return LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
