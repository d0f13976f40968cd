"""Which round do a cohort's rows describe now?"""

from __future__ import annotations

import json
from dataclasses import replace

import matcher
from service.cohorts.members import store as members
from service.cohorts.members import withdrawn_store
from service.core.crashpoints import reach
from service.database.engine import Transaction
from service.rounds.given import locks_store
from service.rounds.given.rows_store import Rows, rows_of


def given_of(transaction: Transaction, cohort: str) -> matcher.Round:
    """Make the round of a cohort's schools, mentors, agreements, newest policy and withdrawals."""
    return given_from(rows_of(transaction, cohort))


def given_from(rows: Rows) -> matcher.Round:
    """Make a round of rows, and of nothing else.

    A baseline that was submitted takes the place of what a school's row says. The required agreements of who
    withdrew rest: they are kept, and count again once the mentor is back.
    """
    given = replace(
        _people(rows),
        policy=matcher.Policy() if rows.policy is None else matcher.policy_from_document(json.loads(rows.policy)),
        withdrawn={mentor: withdrawn_store.word_of(reason) for mentor, reason in rows.withdrawn},
    )
    given = matcher.let_rest(given, given.withdrawn)
    measured = [matcher.measurement_from_document(json.loads(text)) for text in rows.measurements]
    return matcher.with_baselines(given, measured)


def people_of(transaction: Transaction, cohort: str) -> matcher.Round:
    """Make the round of a cohort's schools, mentors and agreements alone, as their rows are."""
    return _people(rows_of(transaction, cohort))


def _people(rows: Rows) -> matcher.Round:
    return matcher.Round(
        schools=tuple(matcher.school_from_document(json.loads(text)) for text in rows.schools),
        mentors=tuple(matcher.mentor_from_document(json.loads(text)) for text in rows.mentors),
        locks=tuple(matcher.Lock(*one) for one in rows.locks),  # type: ignore[arg-type]
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
