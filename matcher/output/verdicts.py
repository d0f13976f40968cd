"""What does the engine know of every pair? `verdicts.csv`, one line per school and mentor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from matcher.output.cells import safe

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.domain.round import Round
    from matcher.matching.verdicts import Verdicts

COLUMNS = ("school", "mentor", "allowed", "points", "travel_minutes", "vetoes")
ROWS_AT_ONCE = 500_000


def write_verdicts(path: Path, given: Round, verdicts: Verdicts) -> None:
    """Write school,mentor,allowed,points,travel_minutes,vetoes for every pair; criteria's keys joined by `|`."""
    words = [
        "|".join(key for bit, key in enumerate(verdicts.keys) if mask >> bit & 1)
        for mask in range(1 << len(verdicts.keys))
    ]
    mentors = np.array([safe(mentor.id) for mentor in given.mentors], dtype=object)
    names = np.array(words, dtype=object)
    step = max(1, ROWS_AT_ONCE // max(1, len(mentors)))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(COLUMNS) + "\n")
        for start in range(0, len(given.schools), step):
            rows = slice(start, start + step)
            ids = np.array([safe(school.id) for school in given.schools[rows]], dtype=object)
            table = {
                "school": np.repeat(ids, len(mentors)),
                "mentor": np.tile(mentors, len(ids)),
                "allowed": verdicts.allowed[rows].ravel().astype(np.int8),
                "points": verdicts.points[rows].ravel(),
                "travel_minutes": verdicts.minutes[rows].ravel(),
                "vetoes": names[verdicts.vetoes[rows].ravel()],
            }
            pd.DataFrame(table).to_csv(file, index=False, header=False, lineterminator="\n")
