"""What does a small settings file of the trajectory ask: `selectie.toml` or `award.toml`?"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

from matcher.intake.limits import MAX_BYTES
from matcher.intake.place import Place
from matcher.intake.policy_section import Section
from matcher.intake.season_section import read_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.domain.finding import Finding


class Settings(NamedTuple):
    """The top of the file, its list of tables, and what is odd so far (readers of both add to it)."""

    top: Section
    tables: list[Section]
    findings: list[Finding]


def read_settings(content: bytes, file: str, keys: Sequence[str], table: str, table_keys: Sequence[str]) -> Settings:
    """Read a TOML file with these keys and one list `[[table]]`; never raises for what it holds."""
    place, findings = Place(file), list["Finding"]()
    raw: dict[str, object] = {}
    try:
        if len(content) > MAX_BYTES:
            findings.append(place.error("too_large", "Dit bestand is te groot.", "Kort het in."))
        else:
            raw = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        line = re.search(r"at line (\d+)", str(error))
        spot = place.at(int(line[1])) if line else place
        remedy = "Kijk op deze plaats aanhalingstekens, haken en komma's na."
        findings.append(spot.error("damaged_file", "Dit is geen geldige TOML.", remedy))
    top = Section(raw, place, findings)
    top.only((*keys, table))
    return Settings(top, read_tables(top, table, table_keys, place, findings), findings)
