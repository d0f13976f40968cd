"""Whom should the sessions invite now? The published plan, less who left the cohort since."""

from __future__ import annotations

from dataclasses import replace

import matcher
from service.database.engine import Transaction
from service.rounds.given.round_of_rows import given_of
from service.rounds.run import store as rounds


def cohort_now(transaction: Transaction, public: rounds.RoundRow) -> tuple[matcher.Round, matcher.Plan]:
    """Give the round and the plan of what is published, without the schools and mentors that left since.

    Such a mentor stays known, as one who left, so that whom to tell of a cancellation is known too.
    """
    given, plan = matcher.round_from_document(public.given), matcher.plan_from_document(public.plan)
    now = given_of(transaction, public.cohort)
    schools = {one.id for one in now.schools}
    helping = {one.id for one in now.mentors if one.status != "withdrawn"} - now.withdrawn.keys()
    gone = {one.id: now.withdrawn.get(one.id, matcher.NO_REASON) for one in given.mentors if one.id not in helping}
    return (
        replace(
            given,
            schools=tuple(one for one in given.schools if one.id in schools),
            locks=(),
            resting=(),
            withdrawn=gone,
        ),
        replace(plan, pairs=tuple(one for one in plan.pairs if one.school in schools)),
    )
