"""Is the hash that is known by the content of the rows the hash of the round that the rows describe?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import matcher
from matcher.domain.policy import Policy
from service.cohorts.cohort import store as cohorts
from service.cohorts.documents import store as papers
from service.cohorts.members import store as members
from service.cohorts.members import withdrawn_store
from service.cohorts.policy import store as rules
from service.database.ids import now
from service.rounds.given import locks_store
from service.rounds.given.known_hash import KnownHashes
from service.rounds.given.round_of_rows import given_from, given_of, save_people
from service.rounds.given.rows_store import rows_of
from tests.builders import a_mentor, a_round, a_school, forbidden, required
from tests.trajectory.making import measured

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.database.engine import Database, Transaction

    Write = Callable[[Transaction, str], object]


def a_kept_cohort(database: Database) -> str:
    with database.write() as transaction:
        row = cohorts.add(transaction, name="A", region="Limburg", school_year=2026, keep_until=now())
        save_people(transaction, row.id, a_round([a_school(1), a_school(2)], [a_mentor(1), a_mentor(2)]), "per_1")
    return row.id


def a_changed_school(transaction: Transaction, cohort: str) -> None:
    row = members.find(transaction, "school", cohort, "S001")
    assert row is not None
    document = matcher.school_to_document(a_school(1, name="Anders"))
    members.change(transaction, "school", row, document, "per_1")


def a_measured_school(transaction: Transaction, cohort: str) -> None:
    document = matcher.measurement_to_document(measured())
    papers.put(transaction, cohort, "measurement", "S001-baseline", document, "per_1")


WRITES: dict[str, Write] = {
    "school_added": lambda t, c: members.add(t, "school", c, [matcher.school_to_document(a_school(3))], "per_1"),
    "school_changed": a_changed_school,
    "school_removed": lambda t, c: members.remove(t, "school", c, ["S002"]),
    "mentor_added": lambda t, c: members.add(t, "mentor", c, [matcher.mentor_to_document(a_mentor(3))], "per_1"),
    "mentor_removed": lambda t, c: members.remove(t, "mentor", c, ["M002"]),
    "agreement": lambda t, c: locks_store.add(t, c, required("S001", "M001"), "per_1"),
    "ban": lambda t, c: locks_store.add(t, c, forbidden("S001", "M001"), "per_1"),
    "policy": lambda t, c: rules.add(t, c, Policy(max_minutes=45), 1, "per_1"),
    "withdrawal": lambda t, c: withdrawn_store.add(t, c, "M001", "illness", "", "per_1"),
    "measurement": a_measured_school,
}


@pytest.mark.parametrize("name", WRITES)
def test_every_write_that_changes_the_round_changes_its_rows(database: Database, name: str) -> None:
    cohort, known = a_kept_cohort(database), KnownHashes()
    with database.write() as transaction:
        before = known.hash_of(rows_of(transaction, cohort), given_from)
        assert before == matcher.inputs_hash(given_of(transaction, cohort))
        WRITES[name](transaction, cohort)
        after = known.hash_of(rows_of(transaction, cohort), given_from)
        assert after == matcher.inputs_hash(given_of(transaction, cohort)) != before
    assert len(known) == 2


def test_the_rows_of_another_cohort_do_not_count(database: Database) -> None:
    one, other = a_kept_cohort(database), a_kept_cohort(database)
    with database.write() as transaction:
        before = rows_of(transaction, one)
        for write in WRITES.values():
            write(transaction, other)
        assert rows_of(transaction, one) == before != rows_of(transaction, other)


def test_what_is_known_is_not_made_again_and_the_oldest_goes_first() -> None:
    known, made, given = KnownHashes(most=2), [], a_round(1, 1)

    def make(policy: int) -> matcher.Round:
        made.append(policy)
        return replace(given, policy=Policy(max_minutes=policy))

    for minutes in (30, 45, 30, 60, 45, 30):
        assert known.hash_of(minutes, make) == matcher.inputs_hash(replace(given, policy=Policy(max_minutes=minutes)))
    assert made == [30, 45, 60, 30]
    assert len(known) == 2


def test_one_content_has_a_hash_for_each_way_of_reading_it() -> None:
    known = KnownHashes()

    def reading(minutes: int) -> matcher.Round:
        return a_round(1, 1, policy=Policy(max_minutes=minutes))

    def doubling(minutes: int) -> matcher.Round:
        return a_round(1, 1, policy=Policy(max_minutes=2 * minutes))

    assert known.hash_of(30, reading) != known.hash_of(30, doubling)
