"""Are schools selected exactly, with reasons, and do the chosen become the cohort?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.cohorts.documents import store as papers
from tests.service.publish_steps import Stage
from tests.service.trajectory.applying import SCHOOL, Year, a_form
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

LIMIT = {"dimension": "province", "value": "Oost-Vlaanderen", "side": "most", "number": 1}


def three(year: Year) -> list[str]:
    """Let three schools of Oost-Vlaanderen and one of Limburg apply; give the ids of their applications."""
    forms = [SCHOOL | {"id": f"S{number}", "name": f"School {number}"} for number in range(3)]
    forms.append(SCHOOL | {"id": "S9", "name": "School 9", "postcode": "3500"})
    return [str(one["id"]) for one in year.confirmed(*forms)]


def test_policy_is_the_products_own_until_it_is_set(database: Database, children: Children) -> None:
    year = Year(database, children)
    usual = year.ok("GET", "/selection/policy")
    assert (usual["version"], usual["seats"], usual["limits"]) == (0, 20, [])
    assert year.refused("PUT", "/selection/policy", json={"seats": 2}) == (428, "if_match_missing")
    assert year.put("/selection/policy", {"seats": 2, "limits": [LIMIT]})["version"] == 1
    assert year.ok("GET", "/selection/policy")["limits"] == [LIMIT]
    twice = {"seats": 2, "limits": [LIMIT, LIMIT]}
    tag = {"If-Match": year.client.get(f"{year.place}/selection/policy").headers["etag"]}
    assert year.refused("PUT", "/selection/policy", json=twice, headers=tag) == (422, "invalid")


def test_chosen_schools_become_the_cohorts_and_others_wait(database: Database, children: Children) -> None:
    year = Year(database, children)
    three(year)
    year.put("/selection/policy", {"seats": 2, "limits": [LIMIT]})
    selection = year.selected()
    chosen = [one["school"] for one in selection["choices"] if one["outcome"] == "chosen"]
    assert (selection["status"], len(chosen), "S9" in chosen) == ("proven", 2, True)
    assert all("hoogstens 1" in one["reason"] for one in selection["choices"] if one["outcome"] == "waiting")
    accepted = year.ok("POST", f"/selection/{selection['id']}/accept")
    assert accepted["accepted_at"] is not None
    assert [one["id"] for one in year.ok("GET", "/schools")["items"]] == sorted(chosen)
    states = {one["school"]["id"]: one["state"] for one in year.queue()}
    assert sorted(states.values()) == ["accepted", "accepted", "waiting", "waiting"]
    assert year.refused("POST", f"/selection/{selection['id']}/accept") == (409, "already_accepted")


def test_contradicting_limits_are_told(database: Database, children: Children) -> None:
    year = Year(database, children)
    three(year)
    year.put("/selection/policy", {"seats": 2, "limits": [LIMIT | {"side": "least", "number": 3}]})
    selection = year.selected()
    assert (selection["status"], selection["choices"]) == ("conflict", [])
    assert "ten minste 3 uit Oost-Vlaanderen" in selection["conflict"]["sentence"]
    assert year.refused("POST", f"/selection/{selection['id']}/accept") == (409, "no_selection")


def test_school_that_leaves_is_replaced_while_the_others_stay(database: Database, children: Children) -> None:
    year = Year(database, children)
    three(year)
    year.put("/selection/policy", {"seats": 2, "limits": [LIMIT]})
    first = year.selected()
    year.ok("POST", f"/selection/{first['id']}/accept")
    chosen = {one["school"] for one in first["choices"] if one["outcome"] == "chosen"}
    leaves = min(chosen - {"S9"})
    body = {"school": leaves, "reason": "andere plannen"}
    again = year.ok("POST", "/selection/replace", json=body)
    assert (again["dropped"], again["status"]) == (leaves, None)
    year.work()
    year.ok("POST", "/selection/laatste/accept")
    now = {one["id"] for one in year.ok("GET", "/schools")["items"]}
    assert ("S9" in now, leaves in now, len(now)) == (True, False, 2)
    assert len(year.ok("GET", "/selection")["items"]) == 2
    assert year.refused("POST", "/selection/replace", json=body) == (422, "invalid")


def test_selection_on_old_applications_is_refused(database: Database, children: Children) -> None:
    year = Year(database, children)
    ids = three(year)
    selection = year.selected()
    year.ok("POST", f"/applications/{ids[0]}/move", json={"state": "withdrawn", "reason": "toch niet"})
    assert year.refused("POST", f"/selection/{selection['id']}/accept") == (409, "selection_stale")


def test_selection_from_before_another_school_was_accepted_is_refused(database: Database, children: Children) -> None:
    year = Year(database, children)
    ids = {one["school"]["id"]: one["id"] for one in year.confirmed(*(a_form(number) for number in range(3)))}
    year.put("/selection/policy", {"seats": 1})
    selection = year.selected()
    (chosen,) = [one["school"] for one in selection["choices"] if one["outcome"] == "chosen"]
    other = min(set(ids) - {chosen})
    year.ok("POST", f"/applications/{ids[other]}/move", json={"state": "accepted"})
    assert year.refused("POST", f"/selection/{selection['id']}/accept") == (409, "selection_stale")
    assert [one["id"] for one in year.ok("GET", "/schools")["items"]] == [other]
    again = year.selected()
    year.ok("POST", f"/selection/{again['id']}/accept")
    assert [one["id"] for one in year.ok("GET", "/schools")["items"]] == [other]


def test_nobody_and_somebody_twice_are_not_selected(database: Database, children: Children) -> None:
    year = Year(database, children)
    assert year.refused("POST", "/selection", json={}) == (409, "nothing_to_do")
    year.confirmed(a_form(1), a_form(1))
    assert year.refused("POST", "/selection", json={}) == (409, "doubles")
    assert year.refused("GET", "/selection/laatste") == (404, "not_found")


def test_ledger_of_an_earlier_cohort_brings_priority(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    pairs = stage.client.get(f"{stage.place}/rounds/gepubliceerd/pairings").json()["items"]
    earlier = Year(database, children)
    earlier.client, earlier.cohort, earlier.place = stage.client, stage.cohort, stage.place
    weak = pairs[0]["school"]
    earlier.put(f"/outcomes/{weak}/{pairs[0]['mentor']}", {"school_satisfaction": 2})
    year = Year(database, children)
    year.confirmed(*(SCHOOL | {"id": pair["school"], "name": pair["school"]} for pair in pairs))
    year.put("/selection/policy", {"seats": 1})
    asked = year.ok("POST", "/selection", json={"ledger_of": stage.cohort})
    year.work()
    choices = year.ok("GET", f"/selection/{asked['id']}")["choices"]
    assert [one["school"] for one in choices if one["outcome"] == "chosen"] == [weak]
    assert {one["school"]: one["priority"] for one in choices}[weak] == 10
    theirs = year.refused("POST", "/selection", json={"ledger_of": "coh_ander"})
    assert theirs == (404, "not_found")


def test_viewer_reads_and_does_not_select(database: Database, children: Children) -> None:
    year = Year(database, children)
    viewer = a_client(year.app, "viewer")
    assert viewer.get(f"{year.place}/selection/policy").status_code == 200
    assert viewer.post(f"{year.place}/selection", json={}).status_code == 403


def test_selection_removed_meanwhile_fails_its_job(database: Database, children: Children) -> None:
    year = Year(database, children)
    year.confirmed(a_form(1))
    asked = year.ok("POST", "/selection", json={})
    with database.write() as transaction:
        papers.remove(transaction, year.cohort, "selection", asked["id"])
    year.work()
    assert year.client.get(f"/v1/jobs/{asked['job']}").json()["state"] == "failed"
