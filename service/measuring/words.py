"""What are the moments of measuring called on a page?"""

from __future__ import annotations

MOMENTS = {"baseline": "Nulmeting", "final": "Eindmeting"}
