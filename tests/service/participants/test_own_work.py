"""Are contacts, satisfaction and steps noted where the coordinator reads them; each one's own alone?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from service.database.ids import today
from service.database.tables import proposal
from tests.page_text import as_read
from tests.service.participants.own import Own

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


class Mentored(Own):
    """A stage on which the first pair is accepted and the plan published."""

    def __init__(self, database: Database, children: Children) -> None:
        """Accept and publish."""
        super().__init__(database, children)
        for side in ("mentor", "school"):
            assert self.say(side, "accepted").status_code == 303
        assert self.client.post(f"{self.round}/publish").status_code == 200
        self.outcome = f"{self.place}/outcomes/{self.pairs[0]['school']}/{self.pairs[0]['mentor']}"

    def send(self, side: str, path: str, pair: int = 0, **form: Any) -> Any:  # noqa: ANN401 - a response
        """Send a form of somebody's own page about a match."""
        match = {"match": self.pairs[pair]["proposal"]["id"]}
        return self.nobody.post(f"/mijn/{self.secret(side)}/{path}", data=match | form)


def test_contact_and_satisfaction_of_both_stand_in_one_outcome(database: Database, children: Children) -> None:
    own = Mentored(database, children)
    day = today().isoformat()
    assert own.send("mentor", "contact-met", dag=day, soort="visit", minuten="90").status_code == 303
    assert own.send("school", "contact-met", dag=day, soort="call", minuten="20").status_code == 303
    assert own.send("mentor", "tevreden", tevreden="4").status_code == 303
    assert own.send("school", "tevreden", tevreden="5").status_code == 303
    found = own.client.get(own.outcome).json()
    assert {(one["kind"], one["minutes"]) for one in found["contacts"]} == {("visit", 90), ("call", 20)}
    assert (found["mentor_satisfaction"], found["school_satisfaction"]) == (4, 5)
    assert "bezoek, 1 u 30" in own.page("school")
    lines = own.client.get(f"/v1/audit?cohort={own.cohort}&limit=5").json()["items"]
    assert {one["actor"] for one in lines if one["action"] == "outcome.changed"} == {
        f"{side}:{own.pairs[0][side]}" for side in ("mentor", "school")
    }


def test_contact_that_is_sent_twice_is_noted_once(database: Database, children: Children) -> None:
    own = Mentored(database, children)
    once = re.search(r'contact-met".*?name="eenmaal" value="([^"]+)"', own.page("mentor"), re.DOTALL)
    assert once is not None
    form = {"eenmaal": once[1], "dag": today().isoformat(), "soort": "visit", "minuten": "90"}
    for _ in range(2):
        assert own.send("mentor", "contact-met", **form).status_code == 303
    assert len(own.client.get(own.outcome).json()["contacts"]) == 1


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("contact-met", {"dag": "2099-01-01", "soort": "visit", "minuten": "60"}),
        ("contact-met", {"dag": "gisteren", "soort": "visit", "minuten": "60"}),
        ("contact-met", {"dag": "2026-11-02", "soort": "feest", "minuten": "60"}),
        ("contact-met", {"dag": "2026-11-02", "soort": "visit", "minuten": "lang"}),
        ("contact-met", {"dag": "2026-11-02", "soort": "visit", "minuten": ""}),
        ("tevreden", {"tevreden": "6"}),
        ("tevreden", {}),
    ],
)
def test_what_can_not_be_meant_is_refused_on_the_page(
    database: Database, children: Children, path: str, form: dict[str, str]
) -> None:
    own = Mentored(database, children)
    before = own.client.get(own.outcome).json()
    answer = own.send("mentor", path, **form)
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    assert own.client.get(own.outcome).json() == before


def test_match_of_others_or_one_that_is_not_accepted_takes_no_word(database: Database, children: Children) -> None:
    own = Mentored(database, children)
    others = next(place for place, one in enumerate(own.pairs) if one["mentor"] != own.pairs[0]["mentor"])
    assert own.send("mentor", "tevreden", others, tevreden="1").status_code == 404
    own.pairs = [own.pairs[others]]  # their own page, but they did not say yes
    assert own.send("mentor", "tevreden", tevreden="1").status_code == 404
    assert "Onze contacten" not in own.page("mentor")


def planned(own: Own) -> None:
    """Write an action plan with a step of the school and a promise of the mentor."""
    school, mentor = (own.pairs[0][side] for side in ("school", "mentor"))
    step = {"text": "Vakgroep samenroepen", "due": (today() + timedelta(days=30)).isoformat()}
    body = {
        "goals": [{"criterion": "1.1", "aim": 3, "steps": [step, {"text": "Proefles geven"}]}],
        "commitments": {mentor: [{"text": "Twee bedrijfsbezoeken"}]},
    }
    place = f"{own.place}/action-plans/{school}"
    tag = own.client.get(place).headers["etag"]
    answer = own.client.put(place, json=body, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.text


def test_step_and_promise_are_ticked_by_whose_they_are(database: Database, children: Children) -> None:
    own = Own(database, children)
    planned(own)
    school, mentor = (own.pairs[0][side] for side in ("school", "mentor"))
    assert "Proefles geven" in own.page("school")
    assert "Proefles geven" not in own.page("mentor")

    def tick(side: str, place: str, text: str, done: str = "ja") -> int:
        form = {"school": school, "plaats": place, "tekst": text, "klaar": done}
        return int(own.nobody.post(f"/mijn/{own.secret(side)}/stap", data=form).status_code)

    assert tick("school", "1.1 1", "Proefles geven") == 303
    assert tick("mentor", f"{mentor} 0", "Twee bedrijfsbezoeken") == 303
    found = own.client.get(f"{own.place}/action-plans/{school}").json()
    assert [one["done"] for one in found["goals"][0]["steps"]] == [None, today().isoformat()]
    assert found["commitments"][mentor][0]["done"] == today().isoformat()
    assert tick("school", "1.1 1", "Proefles geven", "nee") == 303
    assert tick("school", f"{mentor} 0", "Twee bedrijfsbezoeken") == 404  # a promise is its mentor's
    assert tick("mentor", "1.1 1", "Proefles geven") == 404
    assert tick("school", "1.1 1", "Iets anders") == 404  # the plan changed since the page was read
    assert tick("school", "1.1 x", "Proefles geven") == 422
    found = own.client.get(f"{own.place}/action-plans/{school}").json()
    assert [one["done"] for one in found["goals"][0]["steps"]] == [None, None]
    assert "Weer open." not in as_read(own.page("mentor"))


def test_pair_that_is_published_without_proposal_is_shown_to_both(database: Database, children: Children) -> None:
    own = Own(database, children)
    school, mentor = own.pairs[0]["school"], own.pairs[0]["mentor"]
    with database.write() as transaction:
        transaction.execute(sa.delete(proposal))
    assert "staat vast" not in own.page("school")
    assert own.client.post(f"{own.round}/publish").status_code == 200
    for side in ("school", "mentor"):
        text = own.page(side)
        assert "Het plan met dit koppel is gepubliceerd." in text
        assert "Uw antwoord" not in text
    found = re.search(r'name="match" value="(pub_\w+)"', own.nobody.get(f"/mijn/{own.secret('mentor')}").text)
    assert found
    form = {"match": found[1], "dag": today().isoformat(), "soort": "visit", "minuten": "30"}
    assert own.nobody.post(f"/mijn/{own.secret('mentor')}/contact-met", data=form).status_code == 303
    outcome = own.client.get(f"{own.place}/outcomes/{school}/{mentor}").json()
    assert [one["minutes"] for one in outcome["contacts"]] == [30]
    accepted = {"voorstel": found[1], "antwoord": "accepted"}
    assert own.nobody.post(f"/mijn/{own.secret('mentor')}/antwoord", data=accepted).status_code == 404
