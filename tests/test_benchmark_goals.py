"""Do the solvers beside which the engine is measured reach every goal? Their packages are the benchmarks' own."""

from __future__ import annotations

import ast
from pathlib import Path

from matcher.domain.policy import GOALS

ROWS = Path(__file__).parents[1] / "benchmarks" / "peers" / "rows.py"


def test_peers_know_what_each_goal_adds() -> None:
    functions = [one for one in ast.parse(ROWS.read_text("utf-8")).body if isinstance(one, ast.FunctionDef)]
    gain = next(one for one in functions if one.name == "gain")
    named = {one.value for one in ast.walk(gain) if isinstance(one, ast.Constant)}
    assert set(GOALS) - {"worst_pair"} <= named
