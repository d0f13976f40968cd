"""How is a question about a plan asked, and answered from what was studied?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

import matcher
from service.core.errors import Problem, conflict, invalid
from service.jobs import store as jobs
from service.rounds.questions import store as suggestions

if TYPE_CHECKING:
    from service.database.engine import Transaction
    from service.rounds.questions.shapes import WhatIfIn
    from service.rounds.run import store as rounds


def suggestions_of(
    transaction: Transaction, row: rounds.RoundRow, school: str | None, mentor: str | None
) -> dict[str, Any]:
    """Give the suggestions of one school or mentor as the portal will; raises Problem 404, 409 or 422."""
    return json.loads(suggestions_body(transaction, row, school, mentor))  # type: ignore[no-any-return]


def suggestions_body(transaction: Transaction, row: rounds.RoundRow, school: str | None, mentor: str | None) -> bytes:
    """Give the very bytes that the portal gets for one school or mentor."""
    if (school is None) == (mentor is None):
        raise invalid("/query/school", "one_of_both", "Vraag naar één school (school=) of naar één mentor (mentor=).")
    if school is not None:
        side, subject = "school", school_of(row, school)
    else:
        side, key = "mentor", mentor_of(row, str(mentor))
        subject = suggestions.pseudonyms(transaction, row.cohort).get(key, "")
    body = suggestions.of_round(transaction, row.id, side, subject)
    if body is None:
        raise not_studied(transaction, row)
    return body


def not_studied(transaction: Transaction, row: rounds.RoundRow) -> Problem:
    """Answer that what follows from a plan is still being worked out, or never will be."""
    job = jobs.unfinished(transaction, row.id, "study_round")
    found = jobs.find(transaction, job) if job is not None else None
    detail = "Wat uit dit plan volgt, wordt nog uitgezocht. Probeer het zo opnieuw."
    if found is not None and found.ended:
        detail = "Het uitzoeken van wat uit dit plan volgt, is gestopt of mislukt. Reken een nieuwe ronde uit."
    return conflict("not_studied", detail, job=f"/v1/jobs/{job}" if job is not None else None)


def school_of(row: rounds.RoundRow, key: str) -> str:
    """Give the number of a school of a round; raises Problem 404 with the nearest."""
    return _member_of(row, "school", key)


def mentor_of(row: rounds.RoundRow, key: str) -> str:
    """Give the number of a mentor of a round; raises Problem 404 with the nearest."""
    return _member_of(row, "mentor", key)


def _member_of(row: rounds.RoundRow, side: Literal["school", "mentor"], key: str) -> str:
    assert row.given is not None  # noqa: S101 - found with its documents
    if any(one["id"] == key for one in row.given[f"{side}s"]):
        return key
    given = matcher.round_from_document(row.given)
    try:
        return matcher.find_school(given, key) if side == "school" else matcher.find_mentor(given, key)
    except matcher.InvalidValueError as error:
        raise Problem(404, f"unknown_{side}", str(error)) from error


def _tried(row: rounds.RoundRow, body: WhatIfIn) -> dict[str, Any]:
    """Give what to try, the same for equal questions; raises Problem 422 where it names nothing or nobody."""
    if not body.locks and not body.withdrawn:
        raise invalid("", "nothing_asked", "Zeg welke afspraken of welke uitval u wilt uitproberen.")
    locks = []
    for place, one in enumerate(body.locks):
        found = {
            "school": _named(row, "school", one.school, f"/locks/{place}/school"),
            "mentor": _named(row, "mentor", one.mentor, f"/locks/{place}/mentor"),
        }
        locks.append(one.model_dump() | found)
    withdrawn = {_named(row, "mentor", one, f"/withdrawn/{place}") for place, one in enumerate(body.withdrawn)}
    locks.sort(key=lambda one: (one["school"], one["mentor"], one["kind"]))
    return {"locks": locks, "withdrawn": sorted(withdrawn)}


def _named(row: rounds.RoundRow, side: Literal["school", "mentor"], key: str, pointer: str) -> str:
    try:
        return _member_of(row, side, key)
    except Problem as problem:
        raise invalid(pointer, problem.code, problem.detail) from problem
