"""Is every pair asked, answered and counted; and does a no forbid the pair in the next round, whatever held it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from service.database.ids import now
from service.database.tables import delivery, proposal, webhook
from tests.page_text import as_read
from tests.service.publish_steps import Stage
from tests.service.records.test_privacy import everything
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

LATER = "2099-12-31"


class Asked(Stage):
    """A stage on which a plan was approved and proposed."""

    def __init__(self, database: Database, children: Children) -> None:
        """Have the pairs of a plan proposed."""
        super().__init__(database, children)
        self.round = self.solved()
        assert self.client.post(f"{self.round}/approve").status_code == 200
        made = self.client.post(f"{self.round}/proposals", json={"answer_by": LATER})
        assert made.status_code == 200, made.text
        self.pairs: list[dict[str, Any]] = made.json()["pairs"]

    def answer(self, pair: int, side: str, answer: str, reason: str = "") -> Any:  # noqa: ANN401 - a response
        """Note an answer on the pair of a place in the list."""
        place = f"{self.place}/proposals/{self.pairs[pair]['proposal']['id']}/answers"
        return self.client.post(place, json={"side": side, "answer": answer, "reason": reason})

    def state(self, pair: int) -> str:
        """Say how a pair stands."""
        return str(self.client.get(f"{self.round}/proposals").json()["pairs"][pair]["proposal"]["state"])

    def hears(self, *events: str) -> None:
        """Have a webhook hear of events."""
        values = {"id": "whk_1", "url": "https://portaal.example/", "secret": "whsec_AA==", "events": list(events)}
        with self.app.state.database.write() as transaction:
            transaction.execute(sa.insert(webhook).values(**values, created_at=now()))

    def told(self) -> list[dict[str, Any]]:
        """Give what was told."""
        with self.app.state.database.read() as transaction:
            query = sa.select(delivery.c.event, delivery.c.payload).order_by(delivery.c.id)
            return [{"event": row.event, **row.payload["data"]} for row in transaction.execute(query)]


def test_pair_of_which_somebody_left_takes_no_answer_and_holds_up_nothing(
    database: Database, children: Children
) -> None:
    """A mentor may leave between the proposal and the answer: of the one who stays nothing is asked any more."""
    asked = Asked(database, children)
    assert asked.answer(0, "mentor", "accepted").status_code == 200
    assert asked.answer(1, "mentor", "accepted").status_code == 200
    gone = {"mentor": asked.pairs[0]["mentor"], "reason": "no_time"}
    assert asked.client.post(f"{asked.place}/withdrawals", json=gone).status_code == 201
    assert asked.state(0) == "left"
    answer = asked.answer(0, "school", "accepted")
    assert (answer.status_code, answer.json()["code"]) == (409, "left")
    pair = [{name: asked.pairs[0][name] for name in ("school", "mentor")}]
    again = asked.client.post(f"{asked.round}/proposals", json={"answer_by": LATER, "pairs": pair})
    assert again.json()["code"] == "left"
    form = {"ronde": asked.round.rpartition("/")[2], "houd": "1"}
    assert asked.client.post(f"/cohorten/{asked.cohort}/voorstellen/opnieuw", data=form).status_code in (200, 303)
    kept = [one["mentor"] for one in asked.client.get(f"{asked.place}/locks").json()["items"]]
    assert asked.pairs[1]["mentor"] in kept
    assert asked.pairs[0]["mentor"] not in kept
    page = as_read(asked.client.get(f"/cohorten/{asked.cohort}/voorstellen?ronde={form['ronde']}").text)
    assert "doet niet meer mee" in page
    assert "1 koppel kan niet meer" in page
    assert asked.client.delete(f"{asked.place}/withdrawals/{gone['mentor']}").status_code == 204
    assert asked.state(0) == "accepted_by_mentor"  # who comes back finds the question where it was


@pytest.mark.parametrize("how", ["form", "removed"])
def test_who_leaves_by_the_list_leaves_their_proposals_too(database: Database, children: Children, how: str) -> None:
    asked = Asked(database, children)
    there = f"{asked.place}/mentors/{asked.pairs[0]['mentor']}"
    tag = {"If-Match": asked.client.get(there).headers["ETag"]}
    if how == "form":
        assert asked.client.patch(there, json={"status": "withdrawn"}, headers=tag).status_code == 200
    else:
        assert asked.client.delete(there, headers=tag).status_code == 204
    assert asked.state(0) == "left"


def test_draft_is_not_proposed(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    answer = stage.client.post(f"{stage.solved()}/proposals", json={"answer_by": LATER})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_approved")


def test_pair_goes_from_asked_to_accepted_by_both(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    assert {one["proposal"]["state"] for one in stage.pairs} == {"proposed"}
    assert stage.pairs[0]["proposal"]["waiting_for"] == ["mentor", "school"]
    stage.hears("proposal.accepted")
    assert stage.answer(0, "mentor", "accepted").json()["proposal"]["state"] == "accepted_by_mentor"
    assert stage.told() == []
    assert stage.answer(0, "school", "accepted").json()["proposal"]["state"] == "accepted"
    (told,) = stage.told()
    assert (told["event"], told["school"]) == ("proposal.accepted", stage.pairs[0]["school"])
    assert told["mentor"] != stage.pairs[0]["mentor"]  # a pseudonym
    found = stage.client.get(f"{stage.round}/proposals").json()
    assert found["unsettled"] == len(found["pairs"]) - 1
    assert stage.answer(0, "school", "accepted").status_code == 200
    assert len(stage.told()) == 1  # the same answer again is not told again


def test_day_gone_by_without_answer_is_told(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    stage.answer(0, "mentor", "accepted")
    with database.write() as transaction:
        transaction.execute(sa.update(proposal).values(answer_by="2020-01-01"))
    assert stage.state(0) == "unanswered"
    assert stage.answer(0, "school", "accepted").json()["proposal"]["state"] == "accepted"  # late is not too late


def test_decline_forbids_the_pair_in_the_next_round_with_its_reason(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    pair = stage.pairs[0]
    locked = {"school": pair["school"], "mentor": pair["mentor"], "kind": "required", "reason": "kennen elkaar"}
    assert stage.client.post(f"{stage.place}/locks", json=locked).status_code == 201
    stage.hears("proposal.declined")
    nothing = stage.answer(0, "mentor", "declined")
    assert (nothing.status_code, nothing.json()["errors"][0]["pointer"]) == (422, "/reason")
    made = stage.answer(0, "mentor", "declined", "te ver met de trein")
    assert made.status_code == 200, made.text
    (lock,) = stage.client.get(f"{stage.place}/locks").json()["items"]
    assert (lock["id"], lock["kind"]) == (made.json()["ban"], "forbidden")
    assert lock["reason"] == "Afgewezen door de mentor: te ver met de trein"
    assert [(one["event"], one["by"]) for one in stage.told()] == [("proposal.declined", "mentor")]
    again = stage.solved()
    found = stage.client.get(f"{again}/pairings").json()["items"]
    assert (pair["school"], pair["mentor"]) not in {(one["school"], one["mentor"]) for one in found}


def test_declined_pair_takes_no_other_answer_until_it_is_proposed_anew(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    ban = stage.answer(0, "school", "declined", "al een mentor").json()["ban"]
    late = stage.answer(0, "mentor", "accepted")
    assert (late.status_code, late.json()["code"]) == (409, "already_declined")
    one = {name: stage.pairs[0][name] for name in ("school", "mentor")}
    body = {"answer_by": LATER, "pairs": [one]}
    barred = stage.client.post(f"{stage.round}/proposals", json=body)
    assert (barred.status_code, barred.json()["code"]) == (409, "forbidden_pair")
    assert stage.client.delete(f"{stage.place}/locks/{ban}").status_code == 204
    anew = stage.client.post(f"{stage.round}/proposals", json=body)
    assert anew.status_code == 200
    assert anew.json()["pairs"][0]["proposal"]["state"] == "proposed"
    assert stage.answer(0, "mentor", "accepted").status_code == 404  # what was asked before is asked no more


def test_withdrawn_proposal_takes_no_answer(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    place = f"{stage.place}/proposals/{stage.pairs[0]['proposal']['id']}"
    assert stage.client.delete(place).status_code == 204
    assert stage.state(0) == "withdrawn"
    late = stage.answer(0, "mentor", "accepted")
    assert (late.status_code, late.json()["code"]) == (409, "withdrawn")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"answer_by": "2020-01-01"}, "day_passed"),
        ({"answer_by": LATER, "pairs": [{"school": "S001", "mentor": "onbekend"}]}, "not_in_plan"),
    ],
)
def test_proposal_that_can_not_be_made_is_refused(
    database: Database, children: Children, body: dict[str, Any], code: str
) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    stage.client.post(f"{place}/approve")
    answer = stage.client.post(f"{place}/proposals", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


def test_who_said_yes_is_asked_once_and_stays(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    for side in ("mentor", "school"):
        stage.answer(1, side, "accepted")
    stage.answer(0, "mentor", "declined", "geen tijd")
    form = {"ronde": stage.round.rsplit("/", 1)[1], "houd": "1", "eenmaal": "web_1"}
    place = f"/cohorten/{stage.cohort}/voorstellen/opnieuw"
    answer = stage.client.post(place, data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    stage.work()
    stage.round = f"{stage.place}/rounds/laatste"
    kept = stage.pairs[1]
    found = stage.client.get(f"{stage.round}/proposals").json()
    mine = [one for one in found["pairs"] if (one["school"], one["mentor"]) == (kept["school"], kept["mentor"])]
    assert [one["proposal"]["state"] for one in mine] == ["accepted"]


def test_publishing_with_open_answers_tells_them_by_name_and_number(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    for side in ("mentor", "school"):
        stage.answer(0, side, "accepted")
    here = f"/cohorten/{stage.cohort}/publiceren"
    text = " ".join(stage.client.get(here).text.split())
    open_ones = len(stage.pairs) - 1
    assert f"{open_ones} koppels hebben nog geen ja van mentor en school" in text
    assert text.count("de mentor en de school antwoordden nog niet") == open_ones
    form = {"ronde": stage.round.rsplit("/", 1)[1], "eenmaal": "web_1"}
    done = " ".join(stage.client.post(here, data=form).text.split())
    assert f"Gepubliceerd: versie 1. Het portaal toont dit plan nu. {open_ones} koppels hebben nog geen ja" in done


def test_viewer_sees_states_and_no_reasons(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    stage.answer(0, "mentor", "declined", "ziek")
    seen = a_client(stage.app, "viewer").get(f"{stage.round}/proposals")
    assert seen.status_code == 200
    given = seen.json()["pairs"][0]["proposal"]["mentor_answer"]
    assert (given["answer"], given["reason"]) == ("declined", None)
    assert "ziek" not in seen.text


def test_why_somebody_declined_is_told_to_that_person_and_erased_everywhere(
    database: Database, children: Children
) -> None:
    stage = Asked(database, children)
    mentor, reason = stage.pairs[0]["mentor"], "mijn rug laat geen lange ritten toe"
    stage.answer(0, "mentor", "declined", reason)
    stage.solved()
    about = stage.client.get(f"{stage.place}/mentors/{mentor}/export").json()
    assert [one["answers"]["mentor"]["reason"] for one in about["proposals"]] == [reason]
    assert reason in everything(database)
    assert stage.client.post(f"{stage.place}/mentors/{mentor}/erase").status_code == 200
    assert reason not in everything(database)
    (lock,) = stage.client.get(f"{stage.place}/locks").json()["items"]
    assert (lock["kind"], lock["reason"]) == ("forbidden", "Afgewezen door de mentor")
