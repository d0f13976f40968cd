"""What does the document of the API have since a cohort can be put away?"""

from __future__ import annotations

SHOWN = "content/application~1json/example/archived_at"

COHORT_CHANGES = {
    "/components/schemas/CohortChange/properties/archived": "a cohort can be put away",
    "/components/schemas/CohortOut/properties/archived_at": "a cohort can be put away",
    f"/paths/~1v1~1cohorts/post/responses/201/{SHOWN}": "a cohort can be put away",
    f"/paths/~1v1~1cohorts~1{{cohort}}/patch/responses/200/{SHOWN}": "a cohort can be put away",
    f"/paths/~1v1~1cohorts~1{{cohort}}/get/responses/200/{SHOWN}": "a cohort can be put away",
    "/components/schemas/MentorForm/properties/offer/description": "a key element is called so everywhere",
}
