"""Which differences of the OpenAPI document come from what a school's year and those who work on it can do now?"""

from __future__ import annotations

SCORES = "/properties/scores/patternProperties/^[a-z0-9_-]{1,40}$"

YEAR_CHANGES: dict[str, str] = dict.fromkeys(
    (
        "/components/schemas/ScoresIn/description",
        *(
            f"/components/schemas/{one}{SCORES}/{name}"
            for one in ("ScoresIn", "ScoresOut")
            for name in ("multipleOf", "type")
        ),
    ),
    "a juror may give a half",
)
"""Each deliberate difference from the document of before: its JSON pointer, and why."""
