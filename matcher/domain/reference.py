"""Which sector fits which STEM field, and under which other names are fields known? Small tables, read on first use."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from matcher.domain.errors import InvalidValueError
from matcher.domain.policy import Sector
from matcher.domain.vocabulary import FIELDS

if TYPE_CHECKING:
    from matcher.domain.policy import Policy

HIGHEST_FIT = 3


@cache
def default_sectors() -> tuple[Sector, ...]:
    """Give the product's own sector-field table; its reasons stand in docs/sectoren.md."""
    return read_sectors(_text("sector-fit.csv"))


def sectors_of(policy: Policy) -> tuple[Sector, ...]:
    """Give the table that a policy brings, else the product's own."""
    return policy.sectors or default_sectors()


def read_sectors(text: str) -> tuple[Sector, ...]:
    """Read a sector-field table: columns sector, naam, nace_bel_2025 and one per field, separated by `;`.

    Fits are whole numbers 0-3; NACE prefixes stand apart by spaces, `*` for all the rest. Raises
    InvalidValueError with line and column.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    missing = [name for name in ("sector", "naam", "nace_bel_2025", *FIELDS) if name not in (rows.fieldnames or ())]
    if missing:
        raise InvalidValueError(f"De sectortabel mist de kolom {missing[0]}.")
    sectors = tuple(_sector(number, row) for number, row in enumerate(rows, start=2))
    if not sectors or len({one.code for one in sectors}) < len(sectors):
        raise InvalidValueError("De sectortabel is leeg of noemt een sector twee keer.")
    return sectors


def _sector(line: int, row: dict[str, str]) -> Sector:
    fits = {}
    for field in FIELDS:
        cell = (row[field] or "").strip()
        if cell not in ("0", "1", "2", "3"):
            raise InvalidValueError(f"Sectortabel, rij {line}, kolom {field}: «{cell}» moet 0, 1, 2 of 3 zijn.")
        fits[field] = int(cell)
    return Sector(
        code=row["sector"].strip(), name=row["naam"].strip(), nace=tuple(row["nace_bel_2025"].split()), fits=fits
    )


@cache
def study_directions() -> dict[str, str]:
    """Give the field code of single study directions and other names of fields."""
    return {row["richting"]: row["veld"] for row in csv.DictReader(io.StringIO(_text("richtingen.csv")), delimiter=";")}


@cache
def moved_nace() -> dict[str, str]:
    """Give NACE-BEL 2008 codes that moved in 2025, old to new; several apart by spaces, the likeliest first."""
    return {
        row["nace_2008"]: row["nace_2025"] for row in csv.DictReader(io.StringIO(_text("nace-2008.csv")), delimiter=";")
    }


def _text(name: str) -> str:
    return resources.files("matcher").joinpath("reference", name).read_text(encoding="utf-8")
