"""Does the cohort of a selection hold just those vetoes of its mentors that are of chosen schools?"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.journeys.command import run
from tests.journeys.year_tables import SAMPLE_YEAR, rows_of, write_rows

if TYPE_CHECKING:
    from pathlib import Path


def vetoes(folder: Path) -> str:
    """Give what the mentor refuses in the cohort."""
    rows = {row["mentornummer"]: row for row in rows_of(folder / "cohorte" / "mentoren.csv")}
    return rows["M201"]["niet_met"]


def test_veto_of_a_school_that_waits_is_left_out_and_that_of_a_chosen_one_stays(tmp_path: Path) -> None:
    folder = shutil.copytree(SAMPLE_YEAR, tmp_path / "traject")
    assert run("trajectory", "select", folder, "--without-reasons").code == 0
    chosen = {row["schoolnummer"] for row in rows_of(folder / "cohorte" / "scholen.csv")}
    waiting = min({row["schoolnummer"] for row in rows_of(folder / "aanmeldingen.csv")} - chosen)
    told = f"{min(chosen)}, {waiting.lstrip('0')}"
    mentors = rows_of(folder / "aanmeldingen-mentoren.csv")
    write_rows(
        folder / "aanmeldingen-mentoren.csv",
        [row | {"niet_met": told if row["mentornummer"] == "M201" else ""} for row in mentors],
    )
    again = run("trajectory", "select", folder, "--again", "--without-reasons")
    assert again.code == 0, again.err
    there = {row["schoolnummer"] for row in rows_of(folder / "cohorte" / "scholen.csv")}
    assert vetoes(folder) == ", ".join(one for one in (min(chosen), waiting.lstrip("0")) if one.zfill(6) in there)
    assert run("check", folder / "cohorte").code == 0
