"""Which two schools must meet in a year, and which may never sit together? One agreement of a season."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matcher.domain.period import refuse_if

AgreementKind = Literal["meet", "apart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two schools (ids, put in order) that sit in one group at least once a year (`meet`) or never (`apart`).

    A plenary brings everybody together and counts for neither.
    """

    kind: AgreementKind
    schools: tuple[str, ...]
    reason: str = ""

    def __post_init__(self) -> None:
        """Put the two in order; raise InvalidValueError where they are not two."""
        object.__setattr__(self, "schools", tuple(sorted(self.schools)))
        refuse_if(len(set(self.schools)) != 2, "Een afspraak gaat over twee verschillende scholen.")  # noqa: PLR2004
        refuse_if(self.kind not in ("meet", "apart"), f"soort afspraak: {self.kind} is niet gekend.")
