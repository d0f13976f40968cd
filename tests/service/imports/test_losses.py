"""Is a cohort never replaced by the same list with other numbers, without being asked what goes and what falls?"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tests.bad_inputs.cohorts import MENTOR, OTHER_MENTOR, OTHER_SCHOOL, SCHOOL, cohort_files, csv_table
from tests.page_text import as_read
from tests.service_imports import Desk

if TYPE_CHECKING:
    from service.database.engine import Database

ADDED = {"school": "034561", "mentor": "M2", "kind": "forbidden", "reason": "familie"}


def numbered(first: str, second: str) -> dict[str, bytes]:
    """Give the two schools under other numbers."""
    schools = [SCHOOL | {"schoolnummer": first}, OTHER_SCHOOL | {"schoolnummer": second}]
    return cohort_files(schools=csv_table(schools))


def a_desk(database: Database) -> Desk:
    """Begin a cohort of two schools, with an agreement made by hand."""
    desk = Desk(database)
    desk.committed(cohort_files())
    assert desk.client.post(f"{desk.address}/locks", json=ADDED).status_code == 201
    return desk


def locks_of(desk: Desk) -> list[str]:
    return [one["school"] for one in desk.client.get(f"{desk.address}/locks").json()["items"]]


def test_same_schools_without_their_zeros_change_nothing(database: Database) -> None:
    desk = a_desk(database)
    found = desk.committed(numbered("34561", "34562"))
    assert (found["changes"], found["losses"], found["fallen"]) == ([], [], [])
    assert [one["message"] for one in found["findings"] if one["code"] == "number_recognised"] == [
        "2 schoolnummers zijn herkend als die van de cohorte: «34561» is 034561."
    ]
    assert (desk.schools(), locks_of(desk)) == (["034561", "034562"], ["034561"])


def test_most_schools_go_only_when_that_is_said_and_what_falls_is_told_before(database: Database) -> None:
    desk = a_desk(database)
    address = desk.previewed(numbered("100001", "100002"))
    found = desk.look(address)
    assert found["losses"] == [{"side": "school", "gone": 2, "of": 2}]
    assert [(one["mentor_name"], one["school_name"], one["reason"]) for one in found["fallen"]] == [
        (f"{OTHER_MENTOR['voornaam']} {OTHER_MENTOR['naam']}".strip(), SCHOOL["naam"], "familie")
    ]
    refused = desk.commit(address)
    assert (refused.status_code, refused.json()["code"]) == (409, "most_would_go")
    assert "2 van de 2 scholen verdwijnen" in refused.json()["detail"]
    assert SCHOOL["naam"] in refused.json()["detail"]
    assert (desk.schools(), locks_of(desk)) == (["034561", "034562"], ["034561"])
    sure = desk.client.post(f"{address}/commit?replace=true", headers=desk.tag(address))
    assert sure.status_code == 200, sure.text
    assert (desk.schools(), locks_of(desk)) == (["100001", "100002"], [])


def test_one_of_two_may_go_without_a_question(database: Database) -> None:
    desk = a_desk(database)
    found = desk.committed(numbered("034561", "100002"))
    assert (found["losses"], found["fallen"]) == ([], [])


def test_mentors_that_would_go_are_asked_about_too(database: Database) -> None:
    desk = a_desk(database)
    mentors = [MENTOR | {"mentornummer": "X1"}, OTHER_MENTOR | {"mentornummer": "X2"}]
    found = desk.look(desk.previewed(cohort_files(mentors=csv_table(mentors))))
    assert found["losses"] == [{"side": "mentor", "gone": 2, "of": 2}]
    assert [one["mentor"] for one in found["fallen"]] == ["M2"]


def test_console_asks_before_it_takes_another_list_over(database: Database) -> None:
    desk = a_desk(database)
    address = desk.previewed(numbered("100001", "100002"))
    desk.client.headers["Accept"] = "text/html"
    desk.client.follow_redirects = False
    page = f"/cohorten/{desk.cohort}/gegevens/{address.rsplit('/', 1)[-1]}"
    shown = as_read(desk.client.get(page).text)
    assert "2 van de 2 scholen mogen verdwijnen" in shown
    assert f"An Maes bij {SCHOOL['naam']}: verboden (familie)" in shown
    version = re.search(r'name="versie" value="([^"]*)"', shown)
    assert version is not None
    data = {"versie": html.unescape(version[1])}
    refused = desk.client.post(f"{page}/overnemen", data=data)
    assert refused.status_code == 409
    assert "bevestig het dan" in refused.text
    assert desk.client.post(f"{page}/overnemen", data=data | {"vervangen": "ja"}).status_code == 303
