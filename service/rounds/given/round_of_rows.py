"""Which round do a cohort's rows describe now?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import matcher
from service.cohorts.members import store as members
from service.cohorts.members import withdrawn_store
from service.cohorts.policy import store as rules
from service.core.crashpoints import reach
from service.measuring import store as measurements
from service.rounds.given import locks_store

if TYPE_CHECKING:
    from service.database.engine import Transaction


def given_of(transaction: Transaction, cohort: str) -> matcher.Round:
    """Make the round of a cohort's schools, mentors, agreements, newest policy and withdrawals.

    A baseline that was submitted takes the place of what a school's row says. The required agreements of who
    withdrew rest: they are kept, and count again once the mentor is back.
    """
    given = replace(
        people_of(transaction, cohort),
        policy=rules.newest(transaction, cohort).policy,
        withdrawn=withdrawn_store.words(transaction, cohort),
    )
    given = matcher.let_rest(given, given.withdrawn)
    return matcher.with_baselines(given, measurements.listed(transaction, cohort))


def people_of(transaction: Transaction, cohort: str) -> matcher.Round:
    """Make the round of a cohort's schools, mentors and agreements alone, as their rows are."""
    return matcher.Round(
        schools=tuple(
            matcher.school_from_document(row.document) for row in members.listed(transaction, "school", cohort)
        ),
        mentors=tuple(
            matcher.mentor_from_document(row.document) for row in members.listed(transaction, "mentor", cohort)
        ),
        locks=tuple(row.value for row in locks_store.listed(transaction, cohort)),
    )


def save_people(transaction: Transaction, cohort: str, given: matcher.Round, by: str) -> None:
    """Make a round's schools, mentors and agreements the only ones of a cohort.

    Rows that stay the same keep their version; a mentor who stays keeps the pseudonym.
    """
    schools = [matcher.school_to_document(one) for one in given.schools]
    mentors = [matcher.mentor_to_document(one) for one in given.mentors]
    members.replace(transaction, "school", cohort, schools, by)
    reach("import.inside")
    members.replace(transaction, "mentor", cohort, mentors, by)
    locks_store.replace(transaction, cohort, given.locks, by)
