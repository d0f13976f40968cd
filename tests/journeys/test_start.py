"""Does the command end well where somebody stops it early, or reads no further?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from service import start
from tests.journeys.command import SAMPLE

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "import sys; from service.start import main; sys.exit(main())")


def test_stop_while_it_loads_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("service.cli.main", stopped)
    assert start.main() == 4
    assert capsys.readouterr().err == "Gestopt.\n"


def test_who_reads_no_further_does_not_hold_up_the_work(tmp_path: Path) -> None:
    words = (*COMMAND, "round", str(SAMPLE), "--out", str(tmp_path / "plan"))
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=quiet) as process:  # noqa: S603 - our own words
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(60) == 0
    assert (tmp_path / "plan" / "plan.json").is_file()
