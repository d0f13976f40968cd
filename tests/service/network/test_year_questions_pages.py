"""Does the console tell who can come when no date fits, and what a change of group costs before it is kept?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from service.network.questions import move_pages
from tests.builders import a_round
from tests.service.network.test_sessions_page import Network
from tests.service.planned import Pages
from tests.service_client import worker_beside

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def pages(database: Database, children: Children) -> Network:
    """Publish a plan."""
    return Network(database, children)


def asked(pages: Network, place: str, **query: Any) -> str:  # noqa: ANN401 - fields
    with worker_beside(pages.app, pages.children):
        return str(pages.client.get(place, params=query).text)


def test_group_without_a_date_gets_three_moments_to_choose_from(pages: Network) -> None:
    pages.planned(blokkeringen="Provinciehuis; 1/9/2026; 30/6/2027; ; verbouwing", afspraken="")
    season = pages.season()
    house = next(one["id"] for one in season["hosts"] if one["name"] == "Provinciehuis")
    place = f"{pages.here}/sessies/{season['id']}/vragen"
    text = asked(pages, place, vraag="datum", ronde=1, school=["S001", "S002"], gastheer=house)
    assert "Leg de groep deze momenten voor" in text
    told = text[text.index('id="peiling"') :].split("</ol>")[0]
    assert told.count("<li>") == 3
    assert told.count("met 2 van de 2 scholen") == 3
    assert "De gastheer kan dan niet (01/09/2026 tot 30/06/2027: verbouwing)." in told
    assert 'id="peiling"' not in asked(pages, place, vraag="datum", ronde=1, school=["S001", "S002"])


class Grouped(Pages):
    """A year with two groups a round: six schools in groups of three."""

    def __init__(self, database: Database, children: Children) -> None:
        """Publish a plan, and plan the year."""
        super().__init__(database, children, a_round(6, 8))
        self.solved()
        self.seasons = f"/v1/cohorts/{self.cohort}/seasons"
        base = f"/v1/cohorts/{self.cohort}/rounds/laatste"
        for step in ("approve", "publish"):
            assert self.client.post(f"{base}/{step}").status_code == 200
        quick = {"rounds": 2, "group_size": 3, "seconds": 2}
        assert self.client.post(self.seasons, json=quick).status_code == 202
        self.work()

    def season(self) -> dict[str, Any]:
        """Give the newest season as the API tells it."""
        found: dict[str, Any] = self.client.get(f"{self.seasons}/laatste").json()
        return found

    def move(self, season: dict[str, Any], number: int = 1) -> tuple[str, dict[str, Any]]:
        """Give a school of a round that receives nobody, and the session of the other group."""
        here, there = [one for one in season["year"]["sessions"] if one["round"] == number]
        return next(one for one in here["schools"] if one != here["host"]), there

    def question(self, season: dict[str, Any], **query: str) -> str:
        """Ask on the page what a move costs."""
        with worker_beside(self.app, self.children):
            return str(self.client.get(f"{self.here}/sessies/{season['id']}/verplaatsen", params=query).text)


def goals(season: dict[str, Any]) -> dict[str, int]:
    return {one["name"]: one["value"] for one in season["year"]["goals"]}


def test_price_of_a_move_is_told_before_anything_is_kept_and_is_what_the_repair_costs(
    database: Database, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(move_pages, "SECONDS", 3)
    pages = Grouped(database, children)
    before = pages.season()
    school, there = pages.move(before)
    text = pages.question(before, school=school, naar=there["uid"])
    price = pages.client.post(
        f"{pages.seasons}/{before['id']}/move-price",
        json={"school": school, "session": there["uid"], "seconds": 3},
        headers={"Prefer": "wait=0"},
    ).json()
    assert price["possible"]
    for words in (
        "Herhaalde ontmoetingen",
        "Minuten rijden van wie het meest rijdt",
        "Minuten rijden van allen samen",
        "Wie verschuift: ",
    ):
        assert words in text
    assert text.count("wordt ") >= len(price["moved"]) >= 2
    assert pages.season() == before
    kept = pages.client.post(
        f"{pages.here}/sessies/{before['id']}/verplaatsen",
        data={"eenmaal": "", "school": school, "naar": there["uid"]},
    )
    assert kept.status_code == 303, kept.text
    pages.work()
    after = pages.season()
    assert (after["state"], after["repairs"]) == ("draft", before["id"])
    now = next(one for one in after["year"]["sessions"] if one["round"] == 1 and school in one["schools"])
    assert (now["host"], now["day"]) == (there["host"], there["day"])
    was, found = goals(before), goals(after)
    assert {name: found[name] - was[name] for name in price["losses"]} == price["losses"]
    assert found["changed_sessions"] == price["changed_sessions"]


def test_second_move_takes_the_place_of_the_first_and_both_drafts_can_be_published(
    database: Database, children: Children
) -> None:
    pages = Grouped(database, children)
    first = pages.season()
    assert pages.client.post(f"{pages.seasons}/{first['id']}/publish").status_code == 200
    school, there = pages.move(first)
    back = next(one for one in first["year"]["sessions"] if one["round"] == 1 and school in one["schools"])
    for uid in (there["uid"], back["uid"]):
        body = {"previous": pages.season()["id"], "moves": [{"school": school, "session": uid}], "seconds": 2}
        answer = pages.client.post(pages.seasons, json=body)
        assert answer.status_code == 202, answer.text
        pages.work()
    last = pages.season()
    assert last["year"]["conflict"] is None
    assert school in next(one for one in last["year"]["sessions"] if one["uid"] == back["uid"])["schools"]
    answer = pages.client.post(f"{pages.seasons}/{last['id']}/publish")
    assert answer.status_code == 200, answer.text


def test_move_that_can_not_be_is_told_why(database: Database, children: Children) -> None:
    pages = Grouped(database, children)
    season = pages.season()
    school, there = pages.move(season)
    assert "zit al in deze groep." in pages.question(season, school=there["schools"][0], naar=there["uid"])
    assert "Deze sessie is er niet (meer)." in pages.question(season, school=school, naar="weg")
    body = {"previous": season["id"], "moves": [{"school": school, "session": "weg"}]}
    refused = pages.client.post(pages.seasons, json=body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/moves/0/session")
    alone = pages.client.post(pages.seasons, json={"moves": body["moves"]})
    assert (alone.status_code, alone.json()["errors"][0]["pointer"]) == (422, "/moves")
    data = {"eenmaal": "", "school": school, "naar": "weg"}
    form = pages.client.post(f"{pages.here}/sessies/{season['id']}/verplaatsen", data=data)
    assert (form.status_code, "Deze sessie is er niet (meer)." in form.text) == (422, True)
