"""What differs between schools and mentors, where the rest is done in one way for both?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import matcher
from service.cohorts.members.declared_shape import shown_to_all
from service.cohorts.members.shapes import MentorOut, SchoolOut
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


OF_ALL = frozenset({"latitude", "longitude", "pseudonym", "version", "changed_at", "remarks"})
"""What everybody sees besides the fields that say so."""


def as_seen(kind: Kind[Out], known: Mapping[str, Any], *, trusted: bool) -> dict[str, Any]:
    """Give what a caller sees of what is known: who may not see contact data, only the fields that say `shown`."""
    seen = OF_ALL | set(shown_to_all(kind.made))
    told = matcher.untold_values(kind.made) | dict(known)  # a field that came later is not in older documents
    names = [name for name in kind.shape.model_fields if name in told]
    return {name: told[name] if trusted or name in seen else None for name in names}


SCHOOL = Kind("school", "Deze school", SchoolOut, matcher.School)
MENTOR = Kind("mentor", "Deze mentor", MentorOut, matcher.Mentor)
