"""How do the levels of the label read?"""

from __future__ import annotations

LEVELS = {"none": "nog geen", "Competent": "Competent", "Proficient": "Proficient", "Expert": "Expert"}
