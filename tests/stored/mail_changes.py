"""What does the document of the API have since mail goes out, and people prove anew who they are?"""

from __future__ import annotations

from tests.stored.people_changes import PEOPLE_CHANGES

COHORT = "/paths/~1v1~1cohorts~1{cohort}"
WAYS = ("", "~1by-hand", "~1counts", "~1drop", "~1mails.csv", "~1mails.xlsx", "~1send", "~1{mail}", "~1{mail}~1bounce")
BACK = ("~1returns", "~1{mail}~1trust")
SHAPES = (
    *("BounceIn", "MailCountsOut", "MailOut", "MailTextsOut", "MailsIn", "MailsOut", "Page_MailOut_", "PreviewOut"),
    *("TemplateIn", "TemplateOut", "TextFindingOut", "WordingIn"),
    *("Body_read_returns_v1_cohorts__cohort__mails_returns_post", "ReturnedOut", "ReturnsOut"),
)
WHY = "people are told by mail, after a coordinator's look"

MAIL_CHANGES = (
    {f"{COHORT}~1mails{way}": WHY for way in (*WAYS, *BACK)}
    | {f"{COHORT}~1mail-texts{way}": WHY for way in ("", "~1{kind}", "~1{kind}~1preview")}
    | dict.fromkeys(
        ("/components/schemas/LinkAsked", "/components/schemas/LinkIn", "/paths/~1v1~1session~1link"),
        "a link to log in goes by mail",
    )
    | {f"{COHORT}~1measurements~1reminders": WHY}
    | {f"/components/schemas/{one}": WHY for one in (*SHAPES, "SchoolsRemindedOut")}
    | {"/components/schemas/AboutOut/properties/mails": "what is kept of a person holds the mails to them"}
    | dict.fromkeys(
        ("/components/schemas/Invited/properties/mailed", "/components/schemas/Invited/required"),
        "a link to log in goes by mail",
    )
    | PEOPLE_CHANGES
)
