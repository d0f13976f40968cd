"""What can be said about a plan? A closed list of claims: ids, numbers and reasons that people gave, never a sentence.

A claim is a value that anybody can hold against the data or a fresh solve. Its Dutch sentence is written in one
place (`matching.claim_words`); nothing reads a sentence back. `losses` map a goal to what it loses, as prices
have it: positive is worse, a tuple for the places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from matcher.domain.absence_claim import Absence, Losses
from matcher.domain.conflict_claim import Clash
from matcher.domain.fall_claim import Fall
from matcher.domain.remedy_claim import Short


@dataclass(frozen=True, slots=True)
class Costs:
    """What the plan with this pair is worse on than the plan on the table; only goals that lose."""

    school: str
    mentor: str
    losses: Losses


@dataclass(frozen=True, slots=True)
class Gains:
    """What the plan with this pair is better on than the plan on the table; only goals that gain."""

    school: str
    mentor: str
    gains: Losses


@dataclass(frozen=True, slots=True)
class Moves:
    """Whom a school loses and gets against the plan on the table."""

    school: str
    goes: tuple[str, ...]
    comes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WouldFit:
    """With this much more from a mentor nothing keeps the pair apart; what is empty or 0 stays as it is."""

    school: str
    mentor: str
    half_days: tuple[str, ...] = ()
    max_minutes: int = 0
    provinces: tuple[str, ...] = ()
    school_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Locked:
    """An agreement requires the pair, with the reason that was given."""

    school: str
    mentor: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LockedAgainst:
    """An agreement requires the pair against a criterion, with the reason that was given."""

    school: str
    mentor: str
    criterion: str
    facts: Mapping[str, int]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoLongerFits:
    """A pair of the plan before fits no more: what the criterion looks at has changed."""

    school: str
    mentor: str
    criterion: str
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OverrideGone:
    """A pair of the plan before stood against a criterion by an agreement that is there no more."""

    school: str
    mentor: str
    criterion: str
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RowGone:
    """A mentor of the plan before is not in the data any more."""

    mentor: str


@dataclass(frozen=True, slots=True)
class SchoolLeft:
    """A school of the plan before is not in the data any more."""

    school: str


@dataclass(frozen=True, slots=True)
class MovesAlong:
    """A mentor leaves one school of the plan before for another."""

    mentor: str
    school: str
    to: str


Consequence = Costs | Gains | Moves | WouldFit | Locked | LockedAgainst
"""What goes with a pair, in the plan or asked for."""

Change = NoLongerFits | OverrideGone | RowGone | SchoolLeft | MovesAlong
"""Why a school changes, beside the absences."""

Claim = Absence | Consequence | Change | Fall | Short | Clash


def kind_of(claim: Claim) -> str:
    """Give the name of a claim's kind in documents: `needed_elsewhere`."""
    return NAMES[type(claim)]


NAMES: Final[Mapping[type, str]] = {
    one: re.sub(r"(?<!^)(?=[A-Z])", "_", one.__name__).lower() for one in get_args(Claim)
}
"""Every kind of claim with its name in documents."""

KINDS: Final[Mapping[str, type]] = {name: one for one, name in NAMES.items()}
"""Every kind of claim by its name in documents."""


@dataclass(frozen=True, slots=True)
class ClaimSentence:
    """A claim with its Dutch sentence, as documents carry it: `kind`, the claim's fields, `sentence`."""

    claim: Claim
    sentence: str
