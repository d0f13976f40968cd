"""Which differences of the OpenAPI document come from what the portal and its makers can do now?"""

from __future__ import annotations

from typing import Any

PORTAL = "/paths/~1v1~1portal~1cohorts~1{cohort}"
COHORT = "/paths/~1v1~1cohorts~1{cohort}"
SCHEMA = "responses/200/content/application~1json/schema"

PORTAL_CHANGES: dict[str, str] = dict.fromkeys(
    (
        *(
            f"/components/schemas/{name}"
            for name in (
                "AboutMentorOut",
                "AboutOut/properties/consent",
                "AboutOut/required",
                "AboutSchoolOut",
                "ConsentIn/properties/portal",
                "ConsentOut",
                "ConsentsIn",
                "ConsentsOut",
                "PortalIn",
                "PortalOut",
                "PublicPairingOut/properties/about_mentor",
                "PublicPairingOut/properties/about_school",
                "PublicSuggestionOut",
                "PublicSuggestionsOut",
            )
        ),
        f"{COHORT}~1portal",
        f"{COHORT}~1portal~1consents",
        f"{COHORT}~1portal~1consents~1{{side}}~1{{member}}",
        f"{COHORT}~1rounds~1{{round_id}}~1audience/get/{SCHEMA}/anyOf/1/$ref",
        f"{PORTAL}~1mentors~1{{pseudonym}}~1suggestions/get/{SCHEMA}/$ref",
        f"{PORTAL}~1schools~1{{school}}~1suggestions/get/{SCHEMA}/$ref",
    ),
    "the portal is told names of who agreed, as the cohort chooses",
)
PORTAL_CHANGES |= dict.fromkeys(
    (
        "/components/schemas/KeyIn/properties/scopes/description",
        "/components/schemas/KeyIn/properties/trusted",
        "/components/schemas/KeyOut/properties/trusted",
        "/components/schemas/KeyOut/required",
        "/paths/~1v1~1keys/post/responses/201/content/application~1json/example/key/trusted",
        "/paths/~1v1~1keys/post/responses/201/content/application~1json/example/key/used_at",
        f"{PORTAL}~1mentors~1{{pseudonym}}~1suggestions/get/x-access",
        f"{PORTAL}~1pairings/get/x-access",
        f"{PORTAL}~1schools~1{{school}}~1suggestions/get/x-access",
    ),
    "a key may do some things of the portal alone, and be trusted",
)
PORTAL_CHANGES |= dict.fromkeys(
    (
        *(
            f"/components/schemas/{name}"
            for name in (
                "ApplicationRulesIn",
                "ApplicationRulesOut",
                "BulkIn",
                "BulkOut",
                "NotMovedOut",
                "OpenOut",
                "OwnApplicationOut",
                "Page_OwnApplicationOut_",
                "ReceivedOut/description",
                "ReceivedOut/properties/application",
                "RemovedOut",
            )
        ),
        f"{COHORT}~1application-rules",
        f"{COHORT}~1applications~1move",
        f"{COHORT}~1applications~1remove-unconfirmed",
        f"{PORTAL}~1applications",
        f"{PORTAL}~1applications~1{{application}}",
        "/paths/~1v1~1public~1cohorts~1{cohort}~1applications",
    ),
    "applications have their dates and limits, take steps together, and are followed by the key that sent them",
)
PORTAL_CHANGES |= dict.fromkeys(
    (
        *(
            f"/components/schemas/{name}"
            for name in (
                "DirectionOut",
                "FieldOut",
                "KeyElementOut",
                "OptionOut",
                "OptionsOut",
                "LocationIn/properties/half_days/items/enum",
                *(f"MentorForm/properties/{one}/items/enum" for one in ("half_days", "provinces", "school_types")),
                *(
                    f"SchoolForm/properties/{one}/items/enum"
                    for one in ("fields", "finalities", "half_days", "school_types")
                ),
            )
        ),
        "/paths/~1v1~1calendars~1{secret}.ics/get/x-any-query",
        "/paths/~1v1~1options",
        "/paths/~1v1~1public~1cohorts~1{cohort}~1options",
    ),
    "a portal reads from which lists its forms choose",
)
PORTAL_CHANGES |= dict.fromkeys(
    (
        *("/servers", "/tags", "/webhooks"),
        *(f"/components/schemas/MentorChange/properties/{one}/default" for one in ("company", "postcode")),
        *(f"/components/schemas/SchoolChange/properties/{one}/default" for one in ("name", "postcode")),
        *(f"/components/schemas/WebhookChange/properties/{one}/default" for one in ("events", "url")),
        *(f"{COHORT}~1rounds~1{{round_id}}~1{one}/post/parameters" for one in ("approve", "publish")),
        f"{COHORT}~1seasons~1{{season}}~1publish/post/parameters",
        "/paths/~1v1~1calendars~1{secret}.ics/get/parameters",
        f"{PORTAL}~1mentors~1{{pseudonym}}~1suggestions/get/parameters",
        f"{PORTAL}~1pairings/get/parameters",
        f"{PORTAL}~1schools~1{{school}}~1suggestions/get/parameters",
    ),
    "the document tells servers, tags, webhooks and every If-Match, and no default that no value could be",
)
"""Each deliberate difference of the portal's part: its JSON pointer, and why."""


def without_told_headers(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out which headers answers bear: every answer of every route tells that since, and none did before."""
    paths = {
        path: {
            method: operation
            | {
                "responses": {
                    status: {name: one for name, one in answer.items() if name != "headers"}
                    for status, answer in operation["responses"].items()
                }
            }
            for method, operation in operations.items()
        }
        for path, operations in document["paths"].items()
    }
    return document | {"paths": paths}
