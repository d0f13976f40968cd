"""Can a person get all that is kept about them, and have it erased everywhere, while the pairs stay?"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

import matcher
from service.access import scope
from service.cohorts.cohort import store as cohorts
from service.cohorts.members.redaction import Redaction
from service.core import upload
from service.database.ids import now
from service.database.tables import METADATA, import_
from service.imports import store as imports
from service.jobs import store as jobs
from service.records.privacy.erasure import erase_expired
from service.rounds.given.round_of_rows import given_of
from service.rounds.run import store as rounds
from tests.service_client import a_client, a_cohort, a_filled_cohort, an_app, work
from tests.the_sample import the_sample

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children

NAME, EMAIL = "Wimpelaar", "zoe.wimpelaar@polyflonk.example"
NOTHING = {"members": 0, "rounds": 0, "documents": 0, "files": 0, "mentions": [], "copies": []}


def everything(database: Database) -> str:
    """Give all that is in the database, as text."""
    told = []
    with database.read() as transaction:
        for table in METADATA.sorted_tables:
            for row in transaction.execute(sa.select(table)):
                told += [str(bytes(one), "utf-8", "replace") if isinstance(one, bytes) else repr(one) for one in row]
    return "\n".join(told)


def a_round_with_traces(database: Database, children: Children) -> tuple[TestClient, str, str]:
    """Run a round on the sample, ask about it, agree, withdraw, read a file in; give client, cohort and round."""
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_filled_cohort(client)
    asked = client.post(f"/v1/cohorts/{cohort}/rounds", json={}).json()["id"]
    work(app, children)
    with database.write() as transaction:
        payload = {"round": asked, "question": "certificate", "arguments": {}}
        jobs.enqueue(transaction, "ask", cohort=cohort, payload=payload)
        solving = jobs.of_target(transaction, asked, "solve_round")
        assert solving is not None
        jobs.add_event(transaction, solving.id, "x", {"words": f"Zoë {NAME}."})
        made = imports.add(transaction, cohort, [upload.Upload("mentoren.csv", f"Zoë;{NAME}".encode())], "test")
        imports.change(transaction, made, preview={"rows": [NAME]}, state="committed")
    work(app, children)
    lock = {"school": "000101", "mentor": "M001", "kind": "forbidden", "reason": f"Zoë {NAME} vroeg dit zelf"}
    assert client.post(f"/v1/cohorts/{cohort}/locks", json=lock, headers={"Idempotency-Key": "a"}).status_code == 201
    return client, cohort, asked


def test_export_holds_all_that_is_kept_about_a_mentor(database: Database, children: Children) -> None:
    client, cohort, asked = a_round_with_traces(database, children)
    answer = client.get(f"/v1/cohorts/{cohort}/mentors/M001/export")
    found = answer.json()
    assert (answer.status_code, found["mentor"], found["now"]["data"]["email"]) == (200, "M001", EMAIL)
    assert [one["reason"] for one in found["agreements"]] == [f"Zoë {NAME} vroeg dit zelf"]
    assert [(one["id"], one["known_as"]["last_name"]) for one in found["rounds"]] == [(asked, NAME)]
    assert all(one["mentor"] == "M001" for one in found["rounds"][0]["pairs"])
    assert found["files"][0]["files"] == ["mentoren.csv"]
    assert len(found["published_suggestions"]) == 1
    lines = client.get(f"/v1/audit?cohort={cohort}&limit=1").json()["items"]
    assert [(one["action"], one["target"]) for one in lines] == [("mentor.exported", "M001")]


def test_erased_mentor_is_nowhere_in_the_database_and_pairs_stay(database: Database, children: Children) -> None:
    client, cohort, asked = a_round_with_traces(database, children)
    assert NAME in everything(database)
    with database.read() as transaction:
        before = rounds.by_id(transaction, asked)
    answer = client.post(f"/v1/cohorts/{cohort}/mentors/M001/erase")
    assert (answer.status_code, answer.json()["members"], answer.json()["rounds"]) == (200, 1, 1)
    left = everything(database)
    assert NAME not in left
    assert EMAIL not in left
    with database.read() as transaction:
        after = rounds.by_id(transaction, asked)
    assert before is not None
    assert after is not None
    assert before.plan is not None
    assert after.plan is not None
    pairs = [[(one["school"], one["mentor"]) for one in row.plan["pairs"]] for row in (before, after) if row.plan]
    assert pairs[0] == pairs[1]
    assert after.inputs_hash == before.inputs_hash
    held = [matcher.inputs_hash(matcher.round_from_document(row.given)) for row in (before, after)]
    assert [one == before.inputs_hash for one in held] == [True, False]
    others = {one["id"]: one for one in client.get(f"/v1/cohorts/{cohort}/mentors?limit=200").json()["items"]}
    assert (others["M001"]["last_name"], others["M002"]["last_name"] != "") == ("", True)


def test_erasing_again_changes_nothing_and_is_noted_once(database: Database, children: Children) -> None:
    client, cohort, _ = a_round_with_traces(database, children)
    path = f"/v1/cohorts/{cohort}/mentors/M001/erase"
    assert client.post(path).json() != NOTHING
    left = everything(database)
    assert client.post(path).json() == NOTHING
    assert everything(database) == left
    assert client.get(f"/v1/cohorts/{cohort}/mentors/M001/export").status_code == 200


def test_erased_round_can_be_solved_again_with_the_same_pairs(database: Database, children: Children) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_filled_cohort(client)
    plans = []
    for _ in range(2):
        place = client.post(f"/v1/cohorts/{cohort}/rounds", json={}).headers["location"]
        work(app, children)
        plans.append({(one["school"], one["mentor"]) for one in client.get(f"{place}/pairings").json()["items"]})
        assert client.post(f"/v1/cohorts/{cohort}/mentors/M001/erase").status_code == 200
    assert plans[0] == plans[1]


def test_erased_contact_of_a_school_leaves_the_school(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_filled_cohort(client)
    place = f"/v1/cohorts/{cohort}/schools/000101"
    assert client.get(f"{place}/export").json()["now"]["data"]["contact"] == "Leen Korenmaat"
    assert client.post(f"{place}/erase").json() == NOTHING | {"members": 1}
    school = client.get(place).json()
    assert (school["contact"], school["email"], school["name"]) == ("", "", "Technisch Instituut De Tandraderij")
    assert "Korenmaat" not in everything(database)


def test_person_who_is_not_there_can_be_neither_read_nor_erased(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_cohort(client)
    assert client.get(f"/v1/cohorts/{cohort}/mentors/M001/export").status_code == 404
    assert client.post(f"/v1/cohorts/{cohort}/schools/000101/erase").status_code == 404


def test_erasing_waits_while_something_is_computed(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_filled_cohort(client)
    with database.write() as transaction:
        job = jobs.enqueue(transaction, "solve_round", cohort=cohort)
        assert jobs.claim(transaction, job, "worker") is not None
        cohorts.change(transaction, cohort, 1, keep_until=now())
    answer = client.post(f"/v1/cohorts/{cohort}/mentors/M001/erase")
    assert (answer.status_code, answer.json()["code"]) == (409, "still_computing")
    with database.write() as transaction:
        assert erase_expired(transaction, now()) == []
    assert NAME in everything(database)


def test_note_of_a_withdrawal_is_erased_with_the_mentor(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_filled_cohort(client)
    with database.write() as transaction:
        table = METADATA.tables["withdrawal"]
        values = {"reason": "illness", "note": "geopereerd", "by": "test", "at": now()}
        for mentor in ("M001", "M002"):
            transaction.execute(sa.insert(table).values(cohort=cohort, mentor=mentor, **values))
    assert client.post(f"/v1/cohorts/{cohort}/mentors/M001/erase").json()["documents"] == 1
    with database.read() as transaction:
        rows = transaction.execute(sa.select(table.c.reason, table.c.note).order_by(table.c.mentor)).all()
    assert [tuple(row) for row in rows] == [("other", ""), ("illness", "geopereerd")]


def test_contact_data_of_cohorts_past_their_time_is_erased(database: Database, children: Children) -> None:
    client, cohort, _ = a_round_with_traces(database, children)
    kept = a_filled_cohort(client, matcher.Round(schools=(), mentors=(a_named("Blijver"),)))
    with database.write() as transaction:
        row = scope.find(transaction, cohort)
        assert row is not None
        cohorts.change(transaction, cohort, row.version, keep_until=now() - timedelta(days=1))
        assert erase_expired(transaction, now()) == [cohort]
        assert erase_expired(transaction, now()) == []
    left = everything(database)
    given = the_sample()
    told = [text for one in given.mentors for text in (one.name, one.email) if text in left]
    told += [text for one in given.schools for text in (one.contact, one.email) if text and text in left]
    assert told == []
    assert "Blijver" in left
    assert kept in left
    lines = a_client(client.app, "admin").get(f"/v1/audit?cohort={cohort}&limit=1").json()["items"]  # type: ignore[arg-type]
    assert [(one["actor"], one["action"]) for one in lines] == [("service", "cohort.contact_erased")]
    with database.read() as transaction:
        assert transaction.execute(sa.select(import_.c.state)).scalars().all() == ["committed"]


def a_named(name: str) -> matcher.Mentor:
    """Make a mentor of the sample with another name."""
    given = the_sample()
    return replace(given.mentors[0], first_name="Bo", last_name=name, email="bo@example.be")


def test_redaction_takes_whole_names_alone() -> None:
    redaction = Redaction((("mentor", "M1"),))
    redaction.learn([{"id": "M1", "first_name": "An", "last_name": "", "email": "an@example.be"}])
    assert redaction.text("An woont in Antwerpen; An, of an@example.be.") == "M1 woont in Antwerpen; M1, of ."
    assert redaction.clean({"id": "M2", "first_name": "Bo"}) == {"id": "M2", "first_name": "Bo"}
    assert redaction.clean({"id": "M1", "contact": "An"}) == {"id": "M1", "contact": "M1"}
    guest = {"id": "M1", "name": "An", "company": "X", "email": "an@example.be"}
    assert redaction.clean([guest]) == [{"id": "M1", "name": "M1", "company": "X", "email": ""}]


def test_erasing_waits_for_a_round_that_is_just_begun(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_filled_cohort(client)
    statuses: list[int] = []

    def erase() -> None:
        statuses.append(client.post(f"/v1/cohorts/{cohort}/mentors/M001/erase").status_code)

    thread = threading.Thread(target=erase)
    with database.write() as transaction:
        scope.touch(transaction, cohort)  # as who begins a round does, before reading who is in it
        given = given_of(transaction, cohort)
        thread.start()
        thread.join(1.0)
        rounds.add(
            transaction, cohort, given=matcher.round_to_document(given), inputs_hash="x", previous=None, by="test"
        )
    thread.join(60.0)
    assert statuses == [200]
    assert NAME not in everything(database)
