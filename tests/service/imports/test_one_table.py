"""Does one table alone update a cohort, without a word about the other, and without forgetting who changed what?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bad_inputs.cohorts import MENTOR, OTHER_MENTOR, OTHER_SCHOOL, SCHOOL, cohort_files, csv_table
from tests.service_imports import Desk

if TYPE_CHECKING:
    from service.database.engine import Database

LOCK = b"schoolnummer;mentornummer;soort\n034561;M1;vast\n"


def schools(*rows: dict[str, str]) -> dict[str, bytes]:
    """Give schools alone."""
    return {"scholen.csv": csv_table(list(rows)).encode()}


def mentors(*rows: dict[str, str]) -> dict[str, bytes]:
    """Give mentors alone."""
    return {"mentoren.csv": csv_table(list(rows)).encode()}


def locks_of(desk: Desk) -> list[tuple[str, str]]:
    """Give the pairs that are agreed."""
    found = desk.client.get(f"{desk.address}/locks").json()["items"]
    return [(one["school"], one["mentor"]) for one in found]


def test_mentors_alone_leave_schools_and_agreements_as_they_are(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files() | {"afspraken.csv": LOCK})
    desk.change_school("034561", name="Met de hand")
    before = [desk.school(key) for key in ("034561", "034562")]
    found = desk.committed(mentors(MENTOR | {"postcode": "3500", "niet_met": "034562"}, OTHER_MENTOR))
    assert [(one["side"], one["id"], one["action"]) for one in found["changes"]] == [("mentor", "M1", "changed")]
    assert [one["code"] for one in found["findings"] if one["severity"] == "warning"] == ["table_alone"]
    assert [desk.school(key) for key in ("034561", "034562")] == before
    assert desk.client.get(f"{desk.address}/mentors/M1").json()["not_with"] == ["034562"]
    assert locks_of(desk) == [("034561", "M1")]


def test_each_side_is_compared_with_the_last_import_that_brought_it(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    desk.change_school("034561", name="Met de hand")
    desk.remove_school("034562")
    desk.committed(mentors(MENTOR, OTHER_MENTOR | {"postcode": "3500"}))
    found = desk.committed(schools(SCHOOL, OTHER_SCHOOL))
    assert {one["id"]: one["action"] for one in found["changes"]} == {"034561": "kept", "034562": "left_out"}
    assert desk.school("034561")["name"] == "Met de hand"
    assert desk.schools() == ["034561"]


def test_agreement_goes_with_its_mentor_and_is_dropped_by_the_next_whole_cohort(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files() | {"afspraken.csv": LOCK})
    desk.committed(mentors(MENTOR, OTHER_MENTOR | {"postcode": "3500"}))
    assert locks_of(desk) == [("034561", "M1")]
    desk.committed(cohort_files())
    assert locks_of(desk) == []
    desk.committed(cohort_files() | {"afspraken.csv": LOCK})
    assert locks_of(desk) == [("034561", "M1")]
    assert desk.committed(mentors(OTHER_MENTOR))["changed"] == {"removed": 1}
    assert locks_of(desk) == []


def test_empty_cohort_begins_with_one_table_and_the_other_follows(database: Database) -> None:
    desk = Desk(database)
    assert desk.committed(schools(SCHOOL, OTHER_SCHOOL))["changed"] == {"added": 2}
    found = desk.committed(mentors(MENTOR, OTHER_MENTOR))
    assert found["changed"] == {"added": 2}
    assert desk.schools() == ["034561", "034562"]
    assert desk.client.get(f"{desk.address}/rounds").json()["items"] == []


def test_agreements_alone_name_who_is_in_the_cohort(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    found = desk.committed({"afspraken.csv": LOCK})
    assert (found["changes"], locks_of(desk)) == ([], [("034561", "M1")])
    wrong = desk.look(desk.previewed({"afspraken.csv": LOCK.replace(b"M1", b"M9")}))
    assert [one["code"] for one in wrong["findings"] if one["severity"] == "error"] == ["unknown_mentor"]


def test_file_without_any_table_says_which_header_it_needs(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    found = desk.look(desk.previewed({"lijst.csv": b"a;b\n1;2\n"}))
    codes = [one["code"] for one in found["findings"] if one["severity"] == "error"]
    assert codes == ["header_not_found", "header_not_found"]


def test_baseline_in_its_own_sheet_changes_schools_and_shows_in_their_year(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    desk.change_school("034562", name="Met de hand")
    measured = {"nulmeting.csv": b"schoolnummer;1.1;1.2\n034561;1;2\n"}
    found = desk.committed(measured)
    assert [(one["id"], one["action"], one["fields"]) for one in found["changes"]] == [
        ("034561", "changed", ["baseline"])
    ]
    assert desk.school("034561")["baseline"] == {"1.1": 1, "1.2": 2}
    needs = desk.client.get(f"{desk.address}/schools/034561/needs").json()
    assert needs["needs"][0]["element"] == 1
    again = desk.committed(schools(SCHOOL, OTHER_SCHOOL))
    assert {one["id"]: one["action"] for one in again["changes"]} == {"034561": "kept", "034562": "kept"}
    assert (desk.school("034562")["name"], desk.school("034561")["baseline"]["1.1"]) == ("Met de hand", 1)
