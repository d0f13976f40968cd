"""How does a child of the worker take its turn while tests run? Like any other process.

A child leaves the processor to whatever else wants it, so that the web answers while it computes. Where other tests
want all of it, it would wait for ten seconds, be given up, and be started anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.worker import child

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_usual = child._serve


def serve(pipe: Connection, pressing: bool) -> None:  # noqa: FBT001 - as the usual one
    """Compute what comes through the pipe, in no lower place than others."""
    child._give_way = _keep_place  # in this process alone
    _usual(pipe, pressing)


def _keep_place(*, pressing: bool) -> None:
    """Stay as niced as the tests are."""
