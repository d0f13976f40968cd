"""How does a cohort look on the wire?"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from service.web.shapes import Name, Shape
from service.web.values import At, Moment, PersonRole

SchoolYear = Annotated[int, Field(ge=2000, le=2100, description="Jaar waarin het schooljaar begint.")]


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
    archived: bool | None = Field(None, description="Of de cohorte opgeborgen is: dan staat ze apart in de lijst.")
    erase_now: bool = Field(default=False, description="Bevestigt een `keep_until` die voorbij is.")


class CohortOut(Shape):
    """A cohort."""

    id: str
    name: str
    region: str
    school_year: int
    keep_until: At | None
    version: int
    created_at: At
    archived_at: At | None = None


class ColleagueOut(Shape):
    """Somebody who works on a cohort, also who no longer may; `id` is what the trail names."""

    id: str
    name: str
    role: PersonRole
