"""How much more may the school that travels most to sessions travel, where that spares all schools together?

By itself, as the help of every command reads it: it must not wait for arrays to load.
"""

from __future__ import annotations

from typing import Final

TRAVEL_MARGIN: Final = 18
"""Percent, unless a season says otherwise."""
