"""How does a cohort look on the wire?"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from service.wire.shapes import Name, Shape

SchoolYear = Annotated[int, Field(ge=2000, le=2100, description="Jaar waarin het schooljaar begint.")]


FIRST_YEAR, LAST_YEAR = 2000, 3000


def _with_zone(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("Geef een tijdzone mee, bijvoorbeeld Z.")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:  # nearer the ends of time there is no moment in UTC
        raise ValueError(f"Dit moment moet tussen {FIRST_YEAR} en {LAST_YEAR} liggen.")
    return moment


Moment = Annotated[datetime, Field(strict=False), AfterValidator(_with_zone)]


class CohortIn(Shape):
    """A cohort to begin."""

    name: Name
    region: Name = Field(description="Voka-kamer, bijvoorbeeld Limburg.")
    school_year: SchoolYear
    keep_until: Moment | None = Field(None, description="Contactgegevens worden daarna gewist.")


class CohortChange(Shape):
    """What to change about a cohort; what is left out stays."""

    name: Name | None = None
    keep_until: Moment | None = None


class CohortOut(Shape):
    """A cohort."""

    id: str
    name: str
    region: str
    school_year: int
    keep_until: datetime | None
    version: int
    created_at: datetime
