"""Do lists as coordinators keep them come in after one file of ours and one pass of answers, as the page says?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import kept_lists
from tests.kept_figures import Figures, figures

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs" / "eigen-lijsten.md"

SOURCES: dict[str, tuple[Callable[[], dict[str, bytes]], Figures]] = {
    "werkboek van Excel": (
        kept_lists.workbook,
        Figures(rows=20, doubled=0, untouched=10, by_mapping=17, by_answer=20, cells=167, asked=3),
    ),
    "werkboek van LibreOffice": (
        kept_lists.open_workbook,
        Figures(rows=20, doubled=0, untouched=10, by_mapping=17, by_answer=20, cells=167, asked=3),
    ),
    "export van een CRM": (
        kept_lists.crm,
        Figures(rows=20, doubled=0, untouched=10, by_mapping=20, by_answer=20, cells=150, asked=0),
    ),
    "antwoorden op een formulier": (
        kept_lists.form,
        Figures(rows=21, doubled=1, untouched=0, by_mapping=20, by_answer=20, cells=148, asked=0),
    ),
}


@pytest.mark.parametrize("name", SOURCES)
def test_every_usable_row_comes_in_after_one_file_and_one_pass_of_answers(name: str) -> None:
    make, expected = SOURCES[name]
    found = figures(make(), kept_lists.ANSWERS)
    assert found == expected
    assert found.by_answer + found.doubled == found.rows
    assert found.share >= 0.9


@pytest.mark.parametrize("name", SOURCES)
def test_page_tells_the_figures(name: str) -> None:
    one = SOURCES[name][1]
    added = (one.untouched, one.by_mapping - one.untouched, one.by_answer - one.by_mapping, one.doubled)
    line = f"| {name} | {one.rows} | {' | '.join(map(str, added))} | {one.cells} | {one.asked} |"
    assert line in PAGE.read_text(encoding="utf-8")
