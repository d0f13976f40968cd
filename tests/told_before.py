"""What does a child of the worker compute for one test that it computed for another? Nothing: it tells it again.

Hundreds of tests begin with the plan of the same cohort, on two kinds of databases. What a job computes follows from
what it is given alone, with no database at hand; so the first of a run that gives something has it computed, and the
next are told what the first was told, line by line. Who gives the same a second time has it computed anew: a test that
asks whether twice the same is the same is answered by the program.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from service.rounds.questions import study
from service.worker import child

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping

ASKER = "asked_by_test"
UNREAD = {"ask": ("round",)}
"""What a job is given that says nothing of its answer: by what name the round is kept."""
STUDIED = ("_resilience", "_suggestions")
"""What takes the time of a study; the mentors' pseudonyms, which are anew for each cohort, come into it afterwards."""
AS_EVER = ("tests/service/jobs/", "tests/service/worker/")
"""Where tests ask how a job is computed, stopped and begun anew: there nothing is told again."""
MOST = 1000

_usual = child._compute


class Notes:
    """A pipe that keeps what is said through it."""

    def __init__(self, pipe: Any) -> None:  # noqa: ANN401 - whatever has a `send`
        """Pass it all on."""
        self._pipe = pipe
        self.said: list[tuple[str, Any]] = []

    def send(self, message: tuple[str, Any]) -> None:
        """Say something."""
        self.said.append(message)
        self._pipe.send(message)


class ToldBefore:
    """What was computed, by what was given, and for which tests."""

    def __init__(self) -> None:
        """Begin with nothing, and nobody who asks."""
        self._known: dict[str, Any] = {}
        self._askers: dict[str, set[str]] = {}
        self._test, self._studied = "", ""
        self._stop: threading.Event | None = None

    def compute(self, pipe: Any, kind: str, payload: dict[str, Any], stop: threading.Event) -> None:  # noqa: ANN401
        """Tell what is known to a test that has not asked it; compute the rest, in place of `child._compute`."""
        self._test, self._stop = payload.pop(ASKER, ""), stop
        self._studied = _digest(payload.get("given"), payload.get("plan"))
        given = _digest(kind, [one for one in payload.items() if one[0] not in UNREAD.get(kind, ())])
        known = self._told(given)
        for message in known or ():
            pipe.send(message)
        if known is None:
            notes = Notes(pipe)
            _usual(notes, kind, payload, stop)
            if notes.said[-1][0] == "done":
                self._keep(given, notes.said)

    def part(self, name: str, usual: Callable[..., Any]) -> Callable[..., Any]:
        """Do the same for a part of a study, for which only the first argument is more than names."""

        def worked_out(asked: Any, *more: Any) -> Any:  # noqa: ANN401 - as the usual one
            given = _digest(name, self._studied, [one for one in more if not callable(one)])
            found = self._told(given)
            if found is None:
                found = usual(asked, *more)
                self._keep(given, found)
            return found

        return worked_out

    def _told(self, given: str) -> Any:  # noqa: ANN401 - whatever was computed
        askers = self._askers.setdefault(given, set())
        is_new = self._test not in askers
        askers.add(self._test)
        return self._known.get(given) if is_new and self._test else None

    def _keep(self, given: str, found: object) -> None:
        whole = self._stop is None or not self._stop.is_set()  # else it may be a part
        if whole and len(self._known) < MOST:
            self._known[given] = found


def _digest(*given: object) -> str:
    return hashlib.sha256(repr(given).encode(errors="surrogatepass")).hexdigest()


def tell_again() -> None:
    """Have this process compute nothing for a test that it computed for another."""
    known = ToldBefore()
    child._compute = known.compute
    for name in STUDIED:
        setattr(study, name, known.part(name, getattr(study, name)))


@contextmanager
def with_askers() -> Iterator[None]:
    """Have children hear which test asks."""
    usual = child.Child.ask

    def ask(self: child.Child, kind: str, payload: Mapping[str, Any]) -> None:
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
        usual(self, kind, payload if test.startswith(AS_EVER) else {**payload, ASKER: test})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child.Child, "ask", ask)
        yield
