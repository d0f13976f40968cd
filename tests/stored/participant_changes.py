"""What did the pages of those who take part change in the OpenAPI document?"""

from __future__ import annotations

from tests.stored.acceptance_changes import ROUND_PATH

COHORT = "paths/~1v1~1cohorts~1{cohort}"

PARTICIPANT_CHANGES = {
    f"/{name}": "schools and mentors have pages of their own"
    for name in (
        *(
            f"components/schemas/{one}"
            for one in (
                "AboutOut/properties/attendance",
                "AboutOut/properties/own_pages",
                "AboutOut/properties/wishes",
                "AttendanceIn",
                "AttendanceOut",
                "AttendancesOut",
                "DecisionIn",
                "ParticipantOf",
                "ParticipantOut",
                "ParticipantsIn",
                "ParticipantsOut",
                "RemindedOut",
                "WishOut",
                "WishesOut",
            )
        ),
        f"{ROUND_PATH[1:]}~1proposals~1reminders",
        f"{COHORT}~1attendance",
        f"{COHORT}~1participants",
        f"{COHORT}~1participants~1{{side}}~1{{subject}}",
        f"{COHORT}~1participants~1{{side}}~1{{subject}}~1renew",
        f"{COHORT}~1wishes",
        f"{COHORT}~1wishes~1{{wish}}~1decision",
    )
}
"""Each deliberate difference from the document of before: its JSON pointer, and why."""
