"""Does a thread begin a transaction while it has one open on the same database?"""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from threading import local
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from service.database.engine import Database, Transaction

_of_thread = local()


@contextmanager
def meanwhile() -> Iterator[None]:
    """Let a test do what somebody else does while its own transaction is open."""
    held: set[int] = _of_thread.__dict__.setdefault("held", set())
    mine = set(held)
    held.clear()
    try:
        yield
    finally:
        held.update(mine)


def alone(begin: Callable[[Database], AbstractContextManager[Transaction]]) -> Callable[..., object]:
    """Wrap a way to begin a transaction; the wrapped one raises AssertionError where the thread has one open already.

    A reader of SQLite that reads once more on a second connection waits for a writer who waits for that reader.
    """

    @wraps(begin)
    @contextmanager
    def begun(database: Database) -> Iterator[Transaction]:
        held: set[int] = _of_thread.__dict__.setdefault("held", set())
        assert id(database) not in held, "a transaction is begun while this thread has one open"
        held.add(id(database))
        try:
            with begin(database) as transaction:
                yield transaction
        finally:
            held.discard(id(database))

    return begun
