"""Does the notebook run from top to bottom, and show what it promises?"""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from matcher import Plan
from matcher.frames import PlanMap

if TYPE_CHECKING:
    import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def cells(kind: str) -> list[str]:
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ["".join(one["source"]) for one in book["cells"] if one["cell_type"] == kind]


def shown(source: str, names: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the cell shows
    """Run a cell as a notebook does; give the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own notebook
    return None if last is None else eval(ast.unparse(last), names)  # noqa: S307


def test_every_cell_runs_and_shows_a_table_or_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(NOTEBOOK.parent)
    names: dict[str, Any] = {}
    answers = [shown(one, names) for one in cells("code")]
    assert answers[0] is None
    assert isinstance(answers[1], PlanMap)
    assert isinstance(names["plan"], Plan)
    assert names["plan"].proven
    for one in answers[2:]:
        assert isinstance(one, (pd.DataFrame, pd.Series))
        assert len(one) > 0


def test_two_frames_become_a_plotted_plan_in_three_lines() -> None:
    assert len(cells("code")[1].splitlines()) == 3
    assert any("Drie regels" in one for one in cells("markdown"))


def test_the_notebook_keeps_no_answers_that_could_grow_old() -> None:
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = [one for one in book["cells"] if one["cell_type"] == "code"]
    assert [one for one in code if one["outputs"] or one["execution_count"]] == []
