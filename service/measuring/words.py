"""What are the moments of measuring called on a page?"""

from __future__ import annotations

from service.measuring.shapes import Moment

MOMENTS: dict[Moment, str] = {"baseline": "Nulmeting", "final": "Eindmeting"}
