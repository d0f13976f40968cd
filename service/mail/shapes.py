"""How do mails and their texts look on the wire?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from service.mail.kinds import Kind, Side, State
from service.web.shapes import Key, Shape, Stamped
from service.web.values import At, Deed, Line

MOST_AT_ONCE = 2000
LONGEST_TEXT = 10_000
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]


class MailOut(Shape):
    """A mail: to whom, with which words, how far it is, and what the mail server said of it."""

    id: str
    kind: Kind
    title: str = Field(description="Wat voor mail dit is, in woorden.")
    state: State
    side: Side
    who: str = Field(description="Nummer van de school, de mentor of de persoon.")
    name: str
    address: str
    mailable: bool = Field(description="Of er een mail naar dit adres kan.")
    returned: str | None = Field(None, description="Waarom een mail van dit adres terugkwam; null: dat gebeurde niet.")
    subject: str
    body: str
    calendar: bool = Field(description="Of er een uitnodiging voor de agenda bij zit.")
    attempt: int
    next_at: At | None = Field(description="Wanneer de volgende poging komt.")
    answer: str = Field(description="Wat de mailserver het laatst zei, of wat er misliep.")
    maybe_twice: bool = Field(description="Een eerdere poging brak af: misschien kwam die ook aan.")
    created_at: At
    changed_at: At
    sent_at: At | None


class MailCountsOut(Shape):
    """How many mails are in which state, and whether this service can send any itself."""

    can_send: bool = Field(description="Of er een mailserver ingesteld is.")
    sender: str
    counts: dict[State, int]
    texts_version: int = Field(0, description="Versie van de teksten waarmee de mails nu gemaakt zijn.")


class MailsIn(Shape):
    """Which mails: each is named, so that none is meant that nobody saw."""

    mails: list[Key] = Field(min_length=1, max_length=MOST_AT_ONCE)
    texts_version: int | None = Field(
        None, ge=0, description="De versie van de teksten die u zag; is er intussen een andere, dan vertrekt er niets."
    )


class MailsOut(Shape):
    """Which mails that was done with, and which not for lack of an address."""

    done: list[str]
    without_address: list[str]


class BounceIn(Shape):
    """Why a mail came back."""

    reason: Deed = Field(examples=["Onbekend adres, zegt hun mailserver"])


class ReturnedOut(Shape):
    """What a mail server told of one address, and what was done with it."""

    file: str
    outcome: Literal["noted", "no_failure", "not_ours", "no_report"]
    address: str
    reason: str
    mail: str | None


class ReturnsOut(Shape):
    """What was read in the mails that came back, in the order of the files."""

    items: list[ReturnedOut]


class TemplateIn(Shape):
    """The words of a kind of mail: Jinja2, with the facts of that kind."""

    subject: Annotated[str, StringConstraints(max_length=300)] = Field(examples=["Uw koppel in IN2STEM is bekend"])
    body: Text = Field(examples=["Beste {{ naam }}\n\n{{ ondertekening }}\n"])


class TemplateOut(TemplateIn):
    """The words that a cohort uses for a kind of mail, and what they may speak of."""

    kind: Kind
    title: str
    own: bool = Field(description="Of de cohorte deze tekst zelf schreef.")
    asked: bool = Field(description="Of wie hem krijgt er zelf om vroeg; dan vertrekt hij meteen.")
    facts: dict[str, str] = Field(description="Wat u in de tekst kunt gebruiken, met de uitleg.")


class WordingIn(Shape):
    """How a cohort signs its mails, and where answers go."""

    signature: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
    reply_to: Line = Field("", description="Adres waar antwoorden aankomen; leeg: bij de afzender.")


class MailTextsOut(WordingIn, Stamped):
    """All texts of a cohort; version 0 is the product's own."""

    texts: list[TemplateOut]


class TextFindingOut(Shape):
    """What is wrong with a text: where, and what to do."""

    part: Literal["subject", "body"]
    line: int
    detail: str


class PreviewOut(Shape):
    """A text filled in on a real mail, or on an example where there is none; or what is wrong with it."""

    subject: str
    body: str
    about: str | None = Field(description="Voor wie de mail is; null bij een verzonnen voorbeeld.")
    findings: list[TextFindingOut]
