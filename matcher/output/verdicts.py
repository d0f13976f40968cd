"""What is the verdict on every pair? `verdicts.csv`, one line per school and mentor."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

from matcher.matching.by_estimate import decided_by_estimate
from matcher.output.spreadsheet_text import safe

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.domain.round import Round
    from matcher.matching.verdicts import Verdicts

COLUMNS = ("school", "mentor", "allowed", "points", "travel_minutes", "vetoes", "near_limit")


def write_verdicts(path: Path, given: Round, verdicts: Verdicts) -> None:
    """Write a line for every pair; vetoes are criteria's keys joined by `|`.

    `near_limit` is 1 where an estimate of travel close to the mentor's limit alone makes the pair possible or not.
    """
    masks = range(1 << len(verdicts.keys))
    words = ["|".join(key for bit, key in enumerate(verdicts.keys) if mask >> bit & 1) for mask in masks]
    mentors = [safe(mentor.id) for mentor in given.mentors]
    close = decided_by_estimate(given, verdicts)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        for row, school in enumerate(given.schools):
            vetoes = verdicts.vetoes[row]
            lines.writerows(
                zip(
                    [safe(school.id)] * len(mentors),
                    mentors,
                    (vetoes == 0).astype(np.int8).tolist(),
                    verdicts.points[row].tolist(),
                    verdicts.minutes[row].tolist(),
                    [words[mask] for mask in vetoes.tolist()],
                    close[row].astype(np.int8).tolist(),
                    strict=True,
                )
            )
