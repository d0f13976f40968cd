"""How does a round made for measuring become the two files that a coordinator would bring?"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from matcher.domain.mentor import Mentor
    from matcher.domain.round import Round
    from matcher.domain.school import School


def write_cohort(folder: Path, given: Round) -> None:
    """Write `scholen.csv` and `mentoren.csv`; positions are left to the postcodes, as in a coordinator's file."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "scholen.csv", [_school(one) for one in given.schools])
    _write(folder / "mentoren.csv", [_mentor(one) for one in given.mentors])


def _write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]), restval="", delimiter=";")
        lines.writeheader()
        lines.writerows(rows)


def _school(one: School) -> dict[str, object]:
    return {
        "schoolnummer": one.id,
        "naam": one.name,
        "postcode": one.postcode,
        "gemeente": one.municipality,
        "aantal_mentoren": one.mentors_wanted,
        "beschikbaarheid": ", ".join(one.half_days),
        "onderwijsvormen": ", ".join(one.school_types),
        "richtingen": ", ".join(one.fields),
    }


def _mentor(one: Mentor) -> dict[str, object]:
    return {
        "mentornummer": one.id,
        "voornaam": "Mentor",
        "naam": one.id,
        "bedrijf": one.company,
        "postcode": one.postcode,
        "sectoren": ", ".join(one.sectors),
        "beschikbaarheid": ", ".join(one.half_days),
        "provincies": ", ".join(one.provinces),
        "max_reistijd": one.max_minutes,
        "onderwijsvormen": ", ".join(one.school_types),
        "max_scholen": one.max_schools,
        "max_scholen_bedrijf": one.max_schools_company or "",
        "aanbod": ", ".join(map(str, one.offer)),
    }
