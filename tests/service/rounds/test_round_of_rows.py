"""Does a cohort's round come back from the rows as it went in?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from matcher.domain.policy import Policy
from service.cohorts.cohort import store as cohorts
from service.cohorts.members import store as members
from service.cohorts.members import withdrawn_store
from service.cohorts.policy import store as rules
from service.database.ids import now
from service.database.tables import withdrawal
from service.rounds.given.round_of_rows import given_of, save_people
from tests.builders import a_mentor, a_round, a_school, forbidden, required

if TYPE_CHECKING:
    from service.database.engine import Database


def a_kept_cohort(database: Database) -> str:
    with database.write() as transaction:
        row = cohorts.add(transaction, name="A", region="Limburg", school_year=2026, keep_until=now())
    return row.id


def test_given_comes_back_as_it_was_saved(database: Database) -> None:
    cohort = a_kept_cohort(database)
    given = a_round(
        [a_school(1, baseline={"1.1": 2}, extra={"kleur": "rood"}), a_school(2)],
        [a_mentor(1, max_minutes=30), a_mentor(2)],
        locks=(required("S001", "M001"), forbidden("S002", "M002")),
        policy=Policy(max_minutes=45),
        withdrawn={"M002": "geen tijd meer"},
    )
    with database.write() as transaction:
        save_people(transaction, cohort, given, "per_1")
        rules.add(transaction, cohort, given.policy, 1, "per_1")
        left = {"cohort": cohort, "mentor": "M002", "reason": "no_time", "at": now()}
        transaction.execute(sa.insert(withdrawal).values(**left))
    with database.read() as transaction:
        assert given_of(transaction, cohort) == given


def test_given_of_an_empty_cohort_has_the_products_policy(database: Database) -> None:
    cohort = a_kept_cohort(database)
    with database.read() as transaction:
        assert given_of(transaction, cohort) == a_round([], [])


def test_saving_again_touches_only_what_changed(database: Database) -> None:
    cohort = a_kept_cohort(database)
    first = a_round([a_school(1), a_school(2)], [a_mentor(1), a_mentor(2)], locks=(required("S002", "M002"),))
    second = a_round([a_school(1, name="Anders"), a_school(3)], [a_mentor(1), a_mentor(3)])
    with database.write() as transaction:
        save_people(transaction, cohort, first, "per_1")
        before = members.listed(transaction, "mentor", cohort)
        save_people(transaction, cohort, second, "per_2")
    with database.read() as transaction:
        schools = members.listed(transaction, "school", cohort)
        mentors = members.listed(transaction, "mentor", cohort)
        assert given_of(transaction, cohort) == second
    assert [(row.id, row.version, row.changed_by) for row in schools] == [("S001", 2, "per_2"), ("S003", 1, "per_2")]
    assert mentors[0] == before[0]
    assert {row.pseudonym[:4] for row in mentors} == {"mtr_"}


def test_required_agreements_of_who_withdrew_rest_until_the_mentor_is_back(database: Database) -> None:
    cohort = a_kept_cohort(database)
    locks = (required("S001", "M001"), forbidden("S002", "M001"), required("S002", "M002"))
    with database.write() as transaction:
        save_people(transaction, cohort, a_round(2, 3, locks=locks), "per_1")
        withdrawn_store.add(transaction, cohort, "M001", "illness", "", "per_1")
        assert given_of(transaction, cohort).locks == locks[1:] == given_of(transaction, cohort).locks
        withdrawn_store.remove(transaction, cohort, "M001")
        assert set(given_of(transaction, cohort).locks) == set(locks)
