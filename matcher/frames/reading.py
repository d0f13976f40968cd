"""Which cohort stands in two data frames? Read as the same tables in files would be, with the same findings."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from matcher.domain.policy import Policy
from matcher.intake.cohort.cohort import Cohort
from matcher.intake.cohort.rounds import read_cohort

ABOUT_BYTES: Final = ("separator", "cp1252")
"""Findings about how a file was written: a frame has no separator and no encoding."""


def read_frames(
    schools: pd.DataFrame,
    mentors: pd.DataFrame,
    agreements: pd.DataFrame | None = None,
    *,
    policy: Policy | None = None,
) -> Cohort:
    """Read schools, mentors and agreements from frames with the columns of docs/kolommen.md, or names like theirs.

    Never raises for their content: `findings` tell what is odd, in `scholen.csv`, `mentoren.csv` or `afspraken.csv`,
    where row 2 is the frame's first. An index that has a name is a column too. Missing values are empty cells, whole
    floats are read as whole numbers, and a list in a cell stands for its values.
    """
    frames = {"scholen.csv": schools, "mentoren.csv": mentors}
    if agreements is not None:
        frames["afspraken.csv"] = agreements
    found = read_cohort({name: _as_file(frame) for name, frame in frames.items()}, usual=policy)
    return replace(found, findings=tuple(one for one in found.findings if one.code not in ABOUT_BYTES))


def _as_file(frame: pd.DataFrame) -> bytes:
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    columns = [[_text(one) for one in frame.iloc[:, place].tolist()] for place in range(frame.shape[1])]
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([str(name) for name in frame.columns])
    lines.writerows(zip(*columns, strict=True))
    return text.getvalue().encode("utf-8-sig", "surrogatepass")


def _text(value: object) -> str:
    """Write a cell as somebody would type it."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(
            _text(one) for one in (sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)
        )
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
