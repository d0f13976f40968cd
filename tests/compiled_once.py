"""How often is a statement put into words for a database? Once a run, not once for the database of each test."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.util import LRUCache

from service.database import engine

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, MutableMapping

    from sqlalchemy.engine import Dialect, Engine

MOST = 4000


class Words:
    """What statements were compiled to for one kind of database: the first part of a key is one engine's dialect."""

    def __init__(self, known: MutableMapping[Hashable, Any]) -> None:
        """Know what was compiled for other engines that were made the same way."""
        self._known = known

    def get(self, key: tuple[Dialect, *tuple[Hashable, ...]], default: object = None) -> object:
        """Give what was compiled, by whichever engine."""
        return self._known.get(key[1:], default)

    def __setitem__(self, key: tuple[Dialect, *tuple[Hashable, ...]], compiled: object) -> None:
        """Keep it for all."""
        self._known[key[1:]] = compiled


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let all databases of the program that are of a kind share what their statements are in SQL."""
    usual, known = engine._engine, {}

    def made(address: str, pool_size: int) -> Engine:
        one = usual(address, pool_size)
        words = known.setdefault(one.dialect.name, LRUCache(MOST))
        one.update_execution_options(compiled_cache=Words(words))
        return one

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_engine", made)
        yield
