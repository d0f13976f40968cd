"""How does a test come between a child and its answer? The child is frozen once it has begun to compute."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING, Any

from service.worker.child import Child, _processor_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

BEGUN = 0.02
"""Seconds that it ran: it reads what it was given, which takes several times as long."""
PATIENCE = 300.0


class Frozen:
    """Children that were asked something and lie still in the middle of it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """Freeze each that is asked from now on, before whoever asks hears of it again."""
        self.children: list[Child] = []
        usual = Child.ask

        def ask(child: Child, kind: str, payload: Mapping[str, Any]) -> None:
            usual(child, kind, payload)
            end = time.monotonic() + PATIENCE
            while _processor_seconds(child._process.pid)[0] - child._begun[0] < BEGUN:
                assert time.monotonic() < end, "it computes nothing"
                time.sleep(0.002)
            self._signal(child, signal.SIGSTOP)
            self.children.append(child)

        patch.setattr(Child, "ask", ask)

    def go_on(self) -> None:
        """Let them compute on."""
        for one in self.children:
            self._signal(one, signal.SIGCONT)

    @staticmethod
    def _signal(child: Child, how: signal.Signals) -> None:
        assert child._process.pid
        os.kill(child._process.pid, how)
