"""Which values stand in a TOML file, or what is wrong with it and where?"""

from __future__ import annotations

import re
import tomllib
from typing import Final

from matcher.domain.finding import Finding
from matcher.intake.reading.source_position import Place

_SIGNS: Final = "aanhalingstekens, haken en komma's na."


def read_toml(content: bytes, place: Place, code: str) -> tuple[dict[str, object], Finding | None]:
    """Give what stands in a TOML file, or nothing and an error with this code; never raises for what it holds."""
    try:
        if b"\0" in content:  # UTF-16 of plain letters, which reads as UTF-8 with a zero beside each
            return {}, _not_utf8(place, code)
        return tomllib.loads(content.decode("utf-8-sig")), None
    except UnicodeDecodeError:
        return {}, _not_utf8(place, code)
    except (RecursionError, ValueError) as error:  # tomllib's own error is a ValueError
        line = re.search(r"at line (\d+)", str(error))
        spot = place.at(int(line[1])) if line else place
        where = "op deze plaats " if line else "aan het einde van het bestand " if "at end of" in str(error) else ""
        return {}, spot.error(code, "Dit is geen geldige TOML.", f"Kijk {where}{_SIGNS}")


def _not_utf8(place: Place, code: str) -> Finding:
    return place.error(code, "De tekens van dit bestand zijn geen UTF-8.", "Bewaar het bestand als UTF-8.")
