"""How do people, their logins, keys and the trail look on the wire?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from service.access.sources import ADDRESS_HEADER
from service.web.shapes import Key, Name, Shape
from service.web.values import At, Moment, PersonRole

Email = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Checked = Literal["seen", "called", "video"]
"""How an admin made sure who somebody is: met, called on a number that was known, or seen on a screen."""

Regions = Annotated[list[Name], Field(max_length=20, description="Voka-kamers; een beheerder ziet ze alle.")]


class SessionIn(Shape):
    """What proves who you are: a link that works once, or an address and a password."""

    link: Secret | None = Field(None, description="Het geheim uit een aanmeldlink.")
    code: Secret | None = Field(None, description="De code van de app of een herstelcode, wie een tweede stap koos.")
    email: Email | None = None
    password: Secret | None = None

    @model_validator(mode="after")
    def one_way(self) -> SessionIn:
        """Refuse half a way in, and two at once."""
        by_password = (self.email is not None, self.password is not None)
        ways = (self.link is not None) + any(by_password)
        if ways > 1 or any(by_password) != all(by_password) or (not ways and self.code is None):
            raise ValueError("geef ofwel «link», ofwel «email» en «password»")
        return self


class LinkIn(Shape):
    """Whose address wants a link to log in."""

    email: Email


class LinkAsked(Shape):
    """That a link was asked; nothing about whether anybody has that address."""

    detail: str


class SessionOut(Shape):
    """Who calls: a person, or a key."""

    id: str
    name: str
    role: Literal["portal", "viewer", "coordinator", "admin"]
    regions: list[str]
    cohort: str | None = Field(description="De ene cohorte waarvoor een sleutel geldt.")
    is_key: bool
    email: str | None = None
    has_password: bool | None = None


class OwnLoginOut(Shape):
    """A browser in which a person is logged in."""

    id: str
    browser: str
    created_at: At
    seen_at: At
    current: bool = Field(description="Of dit de browser is die dit vraagt.")


class FactorOut(Shape):
    """Whether a person gives a code to log in, and how many codes to recover are left."""

    asked: bool
    begun: bool
    recovery_left: int


class FactorBegun(Shape):
    """What an authenticator app takes over; it counts once a code confirms it."""

    secret: str
    address: str


class CodeIn(Shape):
    """A code of the app, or one to recover."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class ProofIn(Shape):
    """What proves once more who you are: your password, or a code of the app or one to recover."""

    password: Secret | None = None
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)] | None = None

    @model_validator(mode="after")
    def one_way(self) -> ProofIn:
        """Refuse nothing, and two at once."""
        if (self.password is None) == (self.code is None):
            raise ValueError("geef ofwel «password», ofwel «code»")
        return self


class RecoveryOut(Shape):
    """Codes with which a person logs in without the app, each once; they are shown once."""

    codes: list[str]


class PasswordIn(Shape):
    """A new password; `old` is needed when you proved who you are more than a quarter of an hour ago."""

    password: Secret
    old: Secret | None = None


class PersonIn(Shape):
    """A person to invite."""

    email: Email
    name: Name
    role: PersonRole
    regions: Regions = Field(default_factory=list)


class PersonChange(Shape):
    """What to change about a person; what is left out stays."""

    name: Name | None = None
    role: PersonRole | None = None
    regions: Regions | None = None
    blocked: bool | None = None


class PersonOut(Shape):
    """A person who may log in."""

    id: str
    email: str
    name: str
    role: PersonRole
    regions: list[str]
    blocked: bool
    has_password: bool
    version: int
    created_at: At


class NamedOut(Shape):
    """A place where somebody is named."""

    cohort: str | None = Field(description="De cohorte; null voor wat bij geen cohorte hoort.")
    what: str = Field(description="Waarvan, zoals `lock` of `paper`.")
    id: str
    part: str = Field(description="Waarin, zoals `document.note`.")


class AccountOut(Shape):
    """All that is kept about somebody who works here, but for what opens something."""

    account: dict[str, Any]
    provider_accounts: list[dict[str, Any]] = Field(description="Het account bij de organisatie waarmee men inlogt.")
    second_step_since: At | None
    logins: list[dict[str, Any]] = Field(description="Waar men nu ingelogd is.")
    mails: list[dict[str, Any]] = Field(description="Mails aan deze persoon.")
    views: list[dict[str, Any]] = Field(description="Eigen bewaarde weergaven.")
    trail: list[dict[str, Any]] = Field(description="Wat men deed en wat met het account gebeurde, het nieuwste eerst.")
    named: list[NamedOut] = Field(description="Waar de naam staat in wat anderen schreven, hoogstens 200 per cohorte.")
    made_at: At


class Invited(Shape):
    """A person with the link to log in, which is shown once."""

    person: PersonOut
    link: str | None = Field(description="Werkt één keer, 15 minuten lang; null als het al getoond is.")
    address: str = Field(description="Waar men zich aanmeldt; met # en de link erachter gaat dat vanzelf.")
    minutes: int
    mailed: bool = Field(description="Of de link ook per mail vertrekt; anders geeft u ze zelf door.")


class KeyIn(Shape):
    """A key to make: one role, and for whom."""

    name: Name
    scopes: list[Name] = Field(
        min_length=1,
        max_length=20,
        description="Eén van portal, viewer, coordinator, admin; of een of meer van suggestions, publication, "
        "applications; en region:KAMER voor elke kamer.",
        examples=[["portal"]],
    )
    cohort: Key | None = None
    expires_at: Moment | None = None
    trusted: bool = Field(
        default=False, description=f"Of geloofd wordt wat de sleutel met {ADDRESS_HEADER} zegt over voor wie ze vraagt."
    )


class KeyOut(Shape):
    """A key, without what opens anything."""

    id: str
    name: str
    scopes: list[str]
    cohort: str | None
    trusted: bool
    created_at: At
    used_at: At | None = Field(None, description="Wanneer de sleutel het laatst gebruikt werd, op een minuut na.")
    expires_at: At | None
    revoked_at: At | None


class KeyMade(Shape):
    """A new key with its secret, which is shown once."""

    key: KeyOut
    secret: str | None = Field(description="Bewaar dit nu; null als het al getoond is.")
