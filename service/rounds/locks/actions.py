"""How is a pair locked, forbidden or let go?"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import matcher
from service.core.errors import conflict, invalid
from service.rounds.locks.shapes import LockIn, LockOut

if TYPE_CHECKING:
    from service.rounds.given import locks_store


def shown(row: locks_store.LockRow) -> dict[str, Any]:
    """Write an agreement."""
    return {name: getattr(row, name) for name in LockOut.model_fields}


def conflict_document(found: matcher.Conflict) -> dict[str, Any]:
    """Write a conflict: the sentence, the smallest set at fault, and the ways out."""
    return {
        "sentence": found.sentence,
        "locks": [asdict(one) for one in found.locks],
        "rules": list(found.rules),
        "remedies": list(found.remedies),
    }


def _checked(given: matcher.Round, body: LockIn) -> matcher.Lock:
    """Give the agreement; raises Problem 422 for who is not there, 409 for what can't hold."""
    schools, mentors = ([one.id for one in side] for side in (given.schools, given.mentors))
    if body.school not in schools:
        raise invalid("/school", "unknown_school", f"Deze school is er niet. {_guess(body.school, schools)}")
    if body.mentor not in mentors:
        raise invalid("/mentor", "unknown_mentor", f"Deze mentor is er niet. {_guess(body.mentor, mentors)}")
    if body.override and body.kind == "forbidden":
        raise invalid("/override", "override_of_nothing", "Een verbod gaat tegen geen regel in. Laat «override» weg.")
    lock = matcher.Lock(**body.model_dump())
    same = [one for one in given.locks if (one.school, one.mentor, one.kind) == (lock.school, lock.mentor, lock.kind)]
    if same:
        raise conflict("already_there", "Deze afspraak is er al. Schrap ze eerst als u ze wilt wijzigen.")
    found = matcher.lock_conflict(given, lock)
    if found is not None:
        detail = " ".join((found.sentence, *found.remedies))
        raise conflict("lock_conflict", detail, conflict=conflict_document(found))
    return lock


def _guess(key: str, known: list[str]) -> str:
    guess = matcher.did_you_mean(key, known)
    return guess if guess.startswith("Bedoelde") else "Kijk het nummer na."
