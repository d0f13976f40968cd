"""What is a lock? An agreement that a pair must be in the plan, or may not be in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LockKind = Literal["required", "forbidden"]


@dataclass(frozen=True, slots=True)
class Lock:
    """An agreement that a pair must (`required`) or may not (`forbidden`) be in the plan.

    `override` lets a required pair stand against a criterion's veto; it needs a reason.
    """

    school: str
    mentor: str
    kind: LockKind
    reason: str = ""
    override: bool = False
