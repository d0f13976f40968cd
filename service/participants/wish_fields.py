"""Which of their own data may a school or mentor change, and which of it waits for a coordinator?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matcher
from service.access.participants import Side
from service.cohorts.members.kinds import MENTOR, SCHOOL, Kind
from service.cohorts.members.shapes import MentorChange, SchoolChange

KINDS: Mapping[Side, Kind[Any]] = {"school": SCHOOL, "mentor": MENTOR}
SHAPES: Mapping[Side, type[SchoolChange | MentorChange]] = {"school": SchoolChange, "mentor": MentorChange}

PLANNED: Mapping[Side, tuple[str, ...]] = {
    "school": ("half_days", "mentors_wanted"),
    "mentor": ("half_days", "max_minutes", "max_schools"),
}
"""What touches the plan: asked for, and changed once a coordinator accepts."""

CONTACT: Mapping[Side, tuple[str, ...]] = {
    "school": ("contact", "email"),
    "mentor": ("first_name", "last_name", "email"),
}
"""How one is reached: changed at once."""


def labels(side: Side) -> dict[str, str]:
    """Give what each field is called."""
    made = matcher.School if side == "school" else matcher.Mentor
    return {one.name: one.spec.label for one in matcher.field_specs(made) if one.spec.label}


def changed(known: Mapping[str, Any], told: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Give of what was told the fields that differ from what is known."""
    return {name: told[name] for name in names if name in told and told[name] != known.get(name)}
