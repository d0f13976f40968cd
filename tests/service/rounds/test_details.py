"""Does what stands beside a plan agree with what each question alone answers?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service.publish_steps import Stage
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def test_second_choices_are_the_first_of_each_schools_alternatives(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    found = {one["school"]: one for one in stage.client.get(f"{place}/besides").json()["items"]}
    assert sorted(found) == ["S001", "S002", "S003"]
    for school, one in found.items():
        ranked = stage.client.get(f"{place}/alternatives?school={school}").json()["pairings"]
        assert one["second"] == next(each for each in ranked if not each["in_plan"])
        assert one["standby"] is None


def test_second_choices_wait_for_the_study(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = str(stage.client.post(f"{stage.place}/rounds", json={}).headers["location"])
    told = stage.client.get(f"{place}/besides")
    assert (told.status_code, told.json()["code"]) == (409, "no_plan")


def test_shares_add_up_to_each_pairs_points(database: Database, children: Children) -> None:
    stage = Stage(database, children, sample=True)
    place = stage.solved()
    viewer = a_client(stage.app, "viewer")
    for pair in stage.client.get(f"{place}/pairings").json()["items"]:
        told = viewer.get(f"{place}/pairings/{pair['school']}/{pair['mentor']}/points").json()
        assert told["points"] == pair["points"] == sum(one["points"] for one in told["shares"])
    nobody = viewer.get(f"{place}/pairings/{pair['school']}/M999/points")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "unknown_mentor")
