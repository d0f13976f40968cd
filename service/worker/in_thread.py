"""How does a worker wait on a network without its end having to wait too?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


def in_thread(run: Callable[..., Any], *given: object) -> Future[Any]:
    """Run something in a thread for which the end of the process does not wait."""
    doing: Future[Any] = Future()

    def work() -> None:
        try:
            doing.set_result(run(*given))
        except BaseException as error:  # noqa: BLE001 - whoever waits hears of it
            doing.set_exception(error)

    threading.Thread(target=work, daemon=True, name="in2stem-network").start()
    return doing
