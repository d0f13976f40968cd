"""When can a school, a mentor or a host not come? One absence of a season."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absence:
    """A school that is in no group of a round, and why; `stated` by the coordinator, or else left out."""

    school: str
    round: int
    reason: str
    stated: bool = True


def absent_words(number: int) -> str:
    """Say why a school can't be asked for in a round that it misses."""
    return f"Deze school is in ronde {number} afwezig gemeld."
