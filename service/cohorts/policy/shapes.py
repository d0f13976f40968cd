"""How does a policy look on the wire, and the criteria that it weighs?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

import matcher
from service.web.shapes import Shape
from service.web.values import At, FullLine, Line, Lines, of_list

Weight = Annotated[int, Field(ge=0, le=1000)]
Fit = Annotated[int, Field(ge=0, le=3)]
DEFAULT = matcher.Policy()
FINALITY_TYPES = "Onderwijsvormen van een finaliteit, voor scholen die er zelf geen noemen. Leeg: de tabel van in2stem."
OLDER_TRAVEL = "Alleen voor de oudere schatting: vogelvlucht x omweg / snelheid. Leeg: die van in2stem."


def of_finalities(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """Refuse what is no finality."""
    of_list(matcher.FINALITIES, "finaliteit")([*values])
    return values


Types = Annotated[list[str], AfterValidator(of_list(matcher.SCHOOL_TYPES, "onderwijsvorm")), Field(min_length=1)]
FinalityTypes = Annotated[dict[str, Types], AfterValidator(of_finalities), Field(max_length=3)]


class SectorShape(Shape):
    """A sector and how well it fits each STEM field, 0 to 3."""

    code: FullLine
    name: FullLine
    nace: Lines
    fits: dict[str, Fit]


class RulesIn(Shape):
    """A policy; what is left out is the product's own."""

    weights: dict[Line, Weight] = Field(default={}, examples=[{"sector": 35, "travel": 30}])
    goals: list[str] = Field(
        default=list(DEFAULT.goals), description="Volgorde van de doelen; het eerste blijft eerst."
    )
    max_minutes: int = Field(DEFAULT.max_minutes, ge=1, le=240)
    min_half_days: int = Field(DEFAULT.min_half_days, ge=0, le=10)
    detour_factor: float | None = Field(DEFAULT.detour_factor, ge=1, le=3, description=OLDER_TRAVEL)
    speed_kmh: float | None = Field(DEFAULT.speed_kmh, ge=5, le=130, description=OLDER_TRAVEL)
    sectors: list[SectorShape] = Field(default=[], max_length=200, description="Leeg: de tabel van in2stem.")
    share_half_day: bool = DEFAULT.share_half_day
    required_sectors: Lines = Field(default=[])
    finality_types: FinalityTypes = Field(default={}, description=FINALITY_TYPES)
    seed: int = Field(DEFAULT.seed, ge=0, le=2**31 - 1)


class RulesOut(RulesIn):
    """A version of a policy; version 0 is the product's own."""

    version: int
    created_at: At | None


class ColumnOut(Shape):
    """A column of the spreadsheets that a criterion looks at."""

    sheet: Literal["Scholen", "Mentoren", "Afspraken"]
    name: str
    field: str
    meaning: str
    required: bool


class CriterionOut(Shape):
    """A criterion; one of weight 0 only says what can't be."""

    key: str
    title: str
    weight: int
    columns: list[ColumnOut]


class CriteriaOut(Shape):
    """All criteria."""

    items: list[CriterionOut]
