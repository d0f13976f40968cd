"""What are the moments of measuring called on a page?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.measuring.shapes import Moment

MOMENTS: dict[Moment, str] = {"baseline": "Nulmeting", "final": "Eindmeting"}
