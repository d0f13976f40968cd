"""Where is a school or a mentor? WGS84 coordinates with what follows from the postcode."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.errors import InvalidValueError


@dataclass(frozen=True, slots=True)
class Position:
    """A place on earth in WGS84 degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Refuse what is not on earth; raise InvalidValueError."""
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):  # noqa: PLR2004
            message = f"{self.latitude}, {self.longitude} ligt niet op aarde."
            raise InvalidValueError(message)
