"""What differs between schools and mentors, where the rest is done in one way for both?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import matcher
from service.cohorts.members.shapes import MentorOut, SchoolOut

if TYPE_CHECKING:
    from service.cohorts.members.store import Side

Out = TypeVar("Out", SchoolOut, MentorOut)


@dataclass(frozen=True, slots=True)
class Kind(Generic[Out]):
    """A kind of member of a cohort: its name in the code, how a sentence calls one, its shape on the wire.

    `made` is what the matcher makes of one.
    """

    side: Side
    words: str
    shape: type[Out]
    made: type[matcher.School | matcher.Mentor]


SCHOOL = Kind("school", "Deze school", SchoolOut, matcher.School)
MENTOR = Kind("mentor", "Deze mentor", MentorOut, matcher.Mentor)
