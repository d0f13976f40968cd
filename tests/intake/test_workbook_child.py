"""Does a workbook's own process stay small and alone, and is its death the file's fault?"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from matcher.intake.reading import workbook as intake_workbook
from tests.bad_inputs.cohorts import cohort_files, read_book, the, workbook

if TYPE_CHECKING:
    from pathlib import Path

CHILD = intake_workbook._CHILD
HEAVY = ["numpy", "openpyxl", "ortools", "pandas", "pydantic"]


def run(code: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run Python on a text."""
    return subprocess.run([sys.executable, "-c", code], input=stdin, capture_output=True, check=False)  # noqa: S603


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("import os; os.kill(os.getpid(), 9)", "too_large"),
        ("import time; time.sleep(60)", "too_large"),
        ("raise SystemExit(3)", "too_large"),
        ("print('no json')", "damaged_file"),
    ],
)
def test_child_that_ends_early_refuses_the_file(
    script: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "child.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(intake_workbook, "_CHILD", tmp_path / "child.py")
    monkeypatch.setattr(intake_workbook, "_SECONDS", 1)
    assert the(read_book(workbook()), code).place == "cohort.xlsx"


def test_child_reads_where_the_platform_has_no_limits() -> None:
    code = f"import runpy, sys; sys.modules['resource'] = None; runpy.run_path({str(CHILD)!r}, run_name='__main__')"
    answer = json.loads(run(code, workbook()).stdout)
    assert [sheet["name"] for sheet in answer["sheets"]] == ["Scholen", "Mentoren"]


def test_child_limits_its_memory_where_it_can() -> None:
    code = f"import runpy; limit = runpy.run_path({str(CHILD)!r})['_limit']; limit(); x = bytearray(600_000_000)"
    assert b"MemoryError" in run(code).stderr


def test_child_loads_nothing_heavy() -> None:
    code = f"import runpy, sys; runpy.run_path({str(CHILD)!r}, run_name='__main__');"
    code += f"print([n for n in {[*HEAVY, 'matcher']} if sys.modules.get(n)])"
    assert run(code, workbook()).stdout.strip().endswith(b"}[]")


def test_csv_is_read_without_a_child_and_without_heavy_libraries() -> None:
    code = (
        "import subprocess, sys; subprocess.run = None; from matcher.intake.cohort.rounds import read_cohort;"
        f"assert read_cohort({cohort_files()!r}).given; print([n for n in {HEAVY} if sys.modules.get(n)])"
    )
    assert run(code).stdout.strip() == b"['numpy']"
