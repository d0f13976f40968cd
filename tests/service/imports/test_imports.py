"""Do files become the cohort only when they were looked at, all at once, and without losing what people changed?"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import sqlalchemy as sa

from service.database.tables import audit, job, upload
from service.rounds.given.round_of_rows import given_of
from tests.bad_inputs.cohorts import MENTOR, OTHER_MENTOR, OTHER_SCHOOL, SCHOOL, cohort_files, csv_table, workbook
from tests.service_client import a_client, work
from tests.service_imports import Desk
from tests.the_sample import SAMPLE, the_sample

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def schools(*rows: dict[str, str], **more: bytes) -> dict[str, bytes]:
    """Give a cohort's files with these schools."""
    return cohort_files(schools=csv_table(list(rows))) | more


def test_import_waits_is_looked_at_and_becomes_the_cohort(database: Database) -> None:
    desk = Desk(database)
    asked = desk.hand_in(cohort_files())
    assert (asked.status_code, asked.json()["state"], asked.json()["files"]) == (
        202,
        "reading",
        ["scholen.csv", "mentoren.csv"],
    )
    address = asked.headers["location"]
    early = desk.commit(address)
    assert (early.status_code, early.json()["code"]) == (409, "still_reading")
    desk.read_waiting()
    found = desk.look(address)
    assert (found["state"], found["counts"]["schools"], found["changed"]) == ("ready", 2, {"added": 4})
    assert desk.schools() == []
    done = desk.commit(address)
    assert (done.status_code, done.json()["state"]) == (200, "committed")
    assert desk.schools() == ["034561", "034562"]
    again = desk.commit(address)
    assert (again.status_code, again.json()["code"]) == (409, "already_committed")


def test_sample_cohort_comes_in_as_the_command_reads_it(database: Database) -> None:
    desk = Desk(database)
    desk.committed({one.name: one.read_bytes() for one in sorted(SAMPLE.iterdir())})
    with database.read() as transaction:
        assert given_of(transaction, desk.cohort) == the_sample()


def test_import_with_errors_is_refused_with_its_findings_and_changes_nothing(database: Database) -> None:
    desk = Desk(database)
    address = desk.previewed(schools(SCHOOL, OTHER_SCHOOL | {"postcode": "9001"}))
    found = desk.look(address)
    finding = next(one for one in found["findings"] if one["severity"] == "error")
    assert (finding["file"], finding["row"], finding["column"], finding["value"], finding["code"]) == (
        "scholen.csv",
        3,
        "postcode",
        "9001",
        "unknown_postcode",
    )
    refused = desk.commit(address)
    assert (refused.status_code, refused.json()["code"]) == (409, "findings")
    assert refused.json()["findings"][0]["code"] == "unknown_postcode"
    assert desk.schools() == []


def test_mended_cell_and_told_header_are_read_again(database: Database) -> None:
    desk = Desk(database)
    rows = [{("Plek" if key == "postcode" else key): value for key, value in SCHOOL.items()} | {"Plek": "9001"}]
    address = desk.previewed(cohort_files(schools=csv_table(rows)))
    assert {one["code"] for one in desk.look(address)["findings"]} >= {"missing_column", "unknown_column"}
    told = desk.mend(address, mapping=[{"table": "Scholen", "header": "Plek", "column": "postcode"}])
    assert (told.status_code, told.json()["state"], told.headers["location"]) == (202, "reading", address)
    assert [one["code"] for one in desk.look(address)["findings"] if one["severity"] == "error"] == ["unknown_postcode"]
    fix = {"file": "scholen.csv", "row": 2, "column": "postcode", "value": "9000"}
    desk.mend(address, fixes=[fix])
    found = desk.look(address)
    assert (found["counts"]["errors"], found["fixes"]) == (0, [fix | {"sheet": None}])
    read = {"header": "Plek", "column": "postcode", "together": False, "samples": ["9000"]}
    assert found["tables"][0]["columns"][2] == read
    assert desk.commit(address).status_code == 200
    assert desk.school("034561")["postcode"] == "9000"


def test_fix_is_taken_back_with_null(database: Database) -> None:
    desk = Desk(database)
    address = desk.previewed(cohort_files())
    fix = {"file": "scholen.csv", "row": 2, "column": "naam", "value": "Anders"}
    desk.mend(address, fixes=[fix])
    desk.mend(address, fixes=[fix | {"value": None}])
    assert desk.look(address)["fixes"] == []


def test_mapping_is_remembered_for_the_next_import(database: Database) -> None:
    desk = Desk(database)
    rows = [{("Plek" if key == "postcode" else key): value for key, value in SCHOOL.items()}]
    files = cohort_files(schools=csv_table(rows))
    address = desk.previewed(files)
    desk.mend(address, mapping=[{"table": "Scholen", "header": "Plek", "column": "postcode"}])
    assert desk.look(desk.previewed(files))["counts"]["errors"] == 0


def test_edit_of_an_import_needs_the_version_that_was_read(database: Database) -> None:
    desk = Desk(database)
    address = desk.previewed(cohort_files())
    tag = desk.tag(address)
    assert desk.client.patch(address, json={}).status_code == 428
    assert desk.client.post(f"{address}/commit").status_code == 428
    desk.mend(address, fixes=[])
    for stale in (desk.client.patch(address, json={}, headers=tag), desk.client.post(f"{address}/commit", headers=tag)):
        assert (stale.status_code, stale.json()["code"]) == (412, "stale")


def test_answer_of_an_older_reading_is_not_kept(database: Database) -> None:
    desk = Desk(database)
    address = desk.hand_in(cohort_files()).headers["location"]
    fix = {"file": "scholen.csv", "row": 2, "column": "naam", "value": "Nieuw"}
    desk.client.patch(address, json={"fixes": [fix]}, headers=desk.tag(address))
    desk.read_waiting()
    assert desk.commit(address).status_code == 200
    assert desk.school("034561")["name"] == "Nieuw"


def test_same_files_twice_change_nothing(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    before = [desk.school(key) for key in ("034561", "034562")]
    second = desk.previewed(cohort_files())
    assert desk.look(second)["changes"] == []
    assert desk.commit(second).status_code == 200
    assert [desk.school(key) for key in ("034561", "034562")] == before


def test_what_a_person_changed_is_kept_where_the_file_did_not(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    desk.change_school("034561", contact="An Peeters", mentors_wanted=2)
    found = desk.committed(schools(SCHOOL | {"naam": "Nieuwe naam"}, OTHER_SCHOOL))
    change = next(one for one in found["changes"] if one["id"] == "034561")
    assert (change["action"], change["fields"], change["overruled"]) == ("changed", ["name"], [])
    school = desk.school("034561")
    assert (school["name"], school["contact"], school["mentors_wanted"]) == ("Nieuwe naam", "An Peeters", 2)


def test_what_both_changed_is_told_before_the_file_is_followed(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    desk.change_school("034561", name="Met de hand")
    address = desk.previewed(schools(SCHOOL | {"naam": "Uit het bestand"}, OTHER_SCHOOL))
    change = desk.look(address)["changes"][0]
    assert (change["id"], change["action"], change["overruled"]) == ("034561", "changed", ["name"])


def test_edit_made_after_the_preview_is_a_conflict(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    address = desk.previewed(schools(SCHOOL | {"naam": "Uit het bestand"}, OTHER_SCHOOL))
    desk.change_school("034562", contact="An Peeters")
    desk.change_school("034561", name="Met de hand")
    answer = desk.commit(address)
    assert (answer.status_code, answer.json()["code"], answer.json()["changed"]) == (
        409,
        "edited_meanwhile",
        ["school:034561"],
    )
    assert desk.school("034561")["name"] == "Met de hand"
    desk.mend(address)
    assert desk.commit(address).status_code == 200
    assert (desk.school("034561")["name"], desk.school("034562")["contact"]) == ("Uit het bestand", "An Peeters")


def test_who_was_added_or_removed_by_hand_stays_so(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    mine = {"id": "S9", "name": "Eigen", "postcode": "9000", "school_types": ["TSO"], "fields": ["EM"]}
    assert desk.client.post(f"{desk.address}/schools", json=mine).status_code == 201
    desk.remove_school("034562")
    found = desk.committed(schools(SCHOOL | {"naam": "Anders"}, OTHER_SCHOOL))
    assert {one["id"]: one["action"] for one in found["changes"]} == {
        "034561": "changed",
        "034562": "left_out",
        "S9": "kept",
    }
    assert desk.schools() == ["034561", "S9"]


def test_who_left_the_file_is_removed_and_a_mentor_keeps_the_pseudonym(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    pseudonym = desk.client.get(f"{desk.address}/mentors/M1").json()["pseudonym"]
    changed = cohort_files(mentors=csv_table([MENTOR | {"postcode": "3500"}]), schools=csv_table([SCHOOL]))
    assert desk.committed(changed)["changed"] == {"removed": 2, "changed": 1}
    assert desk.schools() == ["034561"]
    mentor = desk.client.get(f"{desk.address}/mentors/M1").json()
    assert (mentor["pseudonym"], mentor["province"]) == (pseudonym, "Limburg")


def test_agreements_of_the_file_and_those_made_by_hand_both_stay(database: Database) -> None:
    desk = Desk(database)
    head = "schoolnummer;mentornummer;soort\n"
    one, other = "034561;M1;vast\n", "034562;M2;verboden\n"
    desk.committed(cohort_files() | {"afspraken.csv": (head + one).encode()})
    mine = {"school": "034562", "mentor": "M1", "kind": "forbidden", "reason": "liever niet"}
    assert desk.client.post(f"{desk.address}/locks", json=mine).status_code == 201
    desk.committed(cohort_files() | {"afspraken.csv": (head + other).encode()})
    kept = desk.client.get(f"{desk.address}/locks").json()["items"]
    assert sorted((lock["school"], lock["mentor"], lock["kind"]) for lock in kept) == [
        ("034562", "M1", "forbidden"),
        ("034562", "M2", "forbidden"),
    ]


def test_policy_that_comes_along_is_a_new_version(database: Database) -> None:
    desk = Desk(database)
    files = cohort_files() | {"beleid.toml": b"[grenzen]\nmax_reistijd = 45\n"}
    desk.committed(files)
    rules = desk.client.get(f"{desk.address}/rules").json()
    assert (rules["version"], rules["max_minutes"]) == (1, 45)
    desk.committed(files)
    assert desk.client.get(f"{desk.address}/rules").json()["version"] == 1
    desk.committed(cohort_files())
    assert desk.client.get(f"{desk.address}/rules").json()["max_minutes"] == 45


def test_report_gives_the_workbook_back_with_remarks(database: Database) -> None:
    desk = Desk(database)
    broken = workbook(lambda book: book["Scholen"].__setitem__("C3", "9001"))
    address = desk.hand_in({"cohort.xlsx": broken}).headers["location"]
    assert desk.client.get(f"{address}/report").json()["code"] == "still_reading"
    desk.read_waiting()
    answer = desk.client.get(f"{address}/report")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{address.split("/")[-1]}.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Scholen"]
    assert (sheet["G1"].value, sheet["G3"].value.startswith("Fout: postcode:")) == ("Opmerking", True)


def test_import_is_for_coordinators_of_the_region_and_reading_it_is_noted(database: Database) -> None:
    desk = Desk(database)
    address = desk.previewed(cohort_files())
    app = desk.client.app
    assert a_client(app, "viewer").get(address).status_code == 403  # type: ignore[arg-type]
    assert a_client(app, "portal").get(address).status_code == 403  # type: ignore[arg-type]
    theirs = a_client(app, "coordinator", regions=("Mechelen-Kempen",))  # type: ignore[arg-type]
    assert theirs.get(address).status_code == 404
    desk.look(address)
    desk.client.get(f"{address}/report")
    with database.read() as transaction:
        actions = transaction.execute(sa.select(audit.c.action).where(audit.c.action.like("import.%"))).scalars().all()
    assert sorted(actions) == ["import.added", "import.read", "import.report_read"]


def test_import_that_is_thrown_away_leaves_no_files(database: Database) -> None:
    desk = Desk(database)
    address = desk.previewed(cohort_files(mentors=csv_table([MENTOR, OTHER_MENTOR])))
    assert desk.client.delete(address, headers=desk.tag(address)).status_code == 204
    assert desk.client.get(f"{desk.address}/imports").json()["items"] == []
    with database.read() as transaction:
        assert transaction.execute(sa.select(sa.func.count()).select_from(upload)).scalar_one() == 0


def test_files_sent_again_with_one_key_are_one_import(database: Database) -> None:
    desk = Desk(database)
    first, again = (desk.hand_in(cohort_files(), **{"Idempotency-Key": "k"}) for _ in range(2))
    other = desk.hand_in(cohort_files(schools=csv_table([SCHOOL])), **{"Idempotency-Key": "k"})
    assert (first.status_code, again.status_code, first.content) == (202, 202, again.content)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


def test_import_whose_job_failed_says_so(database: Database) -> None:
    desk = Desk(database)
    answer = desk.hand_in(cohort_files())
    with database.write() as transaction:
        transaction.execute(sa.update(job).values(state="failed", failure="Afgebroken."))
    found = desk.look(answer.headers["location"])
    assert (found["state"], found["failure"]) == ("failed", "Afgebroken.")


def test_import_is_read_by_a_worker_in_its_child(database: Database, children: Children) -> None:
    desk = Desk(database)
    address = desk.hand_in({"cohort.xlsx": workbook()}).headers["location"]
    assert work(desk.client.app, children) == 1  # type: ignore[arg-type]
    assert desk.look(address)["counts"]["mentors"] == 2
    assert desk.commit(address).status_code == 200
