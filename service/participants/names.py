"""What is somebody who takes part called?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def name_of(side: str, known: Mapping[str, Any]) -> str:
    """Give a school's name, or a mentor's; the company where a mentor's name is not known (any more)."""
    if side == "school":
        return str(known["name"])
    name = f"{known.get('first_name') or ''} {known.get('last_name') or ''}".strip()
    return name or f"Mentor van {known['company']}"
