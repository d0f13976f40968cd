"""Can a row or a sheet of an import be left out, and come back?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bad_inputs.cohorts import cohort_files
from tests.service_imports import Desk

if TYPE_CHECKING:
    from service.database.engine import Database


def test_row_and_sheet_are_left_out_and_taken_back(database: Database) -> None:
    desk = Desk(database)
    address = desk.previewed(cohort_files() | {"oud  2025.csv": cohort_files()["scholen.csv"]})
    assert desk.look(address)["counts"]["errors"] == 1
    whole = {"file": "oud  2025.csv", "sheet": None, "row": None, "column": None, "value": ""}
    row = whole | {"file": "scholen.csv", "row": 3}
    desk.mend(address, fixes=[whole, row])
    found = desk.look(address)
    assert (found["counts"]["errors"], found["counts"]["schools"], found["fixes"]) == (0, 1, [whole, row])
    desk.mend(address, fixes=[one | {"value": None} for one in (whole, row)])
    assert (desk.look(address)["counts"]["errors"], desk.look(address)["fixes"]) == (1, [])


@pytest.mark.parametrize("part", [{"row": 3, "column": None}, {"row": None, "column": "naam"}])
def test_text_for_no_single_cell_is_refused(database: Database, part: dict[str, object]) -> None:
    desk = Desk(database)
    address = desk.previewed(cohort_files())
    refused = desk.mend(address, fixes=[{"file": "scholen.csv", "value": "x"} | part])
    assert (refused.status_code, refused.json()["errors"][0]["detail"]) == (
        422,
        "Een tekst hoort in één cel: noem rij en kolom.",
    )
