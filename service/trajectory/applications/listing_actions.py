"""How do applications come in that were gathered elsewhere: a list with a row for each school?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import matcher
from service.access.action import action
from service.access.work import Work
from service.core.errors import Fault, Problem
from service.trajectory.applications import store as applications
from service.web.uploads import checked

SHOWN = 10
"""So many faults of a list are told at once."""

OVER = ("refused", "withdrawn")


class Listed(NamedTuple):
    """How many applications came in, and how many were there already."""

    added: int
    known: int


@action("coordinator")
def add_listed(work: Work, cohort: str, files: Iterable[tuple[str, bytes]]) -> Listed:
    """Take in the schools of a list, whole or not at all; a school with an open application stays as it is.

    Raises Problem 413, 415 or 422 for a file that can't be read, and 422 that names each row with a fault.
    """
    received = [matcher.read_school_applications(one.content, one.name) for one in checked(files)]
    _refuse([one for each in received for one in each.findings])
    made = [one for each in received for one in each.applications]
    _refuse_accepted(made)
    with work.changing(cohort) as transaction:
        rows = [row.value for row in applications.listed(transaction, cohort, "school") if row.state not in OVER]
        known = {one.school.id for one in rows if one.school is not None}
        new = [one for one in made if one.school is not None and one.school.id not in known]
        for one in new:
            row = applications.add(transaction, cohort, replace(one, id=applications.new_number()), work.caller.by)
            work.audit(transaction, "application.listed", row.id, cohort)
    return Listed(len(new), len(made) - len(new))


def _refuse(findings: Sequence[matcher.Finding]) -> None:
    wrong = [one for one in findings if one.severity == "error"]
    if wrong:
        told = [Fault("/files", one.code, f"{one.place}: {one.message} {one.remedy}") for one in wrong[:SHOWN]]
        raise Problem(422, "bad_list", "Er is niets ingelezen: verbeter eerst wat hieronder staat.", faults=told)


def _refuse_accepted(made: Iterable[matcher.Application]) -> None:
    """Refuse who is accepted already: here that puts a school in the cohort, which is a step of its own."""
    told = [
        Fault("/files", "accepted", f"{one.who}: aanvaard een school hier in de rij; dan komt ze in de cohorte.")
        for one in made
        if one.state == "accepted"
    ]
    if told:
        raise Problem(422, "bad_list", "Laat de stand «aanvaard» weg uit de lijst.", faults=told[:SHOWN])
