"""What does a small settings file of the trajectory ask: `selectie.toml` or `award.toml`?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matcher.domain.finding import Finding
from matcher.intake.reading.limits import MAX_BYTES
from matcher.intake.reading.policy_section import Section
from matcher.intake.reading.source_position import Place
from matcher.intake.reading.toml_file import read_toml
from matcher.intake.season.season_section import read_tables


class Settings(NamedTuple):
    """The top of the file, its list of tables, and what is odd so far (readers of both add to it)."""

    top: Section
    tables: list[Section]
    findings: list[Finding]


def read_settings(content: bytes, file: str, keys: Sequence[str], table: str, table_keys: Sequence[str]) -> Settings:
    """Read a TOML file with these keys and one list `[[table]]`; never raises for what it holds."""
    place, findings = Place(file), list["Finding"]()
    raw: dict[str, object] = {}
    if len(content) > MAX_BYTES:
        findings.append(place.error("too_large", "Dit bestand is te groot.", "Kort het in."))
    else:
        raw, fault = read_toml(content, place, "damaged_file")
        findings += [] if fault is None else [fault]
    top = Section(raw, place, findings)
    top.only((*keys, table))
    return Settings(top, read_tables(top, table, table_keys, place, findings), findings)
