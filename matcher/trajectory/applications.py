"""Who applied, with whose consent, and what became of it? Applications of schools and mentors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from matcher.domain.document import document_of
from matcher.domain.errors import InvalidValueError
from matcher.domain.mentor import Mentor
from matcher.domain.period import refuse_if
from matcher.domain.policy import Policy
from matcher.domain.round import Round
from matcher.domain.school import School

State = Literal["received", "confirmed", "accepted", "waiting", "refused", "withdrawn"]

APPLICATION_STATES: Final = {
    "received": "ontvangen",
    "confirmed": "bevestigd",
    "accepted": "aanvaard",
    "waiting": "op de wachtlijst",
    "refused": "geweigerd",
    "withdrawn": "ingetrokken",
}

NEXT: Final[dict[State, tuple[State, ...]]] = {
    "received": ("confirmed", "refused", "withdrawn"),
    "confirmed": ("accepted", "waiting", "refused", "withdrawn"),
    "waiting": ("accepted", "refused", "withdrawn"),
    "accepted": ("waiting", "withdrawn"),
    "refused": ("waiting",),
    "withdrawn": (),
}
"""Which state may follow which; a refusal can be taken back to the waiting list, a withdrawal to nothing."""

NEEDS_REASON: Final = ("refused", "withdrawn")

NETWORKS: Final = {
    "GO!": "GO! onderwijs van de Vlaamse Gemeenschap",
    "VRIJ": "vrij onderwijs",
    "OVSG": "onderwijs van steden en gemeenten",
    "POV": "provinciaal onderwijs",
    "ANDER": "ander net of geen net",
}
"""The networks of schools, code to Dutch name."""

NETWORK_NAMED: Final = {code: f"het {name}" for code, name in NETWORKS.items()} | {"ANDER": "een ander net of geen net"}
"""The same, within a sentence."""

MOST_POINTS: Final = 100
"""The most priority points that a coordinator can give a school."""

FORMAT: Final = "in2stem-application/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What an applicant agreed to: the version of the wording that was shown, and when (UTC).

    `portal` says whether they agreed too that the web portal shows who they are.
    """

    wording: str
    given_at: datetime
    portal: bool = False

    def __post_init__(self) -> None:
        """Refuse a consent that proves nothing; raise InvalidValueError."""
        refuse_if(not self.wording, "Een toestemming noemt de versie van de tekst waarmee iemand instemde.")
        refuse_if(self.given_at.tzinfo is None, "Het tijdstip van een toestemming heeft een tijdzone nodig.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationStep:
    """One step of an application: the new state, when (UTC), by whom, and why."""

    state: State
    at: datetime
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A school or a mentor that applied: exactly one of both, as a round would hold it.

    `network` is a school's (see NETWORKS), empty for a mentor. `points` (0-100) are priority points of the
    coordinator, who says why in `points_reason`. `steps` is the history after the application came in.
    """

    id: str
    received_at: datetime
    consent: Consent
    school: School | None = None
    mentor: Mentor | None = None
    network: str = ""
    motivation: str = ""
    points: int = 0
    points_reason: str = ""
    steps: tuple[ApplicationStep, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an application that can't be; raise InvalidValueError."""
        refuse_if(not self.id, "Een aanmelding heeft een nummer nodig.")
        refuse_if((self.school is None) == (self.mentor is None), "Een aanmelding is van één school of één mentor.")
        known = self.network in NETWORKS if self.school else not self.network
        refuse_if(not known, f"Het net «{self.network}» is niet gekend. Kies uit: {', '.join(NETWORKS)}.")
        refuse_if(not 0 <= self.points <= MOST_POINTS, f"Voorrangspunten gaan van 0 tot {MOST_POINTS}.")
        refuse_if(self.points > 0 and not self.points_reason, "Wie voorrangspunten geeft, zegt waarom.")
        state: State = "received"
        for step in self.steps:
            _check_step(state, step)
            state = step.state

    @property
    def state(self) -> State:
        """Where the application stands now."""
        return self.steps[-1].state if self.steps else "received"

    @property
    def following(self) -> tuple[State, ...]:
        """The states that may follow."""
        return NEXT[self.state]

    @property
    def who(self) -> str:
        """The name of the school or the mentor."""
        return self.school.name if self.school else self.mentor.name if self.mentor else self.id


def _check_step(state: State, step: ApplicationStep) -> None:
    allowed = NEXT[state]
    words = f"Een aanmelding die {APPLICATION_STATES[state]} is, kan niet {APPLICATION_STATES[step.state]} worden."
    refuse_if(step.state not in allowed, words)
    missing = step.state in NEEDS_REASON and not step.reason.strip()
    refuse_if(missing, f"Zeg waarom de aanmelding {APPLICATION_STATES[step.state]} is.")


def move_application(one: Application, state: State, at: datetime, by: str = "", reason: str = "") -> Application:
    """Take one step; raises InvalidValueError where that step is not allowed or lacks its reason."""
    return replace(one, steps=(*one.steps, ApplicationStep(state=state, at=at, by=by, reason=reason)))


def round_of_applications(applications: Iterable[Application], policy: Policy | None = None) -> Round:
    """Make the cohort's round of the accepted schools and mentors, just as they applied.

    Raises InvalidValueError where a school or mentor was accepted twice.
    """
    accepted = [one for one in applications if one.state == "accepted"]
    return Round(
        schools=tuple(one.school for one in accepted if one.school),
        mentors=tuple(one.mentor for one in accepted if one.mentor),
        policy=policy or Policy(),
    )


def double_applications(applications: Iterable[Application]) -> tuple[tuple[str, ...], ...]:
    """Give the ids of applications that are still open and of one and the same school or mentor."""
    found: dict[tuple[bool, str], list[str]] = {}
    for one in applications:
        if one.state not in NEEDS_REASON:
            key = (one.school is not None, (one.school or _mentor(one)).id)
            found.setdefault(key, []).append(one.id)
    return tuple(tuple(sorted(ids)) for ids in found.values() if len(ids) > 1)


def _mentor(one: Application) -> Mentor:
    if one.mentor is None:
        raise InvalidValueError("Een aanmelding is van één school of één mentor.")
    return one.mentor


application_to_document, application_from_document = document_of(FORMAT, Application)
