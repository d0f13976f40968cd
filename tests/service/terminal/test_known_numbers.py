"""Does a later round know its schools by the plan before, whatever a spreadsheet made of their numbers?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.bad_inputs.cohorts import OTHER_SCHOOL, SCHOOL, cohort_files, csv_table
from tests.journeys.command import run

if TYPE_CHECKING:
    from pathlib import Path


def test_later_round_without_its_zeros_is_of_the_same_schools(tmp_path: Path) -> None:
    cohort = tmp_path / "cohorte"
    cohort.mkdir()
    for name, content in cohort_files().items():
        (cohort / name).write_bytes(content)
    assert run("round", cohort, "--out", tmp_path / "een").code == 0
    bare = [one | {"schoolnummer": one["schoolnummer"].lstrip("0")} for one in (SCHOOL, OTHER_SCHOOL)]
    (cohort / "scholen.csv").write_text(csv_table(bare), encoding="utf-8", newline="")
    told = run("round", cohort, "--out", tmp_path / "twee", "--previous", tmp_path / "een" / "plan.json")
    assert told.code == 0, told.err
    assert "2 schoolnummers zijn herkend als die van de cohorte: «34561» is 034561." in told.err
    plans = [json.loads((tmp_path / name / "plan.json").read_text(encoding="utf-8")) for name in ("een", "twee")]
    pairs = [{(one["school"], one["mentor"]) for one in plan["pairs"]} for plan in plans]
    assert pairs[0] == pairs[1]
