"""What is known beside the plan that a page shows?"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from service.access.work import Work
from service.cohorts.members.actions import find_member
from service.cohorts.members.kinds import MENTOR, SCHOOL
from service.cohorts.members.names import Names, gone_mentors
from service.core.addresses import path_to
from service.core.errors import if_there
from service.rounds.locks.shapes import LockOut
from service.web.pages.page import Undo

Known = TypeVar("Known")


def known(read: Callable[[], Known]) -> Known | None:
    """Read what follows from a plan; None while that is still being worked out."""
    return if_there(read, HTTPStatus.CONFLICT)


def gone_since(work: Work, cohort: str, plan: Mapping[str, Any]) -> Container[str]:
    """Give who left; for who may not be told, as far as the plan tells."""
    withdrawn: Container[str] = plan["withdrawn"]
    return gone_mentors(work, cohort) if work.is_trusted else withdrawn


def lock_words(work: Work, cohort: str, lock: LockOut, words: tuple[str, str] = ("vastgezet", "verboden")) -> str:
    """Say which agreement was made or taken back."""
    school, mentor = find_member(work, cohort, SCHOOL, lock.school), find_member(work, cohort, MENTOR, lock.mentor)
    names = Names({lock.school: school} if school else {}, {lock.mentor: mentor} if mentor else {})
    done = words[0] if lock.kind == "required" else words[1]
    return f"{names.mentor(lock.mentor)} bij {names.school(lock.school)} is {done}."


def undo_lock(cohort: str, lock: LockOut, back: str) -> Undo:
    """Give the form that takes an agreement back."""
    _, _, query = back.partition("?")
    return Undo(path_to("/cohorten/{}/plan/los", cohort) + (f"?{query}" if query else ""), {"afspraak": lock.id})
