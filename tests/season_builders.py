"""How does a test make a season, a session or a year in one line?"""

from __future__ import annotations

from datetime import date, time

from matcher.domain.position import Position
from matcher.domain.season import Guide, Host, Participant, Season, SessionRound
from matcher.domain.year import Session, Year
from matcher.sessions.half_days import default_rounds

GENT = Position(51.0543, 3.7174)
"""Where everybody lives unless a test says otherwise."""


def a_participant(number: int | str = 1, **changes: object) -> Participant:
    """Make a school that can always come."""
    values: dict[str, object] = {
        "id": f"S{number:>03}" if isinstance(number, int) else number,
        "name": f"School {number}",
        "position": GENT,
        "school_types": ("TSO",),
        "municipality": "Gent",
    }
    return Participant(**(values | changes))  # type: ignore[arg-type]


def a_host(number: int | str = 1, **changes: object) -> Host:
    """Make a place that receives up to eight schools, as often as asked."""
    values: dict[str, object] = {
        "id": f"H{number:>03}" if isinstance(number, int) else number,
        "name": f"Locatie {number}",
        "kind": "other",
        "position": GENT,
        "max_times": 9,
        "street": "Kouter 1",
        "postcode": "9000",
        "municipality": "Gent",
    }
    return Host(**(values | changes))  # type: ignore[arg-type]


def a_guide(number: int | str = 1, **changes: object) -> Guide:
    """Make a mentor who can always come."""
    key = f"M{number:>03}" if isinstance(number, int) else number
    values: dict[str, object] = {"id": key, "name": f"Mentor {number}", "company": f"Bedrijf {number}"}
    return Guide(**(values | changes))  # type: ignore[arg-type]


def a_season(participants: int | list[Participant] = 4, hosts: int | list[Host] = 2, **changes: object) -> Season:
    """Make the season 2026-2027 with three rounds in groups of two."""
    values: dict[str, object] = {
        "id": "cohort-2026",
        "school_year": 2026,
        "participants": tuple(a_participant(n + 1) for n in range(participants))
        if isinstance(participants, int)
        else tuple(participants),
        "hosts": tuple(a_host(n + 1) for n in range(hosts)) if isinstance(hosts, int) else tuple(hosts),
        "rounds": default_rounds(2026, smallest=2, largest=2),
    }
    return Season(**(values | changes))  # type: ignore[arg-type]


def a_round(number: int = 1, **changes: object) -> SessionRound:
    """Make one of the default rounds of 2026-2027."""
    values: dict[str, object] = {"number": number, "window": default_rounds(2026)[number - 1].window}
    return SessionRound(**(values | changes))  # type: ignore[arg-type]


def a_session(**changes: object) -> Session:
    """Make a session of the first two schools on Wednesday 13 January 2027."""
    values: dict[str, object] = {
        "round": 1,
        "host": "H001",
        "day": date(2027, 1, 13),
        "half_day": "wo-nm",
        "start": time(13, 30),
        "end": time(16, 30),
        "schools": ("S001", "S002"),
        "minutes": (10, 20),
    }
    return Session(**(values | changes))  # type: ignore[arg-type]


def a_year(*sessions: Session, **changes: object) -> Year:
    """Make a proven year of the season."""
    values: dict[str, object] = {
        "season": "cohort-2026",
        "status": "proven",
        "goals": (),
        "sessions": sessions,
        "inputs_hash": "0" * 64,
    }
    return Year(**(values | changes))  # type: ignore[arg-type]
