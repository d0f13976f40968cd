"""Which differences of the OpenAPI document come from what a school's year and those who work on it can do now?"""

from __future__ import annotations

SCORES = "/properties/scores/patternProperties/^[a-z0-9_-]{1,40}$"

YEAR_CHANGES: dict[str, str] = (
    dict.fromkeys(
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
    | {
        "/components/schemas/DeliveryOut/properties/reason": "why a message to a webhook did not arrive is told",
        "/components/schemas/KeyOut/properties/used_at": "when a key was last used is told",
        "/components/schemas/SessionIn/properties/code": "who set a second step gives a code to log in",
    }
    | dict.fromkeys(
        (
            "/paths/~1v1~1people~1{person}/patch/description",
            "/paths/~1v1~1people~1{person}/patch/summary",
            "/paths/~1v1~1session/post/description",
            "/paths/~1v1~1session/post/summary",
            "/paths/~1v1~1session~1password/put/description",
        ),
        "who works here logs in and out; one applies with an application",
    )
)
"""Each deliberate difference from the document of before: its JSON pointer, and why."""
