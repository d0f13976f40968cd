"""Is nobody mailed about a match on which they have nothing (any more) to answer?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page_text import as_read
from tests.service.publish_steps import Stage
from tests.service.rounds.test_acceptance import LATER, Asked

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

    Told = dict[tuple[str, str], list[str]]


def waiting(asked: Asked) -> Told:
    """Give what waits for a coordinator, by side and id: which others each mail names."""
    items = asked.client.get(f"{asked.place}/mails?state=proposed&limit=200").json()["items"]
    bodies = [(one, asked.client.get(f"{asked.place}/mails/{one['id']}").json()["body"]) for one in items]
    others = {one["id"]: one["name"] for one in asked.client.get(f"{asked.place}/schools").json()["items"]}
    others |= {
        one["id"]: f"{one['first_name']} {one['last_name']}".strip() or one["company"]
        for one in asked.client.get(f"{asked.place}/mentors").json()["items"]
    }
    return {(one["side"], one["who"]): [key for key, name in others.items() if name in body] for one, body in bodies}


def pair(asked: Asked, index: int = 0) -> tuple[str, str]:
    """Give the school and the mentor of a pair."""
    return asked.pairs[index]["school"], asked.pairs[index]["mentor"]


@pytest.mark.parametrize("how", ["declined", "withdrawn", "left", "removed"])
def test_mail_about_a_match_that_is_over_is_not_sent_any_more(database: Database, children: Children, how: str) -> None:
    asked = Asked(database, children)
    school, mentor = pair(asked)
    before = waiting(asked)
    assert {("school", school), ("mentor", mentor)} <= before.keys()
    if how == "declined":
        assert asked.answer(0, "mentor", "declined", "te ver").status_code == 200
    elif how == "withdrawn":
        place = f"{asked.place}/proposals/{asked.pairs[0]['proposal']['id']}"
        assert asked.client.delete(place).status_code == 204
    elif how == "left":
        gone = {"mentor": mentor, "reason": "no_time"}
        assert asked.client.post(f"{asked.place}/withdrawals", json=gone).status_code == 201
    else:
        there = f"{asked.place}/mentors/{mentor}"
        tag = {"If-Match": asked.client.get(there).headers["ETag"]}
        assert asked.client.delete(there, headers=tag).status_code == 204
    over = {("school", school), ("mentor", mentor)}
    assert waiting(asked) == {who: told for who, told in before.items() if who not in over}


def test_who_said_yes_by_telephone_is_not_asked_and_the_other_still_is(database: Database, children: Children) -> None:
    asked = Asked(database, children)
    school, mentor = pair(asked)
    assert asked.answer(0, "mentor", "accepted").status_code == 200
    after = waiting(asked)
    assert ("mentor", mentor) not in after
    assert ("school", school) in after


class OneForAll(Asked):
    """A stage on which one mentor was proposed to every school."""

    def __init__(self, database: Database, children: Children) -> None:
        """Have all other mentors stop before the plan is made."""
        Stage.__init__(self, database, children)
        first, *others = self.client.get(f"{self.place}/mentors").json()["items"]
        for one in others:
            gone = {"mentor": one["id"], "reason": "no_time"}
            assert self.client.post(f"{self.place}/withdrawals", json=gone).status_code == 201
        there = f"{self.place}/mentors/{first['id']}"
        tag = {"If-Match": self.client.get(there).headers["ETag"]}
        assert self.client.patch(there, json={"max_schools": 3}, headers=tag).status_code == 200
        self.round = self.solved()
        assert self.client.post(f"{self.round}/approve").status_code == 200
        made = self.client.post(f"{self.round}/proposals", json={"answer_by": LATER})
        self.pairs = [one for one in made.json()["pairs"] if one["proposal"]]


def test_what_else_a_mail_asked_is_asked_anew(database: Database, children: Children) -> None:
    asked = OneForAll(database, children)
    schools = {one["school"] for one in asked.pairs}
    mentor = asked.pairs[0]["mentor"]
    assert len(schools) > 1
    assert schools <= set(waiting(asked)["mentor", mentor])
    assert asked.answer(0, "school", "declined", "geen tijd").status_code == 200
    told = set(waiting(asked)["mentor", mentor])
    assert told & schools == schools - {asked.pairs[0]["school"]}


def test_plan_of_which_everybody_said_no_is_followed_by_one_without_pairs_that_says_so(
    database: Database, children: Children
) -> None:
    asked = OneForAll(database, children)
    for index in range(len(asked.pairs)):
        assert asked.answer(index, "mentor", "declined", "te druk").status_code == 200
    home = f"/cohorten/{asked.cohort}"
    form = {"ronde": asked.round.rpartition("/")[2], "houd": "1"}
    assert asked.client.post(f"{home}/voorstellen/opnieuw", data=form).status_code in (200, 303)
    asked.work()
    text = as_read(asked.client.get(f"{home}/voorstellen").text)
    assert "In dit plan staat geen enkel koppel" in text
    assert "0 van 0" not in text
    assert "Afgewezen door de mentor: te druk" in as_read(asked.client.get(f"{home}/ronde").text)
    assert "Aan niemand is gevraagd" not in as_read(asked.client.get(f"{home}/publiceren").text)
