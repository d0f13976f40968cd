"""Which differences of the OpenAPI document come from what the portal and its makers can do now?"""

from __future__ import annotations

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
"""Each deliberate difference of the portal's part: its JSON pointer, and why."""
