"""Does help come without waiting for what only commands need?"""

from __future__ import annotations

import subprocess
import sys

import pytest

ASKED = """
import sys
from service.start import main
sys.argv = ["in2stem", *sys.argv[1:]]
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print(*sorted({"numpy", "ortools", "pandas", "sqlalchemy", "fastapi"} & set(sys.modules)), sep=",")
"""


@pytest.mark.parametrize("words", [("--help",), ("round", "--help"), ("sessions", "--help"), ("price", "--help")])
def test_help_loads_no_arrays_no_solver_and_no_service(words: tuple[str, ...]) -> None:
    told = subprocess.run([sys.executable, "-c", ASKED, *words], check=True, capture_output=True, text=True)  # noqa: S603
    assert told.stdout.splitlines()[-1] == ""
    assert "in2stem" in told.stdout
