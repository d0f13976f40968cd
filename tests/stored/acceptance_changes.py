"""What did the acceptance of pairs change in the OpenAPI document?"""

from __future__ import annotations

ROUND_PATH = "/paths/~1v1~1cohorts~1{cohort}~1rounds~1{round_id}"

ACCEPTANCE_CHANGES = {
    f"/{name}": "pairs are proposed before a plan is published, and answered"
    for name in (
        *(
            f"components/schemas/{one}"
            for one in (
                "AboutOut/properties/proposals",
                "AboutOut/required",
                "PairProposalOut",
                "PairStateOut",
                "ProposalAnswerIn",
                "ProposalAnswerOut",
                "ProposalAnsweredOut",
                "ProposalsOut",
                "ProposeIn",
                "ProposedPair",
            )
        ),
        "paths/~1v1~1cohorts~1{cohort}~1proposals~1{proposal}",
        "paths/~1v1~1cohorts~1{cohort}~1proposals~1{proposal}~1answers",
        f"{ROUND_PATH[1:]}~1proposals",
        *(f"components/schemas/Webhook{shape}/properties/events/items/enum" for shape in ("Change", "In")),
    )
}
"""Each deliberate difference from the document of before: its JSON pointer, and why."""
