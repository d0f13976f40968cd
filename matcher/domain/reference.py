"""Which sector fits which STEM field, and which NACE codes moved? Small tables, read on first use."""

from __future__ import annotations

import csv
import io
import re
from functools import cache

from matcher.domain.column import plain
from matcher.domain.errors import InvalidValueError
from matcher.domain.policy import Policy, Sector
from matcher.domain.reference_table import reference_rows, reference_text
from matcher.domain.vocabulary import FIELDS

HIGHEST_FIT = 3


@cache
def default_sectors() -> tuple[Sector, ...]:
    """Give the product's own sector-field table; its reasons stand in docs/sectoren.md."""
    return read_sectors(reference_text("sector-fit.csv"))


def sectors_of(policy: Policy) -> tuple[Sector, ...]:
    """Give the table that a policy brings, else the product's own."""
    return policy.sectors or default_sectors()


def read_sectors(text: str) -> tuple[Sector, ...]:
    """Read a sector-field table: columns sector, naam, nace_bel_2025 and one per field, separated by `;`.

    Fits are whole numbers 0-3; NACE prefixes stand apart by spaces, `*` for all the rest. Rows without any
    text are passed over. Raises InvalidValueError with line and column.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", restval="")
    try:
        missing = [name for name in ("sector", "naam", "nace_bel_2025", *FIELDS) if name not in (rows.fieldnames or ())]
        if missing:
            raise InvalidValueError(f"De sectortabel mist de kolom {missing[0]}.")
        filled = ((rows.line_num, row) for row in rows if any("".join(cell).strip() for cell in row.values()))
        sectors = tuple(_sector(line, row) for line, row in filled)
    except csv.Error as error:
        raise InvalidValueError(f"Sectortabel, rij {rows.line_num + 1}: dit is geen tabel met puntkomma's.") from error
    _check_apart(sectors)
    return sectors


def check_sectors(sectors: tuple[Sector, ...]) -> tuple[Sector, ...]:
    """Give back a table that does not come from a file; raises InvalidValueError where it is none."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";")
    writer.writerow(("sector", "naam", "nace_bel_2025", *FIELDS))
    for one in sectors:
        writer.writerow((one.code, one.name, " ".join(one.nace), *(one.fits.get(field, "") for field in FIELDS)))
    return read_sectors(lines.getvalue())


def _sector(line: int, row: dict[str, str]) -> Sector:
    def cell(column: str, allowed: str, hint: str) -> str:
        value = row[column].strip()
        if not re.fullmatch(allowed, value, re.ASCII):
            raise InvalidValueError(f"Sectortabel, rij {line}, kolom {column}: «{value[:80]}» {hint}")
        return value

    codes = cell(
        "nace_bel_2025", r"(\*|\d\d(\.\d{1,3})?)(\s+\d\d(\.\d{1,3})?)*|", "moet zijn zoals 24 of 24 43.2, of *."
    )
    return Sector(
        code=cell("sector", r"[^,;/|\n]+", "moet een korte code zijn."),
        name=cell("naam", r".+", "moet een naam zijn."),
        nace=tuple(codes.split()),
        fits={field: int(cell(field, f"[0-{HIGHEST_FIT}]", "moet 0, 1, 2 of 3 zijn.")) for field in FIELDS},
    )


def _check_apart(sectors: tuple[Sector, ...]) -> None:
    """Refuse a table in which two sectors share a code, a name or a NACE prefix."""
    if not sectors:
        raise InvalidValueError("De sectortabel heeft geen rijen.")
    taken: set[str] = set()
    for one in sectors:
        own = {plain(one.code): one.code, plain(one.name): one.name} | {code: code for code in one.nace}
        for folded, value in own.items():
            if folded in taken:
                raise InvalidValueError(f"Sectortabel, sector {one.code}: «{value}» staat al bij een vorige sector.")
        taken |= set(own)


@cache
def moved_nace() -> dict[str, str]:
    """Give NACE-BEL 2008 codes that moved in 2025, old to new; several apart by spaces, the likeliest first."""
    return {row["nace_2008"]: row["nace_2025"] for row in reference_rows("nace-2008.csv")}
