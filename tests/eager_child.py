"""How does a child of the worker compute while tests run? In its turn, like any other process; and years briefly.

A child leaves the processor to whatever else wants it, so that the web answers while it computes. Where other tests
want all of it, it would wait for ten seconds, be given up, and be started anew.

A year of three schools is searched for seconds, and is as good after a tenth of one: tests of the service ask what
becomes of a year. What a whole search finds is asked in tests/sessions and tests/journeys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.engine.year.annealing import Effort
from matcher.sessions import ladder, schedule
from matcher.sessions.clock import Clock
from service.worker import child
from tests.told_before import tell_again

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from matcher.engine.calls import Stop
    from matcher.engine.year.year_problem import YearProblem

BRIEF = Effort(chains=8, mixing=40, nearing=180, saving=60, proof=0.1)
SEARCHING = (ladder, schedule)
"""The modules that choose an effort by the size of a year."""

SHORT = 2.0
"""Seconds for a whole year: few of them can be proven to be the best in any time that a test has."""

_usual = child._serve


def serve(pipe: Connection, pressing: bool) -> None:  # noqa: FBT001 - as the usual one
    """Compute what comes through the pipe, in no lower place than others, with a short search for each year."""
    child._give_way = _keep_place  # in this process alone, as all of this
    for module in SEARCHING:
        module.effort_for = brief_for
    schedule.Clock = _clock
    _usual(pipe, pressing)


def serve_briefly(pipe: Connection, pressing: bool) -> None:  # noqa: FBT001 - as the usual one
    """Do the same; what was computed for one test is told to the next."""
    tell_again()
    serve(pipe, pressing)


def brief_for(_given: YearProblem) -> Effort:
    """Choose the short search, whatever the size of the year; in place of `effort_for`."""
    return BRIEF


def _clock(seconds: float, stop: Stop | None) -> Clock:
    return Clock(min(seconds, SHORT), stop)


def _keep_place(*, pressing: bool) -> None:
    """Stay as niced as the tests are."""
