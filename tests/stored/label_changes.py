"""What did the dossier for the label and the profile over the API change in the OpenAPI document?"""

from __future__ import annotations

COHORT = "paths/~1v1~1cohorts~1{cohort}"

LABEL_CHANGES = {
    f"/{name}": "schools write their practices for the label; applications of it are noted over the API"
    for name in (
        *(
            f"components/schemas/{one}"
            for one in (
                "AboutOut/properties/practices",
                "ElementEvidence",
                "LabelApplicationIn",
                "LabelApplicationOut",
                "Page_LabelApplicationOut_",
                "PracticeIn",
                "PracticesIn",
                "PracticesOut",
            )
        ),
        f"{COHORT}~1label~1applications",
        f"{COHORT}~1label~1applications~1{{school}}",
        f"{COHORT}~1label~1practices~1{{school}}",
    )
} | {
    f"/{name}": "people have their profile over the API"
    for name in (
        *(
            f"components/schemas/{one}"
            for one in ("CodeIn", "FactorBegun", "FactorOut", "OwnLoginOut", "Page_OwnLoginOut_", "RecoveryOut")
        ),
        "paths/~1v1~1profile~1factor",
        "paths/~1v1~1profile~1factor~1confirmation",
        "paths/~1v1~1profile~1factor~1recovery-codes",
        "paths/~1v1~1profile~1factor~1removal",
        "paths/~1v1~1profile~1logins",
        "paths/~1v1~1profile~1logins~1{login}",
    )
}
"""Each deliberate difference from the document of before: its JSON pointer, and why."""
