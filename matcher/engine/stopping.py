"""How does a solver hear that it must stop?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ortools.sat.python import cp_model

from matcher.engine.calls import Stop

ASK_EVERY_SECONDS: Final = 0.1


@contextmanager
def stopping(solver: cp_model.CpSolver, stop: Stop | None) -> Iterator[None]:
    """Ask `stop` while the solver works, and end the search when it says so."""
    if stop is None:
        yield
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(ASK_EVERY_SECONDS):
            if stop():
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
