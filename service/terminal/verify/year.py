"""Does a written year of sessions hold what it says? The part of `verify` that takes a sessies.json."""

from __future__ import annotations

from pathlib import Path

import matcher
from service.terminal.exit_codes import EXIT_DIFFERENT
from service.terminal.files import read_season_beside, read_year
from service.terminal.printing import say, say_table

YEAR_KIND = "in2stem-sessions/"
FIRST_BYTES = 400
"""The format stands in the first line or so of what we write."""


def holds_year(path: Path) -> bool:
    """Tell whether a file says of itself that it is a year of sessions."""
    with path.open("rb") as file:
        return YEAR_KIND.encode() in file.read(FIRST_BYTES)


def verify_year(path: Path) -> int:
    """Check a year against the season beside it, count its goals anew; exit 0, or 1 with what differs."""
    year, season = read_year(path), read_season_beside(path)
    if not year.sessions:
        raise matcher.InvalidValueError(f"In {path} staat geen enkele sessie: er valt niets na te rekenen.")
    check = matcher.verify_year(season, year)
    say("Regels: alles klopt." if not check.faults else "Regels: dit klopt niet.")
    say(*(f"  - {one}" for one in check.faults))
    if check.goals:
        rows = [
            (matcher.session_goal_name(name), _shown(told), _shown(counted), "gelijk" if told == counted else "anders")
            for name, told, counted in check.goals
        ]
        say_table(("Doel", "Staat er", "Nageteld", ""), rows, right=("Staat er", "Nageteld"))
    say(
        f"Nagerekend: {matcher.counted(len(year.sessions), 'sessie', 'sessies')}, "
        f"{'alles klopt' if check.sound else 'er klopt iets niet'}."
    )
    return 0 if check.sound else EXIT_DIFFERENT


def _shown(value: object) -> str:
    return "" if value is None else str(value)
