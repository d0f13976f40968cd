"""Does a file that our own template wrote read the same after any of two hundred mixes of harmless habits?"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from matcher.intake.cohort.rounds import read_cohort
from tests.habits import Habits

if TYPE_CHECKING:
    from matcher.domain.column import Sheet

SAMPLE = Path(__file__).parents[2] / "data" / "voorbeeld"
FILES: dict[Sheet, str] = {"Scholen": "scholen.csv", "Mentoren": "mentoren.csv"}
MIXES, TESTS = 200, 10


READ = read_cohort({name: (SAMPLE / name).read_bytes() for name in FILES.values()})
SAME = READ.given
GOOD: dict[Sheet, list[list[str]]] = {
    table.sheet: [[*table.header], *([*row.cells] for row in table.rows)] for table in READ.tables
}


@pytest.mark.parametrize("test", range(TESTS))
def test_file_of_our_template_reads_the_same_whatever_habits_it_went_through(test: int) -> None:
    assert SAME is not None
    for mix in range(test, MIXES, TESTS):
        files = Habits(Random(f"habits {mix}")).files(GOOD)  # noqa: S311
        read = read_cohort(files)
        wrong = [str(one) for one in read.findings if one.severity == "error"]
        assert (mix, wrong) == (mix, [])
        assert read.given is not None
        assert (mix, read.given.schools, read.given.mentors) == (mix, SAME.schools, SAME.mentors)


def test_habits_differ() -> None:
    names = {name.rpartition(".")[2] for mix in range(30) for name in Habits(Random(f"habits {mix}")).files(GOOD)}  # noqa: S311
    assert names == {"csv", "xlsx", "ods"}
