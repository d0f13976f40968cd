"""How does a test make a school, a mentor or a round in one line?"""

from __future__ import annotations

from matcher.domain.lock import Lock
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.position import Position
from matcher.domain.round import Round
from matcher.domain.school import School

GENT = Position(51.0543, 3.7174)
"""Where everybody lives unless a test says otherwise."""


def a_school(number: int | str = 1, **changes: object) -> School:
    """Make a school that asks for one mentor and suits everybody."""
    values: dict[str, object] = {
        "id": f"S{number:>03}" if isinstance(number, int) else number,
        "name": f"School {number}",
        "postcode": "9000",
        "municipality": "Gent",
        "province": "Oost-Vlaanderen",
        "position": GENT,
        "school_types": ("TSO",),
        "fields": ("TE",),
        "half_days": ("ma-vm", "di-vm", "do-vm"),
    }
    return School(**(values | changes))  # type: ignore[arg-type]


def a_mentor(number: int | str = 1, **changes: object) -> Mentor:
    """Make a mentor of an own company who can help one school of any kind."""
    values: dict[str, object] = {
        "id": f"M{number:>03}" if isinstance(number, int) else number,
        "company": f"Bedrijf {number}",
        "company_key": f"bedrijf{number}",
        "sectors": ("technologie",),
        "postcode": "9000",
        "municipality": "Gent",
        "province": "Oost-Vlaanderen",
        "position": GENT,
        "half_days": ("ma-vm", "di-vm", "do-vm"),
    }
    return Mentor(**(values | changes))  # type: ignore[arg-type]


def a_round(schools: int | list[School] = 2, mentors: int | list[Mentor] = 3, **changes: object) -> Round:
    """Make a round from lists, or from numbers of schools and mentors that are all alike."""
    values: dict[str, object] = {
        "schools": tuple(a_school(n + 1) for n in range(schools)) if isinstance(schools, int) else tuple(schools),
        "mentors": tuple(a_mentor(n + 1) for n in range(mentors)) if isinstance(mentors, int) else tuple(mentors),
        "policy": Policy(),
    }
    return Round(**(values | changes))  # type: ignore[arg-type]


def required(school: str, mentor: str, reason: str = "afspraak") -> Lock:
    """Make an agreement that a pair must be in the plan."""
    return Lock(school, mentor, "required", reason)


def forbidden(school: str, mentor: str, reason: str = "liever niet") -> Lock:
    """Make an agreement that a pair may not be in the plan."""
    return Lock(school, mentor, "forbidden", reason)
