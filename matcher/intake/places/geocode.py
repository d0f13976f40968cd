"""Where exactly is an address? Looked up online, only when asked, and never far from its postcode."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geopy.distance import great_circle
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from matcher.domain.finding import Finding
from matcher.domain.position import Position
from matcher.domain.round import Round
from matcher.domain.school import School

FARTHEST_KM = 15.0
"""An address is refused when it lies farther from its postcode's place."""

SECONDS_BETWEEN = 1.0
"""Nominatim's usage policy: at most one request a second."""


def geocoded(
    given: Round, *, domain: str = "nominatim.openstreetmap.org", scheme: str = "https", wait: float = SECONDS_BETWEEN
) -> tuple[Round, tuple[Finding, ...]]:
    """Look up the schools' streets; what is not found, or lies far off, leaves the postcode's place with a warning."""
    finder = Nominatim(user_agent="in2stem", domain=domain, scheme=scheme, timeout=10)
    ask = RateLimiter(finder.geocode, min_delay_seconds=wait, max_retries=0, swallow_exceptions=False)
    schools, findings = [], []
    for school in given.schools:
        place, trouble = _look_up(ask, school) if school.street else (None, "")
        schools.append(school if place is None else replace(school, position=place))
        if trouble:
            findings.append(_warning(school, trouble))
    return replace(given, schools=tuple(schools)), tuple(findings)


def _look_up(ask: Any, school: School) -> tuple[Position | None, str]:  # noqa: ANN401 - geopy is untyped
    address = f"{school.street}, {school.postcode} {school.municipality}, België"
    try:
        found = ask(address, country_codes="be")
    except (GeopyError, ValueError, OSError) as error:
        return None, f"De adresdienst antwoordde niet ({type(error).__name__})."
    if found is None:
        return None, "Dit adres is niet gevonden."
    here = school.position.latitude, school.position.longitude
    distance = great_circle(here, (found.latitude, found.longitude)).km
    if distance > FARTHEST_KM:
        return None, f"De adresdienst legt dit adres {distance:.0f} km van de postcode."
    return Position(found.latitude, found.longitude), ""


def _warning(school: School, trouble: str) -> Finding:
    return Finding(
        severity="warning",
        code="address_not_found",
        message=f"{school.name}: {trouble}",
        remedy="De plaats van de postcode wordt gebruikt; vul anders breedtegraad en lengtegraad in.",
        file="adresdienst",
        value=school.street[:80],
    )
