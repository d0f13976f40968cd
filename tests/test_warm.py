"""Is a fork of the program what the program is: does it end alike, and speak where it was started?"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from tests.warm.process import Warm
from tests.warm.typed import typed_as

if TYPE_CHECKING:
    from pathlib import Path


def test_signal_to_a_fork_that_ended_before_anybody_was_told_is_none(tmp_path: Path) -> None:
    with (tmp_path / "said").open("w+b") as said:
        fork = Warm(["--version"], os.environ, said, said)
        assert fork.wait(60) == 0
        fork.returncode = None  # as where its end is known to the system, and not yet to us
        fork.kill()
        fork.terminate()
        said.seek(0)
        assert said.read()


def test_command_that_a_shell_types_ends_and_speaks_as_the_program(tmp_path: Path) -> None:
    with typed_as(tmp_path / "in2stem"):
        well, wrong = (
            subprocess.run(one, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S602 - our own words
            for one in ("./in2stem --version", "./in2stem round nergens")
        )
    assert (well.returncode, well.stdout.startswith("in2stem "), well.stderr) == (0, True, "")
    assert (wrong.returncode, wrong.stdout, "in2stem round: " in wrong.stderr) == (2, "", True), wrong.stderr
