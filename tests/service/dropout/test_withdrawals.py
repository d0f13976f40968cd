"""Is the plan repaired when a mentor drops out, and are the other schools left alone?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service.publish_steps import Stage
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

LEAVES = {"mentor": "M001", "reason": "illness", "note": "tot na Nieuwjaar"}


def test_mentor_who_drops_out_changes_one_school(database: Database, children: Children) -> None:
    stage = Stage(database, children, sample=True)
    before = stage.published()
    answer = stage.client.post(f"{stage.place}/withdrawals", json=LEAVES | {"mentor": "M028"})
    assert (answer.status_code, answer.json()["round"]["repairs"]) == (202, before.rpartition("/")[2])
    repaired = answer.headers["location"]
    stage.work()
    found = stage.asked("GET", f"{repaired}/comparison")
    assert len(found["moves"]) == 1
    assert found["moves"][0]["goes"] == ["M028"]
    assert found["moves"][0]["reason"] == "Mohamed Tahiriel is uitgevallen."
    stage.published(repaired)
    told = stage.client.get(f"{stage.place}/publication").json()
    assert [one["goes"] for one in told["changes"]] == [["M028"]]


def test_after_two_drop_outs_neither_mentor_is_in_the_plan(database: Database, children: Children) -> None:
    stage = Stage(database, children, sample=True)
    stage.published()
    for mentor in ("M028", "M013"):
        answer = stage.client.post(f"{stage.place}/withdrawals", json=LEAVES | {"mentor": mentor})
        repaired = answer.headers["location"]
        stage.work()
        stage.published(repaired)
    items = stage.client.get(f"{repaired}/pairings").json()["items"]
    assert items
    assert not {"M028", "M013"} & {one["mentor"] for one in items}


def test_mentor_who_drops_out_before_anything_is_published_starts_no_round(
    database: Database, children: Children
) -> None:
    stage = Stage(database, children)
    answer = stage.client.post(f"{stage.place}/withdrawals", json=LEAVES)
    assert (answer.status_code, answer.json()["round"]) == (201, None)
    assert answer.json()["next_step"].startswith("Er is nog niets gepubliceerd")
    place = stage.solved()
    assert all(one["mentor"] != "M001" for one in stage.client.get(f"{place}/pairings").json()["items"])


def test_mentor_who_drops_out_mid_solve_makes_that_plan_unfit_to_publish(
    database: Database, children: Children
) -> None:
    stage = Stage(database, children)
    place = stage.client.post(f"{stage.place}/rounds", json={}).headers["location"]
    answer = stage.client.post(f"{stage.place}/withdrawals", json=LEAVES)
    assert (answer.status_code, answer.json()["round"]) == (201, None)
    assert answer.json()["next_step"].startswith("Er wordt net een ronde uitgerekend")
    stage.work()
    found = stage.client.get(place).json()
    assert (found["plan"]["status"], found["stale"]) == ("proven", True)
    stage.client.post(f"{place}/approve")
    refused = stage.client.post(f"{place}/publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "stale")
    stage.published()


def test_reserve_who_is_put_in_service_fills_a_place_that_was_open(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    kept = stage.client.get(f"{stage.place}/mentors/M001")
    changed = {"If-Match": kept.headers["etag"]}
    for key in ("M002", "M003", "M004", "M005"):
        stage.client.post(f"{stage.place}/withdrawals", json=LEAVES | {"mentor": key})
    answer = stage.client.patch(f"{stage.place}/mentors/M001", json={"status": "reserve"}, headers=changed)
    assert answer.status_code == 200
    path = f"{stage.place}/activations"
    first = stage.published()
    assert stage.client.get(f"{first}/pairings").json()["items"] == []
    made = stage.client.post(path, json={"mentor": "M001"})
    assert (made.status_code, made.json()["round"]["repairs"]) == (202, first.rpartition("/")[2])
    stage.work()
    pairs = stage.client.get(f"{made.headers['location']}/pairings").json()["items"]
    assert [one["mentor"] for one in pairs] == ["M001"]
    again = stage.client.post(path, json={"mentor": "M001"})
    assert (again.status_code, again.json()["code"]) == (409, "other_status")
    gone = stage.client.post(path, json={"mentor": "M002"})
    assert (gone.status_code, gone.json()["code"]) == (409, "already_withdrawn")
    unknown = stage.client.post(path, json={"mentor": "M0001"})
    assert (unknown.status_code, "Bedoelde u «M001»?" in unknown.json()["detail"]) == (422, True)
    assert stage.client.delete(f"{path}/M001").status_code == 204
    assert stage.client.get(f"{stage.place}/mentors/M001").json()["status"] == "reserve"
    assert stage.client.delete(f"{path}/M001").status_code == 409
    before = stage.client.post(path, json={"mentor": "M001"})
    assert before.json()["next_step"].startswith("Er wordt een ronde uitgerekend die het gepubliceerde plan herstelt")
    while_solving = stage.client.delete(f"{path}/M001")
    assert while_solving.status_code == 204


def test_mentor_who_comes_back_takes_part_again(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    stage.client.post(f"{stage.place}/withdrawals", json=LEAVES)
    assert stage.client.get(place).json()["stale"] is True
    assert stage.client.delete(f"{stage.place}/withdrawals/M001").status_code == 204
    assert stage.client.get(place).json()["stale"] is False
    assert stage.client.get(f"{stage.place}/withdrawals").json()["items"] == []
    assert stage.client.delete(f"{stage.place}/withdrawals/M001").status_code == 404


def test_withdrawals_are_listed_for_coordinators_alone(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.client.post(f"{stage.place}/withdrawals", json=LEAVES)
    shown = stage.client.get(f"{stage.place}/withdrawals").json()["items"]
    assert [(one["mentor"], one["reason"], one["note"]) for one in shown] == [("M001", "illness", "tot na Nieuwjaar")]
    assert a_client(stage.app, "viewer").get(f"{stage.place}/withdrawals").status_code == 403


def test_withdrawal_that_can_not_be_is_refused(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    path = f"{stage.place}/withdrawals"
    unknown = stage.client.post(path, json=LEAVES | {"mentor": "M0001"})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/mentor")
    assert "Bedoelde u «M001»?" in unknown.json()["detail"]
    assert stage.client.post(path, json=LEAVES | {"reason": "moe"}).status_code == 422
    stage.client.post(path, json=LEAVES)
    again = stage.client.post(path, json=LEAVES)
    assert (again.status_code, again.json()["code"]) == (409, "already_withdrawn")


def test_required_pair_of_who_drops_out_rests_until_that_is_taken_back(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    lock = {"school": "S001", "mentor": "M001", "kind": "required", "reason": "kent de school"}
    assert stage.client.post(f"{stage.place}/locks", json=lock).status_code == 201
    before = stage.published()
    tried = stage.asked("POST", f"{before}/what-if", json={"withdrawn": ["M001"]})
    answer = stage.client.post(f"{stage.place}/withdrawals", json=LEAVES)
    assert answer.json()["next_step"].endswith(" Het vaste koppel bij School 1 rust tot deze mentor terugkomt.")
    stage.work()
    repaired = answer.headers["location"]
    assert (tried["possible"], stage.client.get(repaired).json()["plan"]["status"]) == (True, "proven")
    assert stage.client.get(repaired).json()["stale"] is False
    again = stage.client.post(f"{stage.place}/locks", json=lock | {"school": "S002"})
    assert (again.status_code, again.json()["code"]) == (409, "lock_conflict")
    record = stage.client.get(f"{repaired}/record").text
    assert stage.asked("POST", f"{repaired}/record/check", json={"record": record})["sound"] is True
    stage.published(repaired)
    stage.client.delete(f"{stage.place}/withdrawals/M001")
    assert len(stage.client.get(f"{stage.place}/locks").json()["items"]) == 1
    place = stage.solved(repair=True)
    pairs = stage.client.get(f"{place}/pairings").json()["items"]
    assert [one["school"] for one in pairs if (one["mentor"], one["locked"]) == ("M001", True)] == ["S001"]
