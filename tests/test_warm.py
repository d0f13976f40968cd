"""Does a fork that ends by itself while it is ended leave whoever ends it alone?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.warm.process import Warm

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
