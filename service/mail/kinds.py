"""Which mails are there, what may the text of each speak of, and which go out without a coordinator's look?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, get_args

from service.access.logins import LINK_HOLDS

Kind = Literal[
    "application_confirm",
    "application_accepted",
    "application_waiting",
    "application_refused",
    "match_proposed",
    "acceptance_reminder",
    "plan_published",
    "match_changed",
    "session_invited",
    "session_reminder",
    "measurement_reminder",
    "wish_made",
    "login_link",
    "colleague_invited",
    "account_notice",
]
State = Literal["proposed", "waiting", "sending", "sent", "refused", "bounced", "failed", "dropped"]
Side = Literal["school", "mentor", "person"]
ALL: tuple[Kind, ...] = get_args(Kind)

ALWAYS = {
    "naam": "Naam van wie de mail krijgt",
    "cohorte": "Naam van de cohorte",
    "ondertekening": "Uw ondertekening, zoals ingesteld bij de teksten",
}
"""What every text may speak of."""

LINK = "Adres van de eigen bladzijde van wie de mail krijgt; leeg als die er niet is"
MATCH = {
    "matches": "Lijst van wie met wie gekoppeld is; elk heeft naam, organisatie en gemeente",
    "link": LINK,
}
ONE_SCHOOL = {"naam": "Technisch Atheneum De Voorbeeldstad", "organisatie": "", "gemeente": "Hasselt"}
ONE_MENTOR = {"naam": "Jan Maes", "organisatie": "Voorbeeld NV", "gemeente": "Genk"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKind:
    """A kind of mail: its Dutch title, what its text may speak of with an example of each.

    What is `asked` for by who gets it goes out at once; all else is proposed, and waits for a coordinator. A `secret`
    fact is kept no longer than the mail waits; one that `holds` for a while is not sent after that.
    """

    title: str
    facts: Mapping[str, str]
    sample: Mapping[str, Any]
    asked: bool = False
    of_cohort: bool = True
    secret: tuple[str, ...] = field(default=())
    holds: timedelta | None = None

    @property
    def spoken(self) -> dict[str, str]:
        """All that its text may speak of, with what each is."""
        return ALWAYS | dict(self.facts)

    @property
    def nothing(self) -> dict[str, Any]:
        """What stands for each fact that is not told."""
        return {name: [] if isinstance(self.sample.get(name), list) else "" for name in self.spoken}


WHO = {"organisatie": "Naam van de school of het bedrijf"}
REFUSAL = WHO | {"reden": "Waarom, zoals u het noteerde"}
CHOICE = WHO | {"link": LINK}
APPLIED = {"naam": "An Peeters", "organisatie": "Technisch Atheneum De Voorbeeldstad"}
HERE = "https://in2stem.voorbeeld.be"
OWN_PAGE = f"{HERE}/mijn/voorbeeld"
SESSION = {
    "sessie": "Wat het is, met de ronde en het thema",
    "wanneer": "Dag en uur",
    "waar": "Plaats, of online",
}
SOME_SESSION = {
    "sessie": "Lerend netwerk, ronde 1",
    "wanneer": "di 12 januari 2027, 13.00 uur",
    "waar": "Voorbeeld NV, Genk",
}
MINUTES = "Zoveel minuten werkt de link"

KINDS: Mapping[Kind, MailKind] = {
    "application_confirm": MailKind(
        title="Aanmelding bevestigen",
        facts=WHO | {"link": "Adres waarop men de aanmelding bevestigt", "dagen": "Zoveel dagen werkt de link"},
        sample=APPLIED | {"link": f"{HERE}/aanmelden/bevestigen/voorbeeld", "dagen": "30"},
        asked=True,
    ),
    "application_accepted": MailKind(title="Aanmelding aanvaard", facts=CHOICE, sample=APPLIED | {"link": OWN_PAGE}),
    "application_waiting": MailKind(
        title="Aanmelding op de wachtlijst", facts=CHOICE, sample=APPLIED | {"link": OWN_PAGE}
    ),
    "application_refused": MailKind(
        title="Aanmelding geweigerd",
        facts=REFUSAL,
        sample=APPLIED | {"reden": "De school ligt buiten Vlaanderen."},
    ),
    "match_proposed": MailKind(
        title="Voorstel van een koppel",
        facts=MATCH | {"antwoord_voor": "Uiterste dag van het antwoord; kan leeg zijn"},
        sample={"naam": "An Peeters", "matches": [ONE_MENTOR], "link": OWN_PAGE, "antwoord_voor": "vr 4 december 2026"},
    ),
    "acceptance_reminder": MailKind(
        title="Herinnering aan een voorstel",
        facts=MATCH | {"antwoord_voor": "Uiterste dag van het antwoord; kan leeg zijn"},
        sample={"naam": "Jan Maes", "matches": [ONE_SCHOOL], "link": OWN_PAGE, "antwoord_voor": "vr 4 december 2026"},
    ),
    "plan_published": MailKind(
        title="Koppel bekend",
        facts=MATCH,
        sample={"naam": "An Peeters", "matches": [ONE_MENTOR], "link": OWN_PAGE},
    ),
    "match_changed": MailKind(
        title="Koppel is gewijzigd",
        facts=MATCH | {"weg": "Lijst van wie wegvalt; elk heeft naam, organisatie en gemeente"},
        sample={
            "naam": "An Peeters",
            "matches": [ONE_MENTOR],
            "weg": [{"naam": "Els Claes", "organisatie": "Fictief BV", "gemeente": "Diest"}],
            "link": OWN_PAGE,
        },
    ),
    "session_invited": MailKind(
        title="Uitnodiging voor een sessie",
        facts={
            **SESSION,
            "afgelast": "Gaat de sessie voor deze persoon niet door, dan staat hier «ja»; anders is dit leeg",
            "link": LINK,
        },
        sample={"naam": "An Peeters", **SOME_SESSION, "afgelast": "", "link": OWN_PAGE},
    ),
    "session_reminder": MailKind(
        title="Herinnering aan een sessie",
        facts={**SESSION, "link": LINK},
        sample={"naam": "An Peeters", **SOME_SESSION, "link": OWN_PAGE},
    ),
    "measurement_reminder": MailKind(
        title="Herinnering aan een meting",
        facts=WHO | {"meting": "«nulmeting» of «eindmeting»", "link": LINK},
        sample=APPLIED | {"meting": "nulmeting", "link": OWN_PAGE},
    ),
    "wish_made": MailKind(
        title="Een vraag wacht op u",
        facts={"vraag": "Wat gevraagd werd, zonder naam", "link": "Adres waarop u erover beslist"},
        sample={
            "naam": "coördinator",
            "vraag": "vraagt een mentor een wijziging",
            "link": f"{HERE}/cohorten/voorbeeld",
        },
        asked=True,
        of_cohort=False,
    ),
    "login_link": MailKind(
        title="Link om in te loggen",
        facts={"link": "Adres waarop men inlogt", "minuten": MINUTES},
        sample={"naam": "Els Claes", "link": f"{HERE}/aanmelden#voorbeeld", "minuten": "15"},
        asked=True,
        of_cohort=False,
        secret=("link",),
        holds=LINK_HOLDS,
    ),
    "colleague_invited": MailKind(
        title="Uitnodiging van een collega",
        facts={"link": "Adres waarop men inlogt", "minuten": MINUTES, "door": "Wie uitnodigt"},
        sample={"naam": "Els Claes", "link": f"{HERE}/aanmelden#voorbeeld", "minuten": "15", "door": "Tom Jacobs"},
        asked=True,
        of_cohort=False,
        secret=("link",),
        holds=LINK_HOLDS,
    ),
    "account_notice": MailKind(
        title="Melding over een account",
        facts={"gebeurd": "Wat er gebeurde, als zin", "wanneer": "Dag en uur"},
        sample={
            "naam": "Els Claes",
            "gebeurd": "Er werd ingelogd met een browser die we nog niet kenden: Firefox op Windows.",
            "wanneer": "di 12 januari 2027, 13.00 uur",
        },
        asked=True,
        of_cohort=False,
    ),
}
"""Every kind, in the order in which a year meets them."""
