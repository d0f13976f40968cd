"""Does a route know what a query asks? A parameter that it does not know, or that comes twice, would do nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from http import HTTPStatus

from fastapi.dependencies.models import Dependant

import matcher
from service.core.errors import Fault, Problem
from service.web.strict import escape


def names_of(one: Dependant) -> frozenset[str]:
    """Give the names of the query parameters that a route takes, with those of all that it depends on."""
    return frozenset(_names(one))


def _names(one: Dependant) -> Iterator[str]:
    yield from (field.alias for field in one.query_params)
    for deeper in one.dependencies:
        yield from _names(deeper)


def refuse_idle(asked: Iterable[tuple[str, str]], known: frozenset[str]) -> None:
    """Raise Problem 422 for a parameter that is not known, and for one that comes more than once: each takes one."""
    faults = [_fault(name, times, known) for name, times in Counter(name for name, _ in asked).items()]
    found = tuple(one for one in faults if one is not None)
    if found:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", found[0].detail, found)


def _fault(name: str, times: int, known: frozenset[str]) -> Fault | None:
    pointer = f"/query/{escape(name[:80])}"
    if name not in known:
        guess = matcher.did_you_mean(name[:80], sorted(known)) if known else "Hier wordt niets gevraagd."
        return Fault(pointer, "unknown_parameter", f"Deze vraag kent geen «{name[:80]}». {guess}".strip())
    if times > 1:
        return Fault(pointer, "repeated_parameter", f"«{name}» staat er {times} keer. Geef het één keer.")
    return None
