"""Which time do the people of the programme keep?"""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

BRUSSELS: Final = ZoneInfo("Europe/Brussels")
