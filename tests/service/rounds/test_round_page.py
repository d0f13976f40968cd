"""Can a coordinator have the best plan searched for, follow it, stop it, and read what is proven?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.cohorts.policy.goal_words import goal_rows, headline
from service.database.tables import job
from service.rounds.run.shapes import GoalOut
from tests.builders import a_mentor, a_round, a_school, forbidden
from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def test_round_says_beforehand_what_will_be_matched(pages: Pages) -> None:
    text = pages.text("/ronde")
    assert "3 scholen met 4 plaatsen, 4 mentoren; 0 vaste koppels, 0 verboden koppels; " in text
    assert f'<a href="{pages.here}/regels">de standaardregels</a>.' in text
    assert "Zoek het beste plan</button>" in text


def test_round_is_begun_once_followed_and_proven(pages: Pages) -> None:
    data = {"eenmaal": "web_1"}
    first, again = (
        pages.client.post(f"{pages.here}/ronde", data=data),
        pages.client.post(f"{pages.here}/ronde", data=data),
    )
    assert (first.status_code, first.headers["location"], again.status_code) == (303, f"{pages.here}/ronde", 303)
    busy = pages.text("/ronde")
    assert "Ronde 1 zoekt het beste plan" in busy
    assert 'data-events="/v1/jobs/job_' in busy
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in busy
    assert "</span> s bezig." in busy
    assert "Stop en neem het beste" in busy
    pages.work()
    text = pages.text("/ronde")
    points = sum(int(str(one["points"])) for one in pages.pairs())
    told = f"{points:,}".replace(",", ".")
    assert f"Bewezen: met deze doelen, in deze volgorde, haalt geen plan meer dan {told} punten." in text
    assert "3 scholen met een mentor, 1 school met een tweede mentor" in text
    assert "Elke gevraagde plaats is ingevuld." in text
    assert "Ook uitgezocht" in text


def test_second_round_at_once_is_refused_in_words(pages: Pages) -> None:
    pages.client.post(f"{pages.here}/ronde", data={"eenmaal": "web_1"})
    told = pages.client.post(f"{pages.here}/ronde", data={"eenmaal": "web_2"})
    assert told.status_code == 409
    assert "Er wordt al een ronde van deze cohorte uitgerekend." in told.text


def test_round_stopped_before_a_plan_says_what_to_do(pages: Pages) -> None:
    pages.client.post(f"{pages.here}/ronde", data={})
    key = pages.client.get(f"/v1/cohorts/{pages.cohort}/rounds/laatste").json()["id"]
    told = pages.client.post(f"{pages.here}/ronde/{key}/stop")
    assert (told.status_code, told.headers["location"]) == (303, f"{pages.here}/ronde")
    text = pages.text("/ronde")
    assert "Het zoeken stopt; het beste plan tot nu toe blijft bewaard." in text
    assert "Ronde 1 is gestopt" in text
    assert "Zoek opnieuw</button>" in text


def test_failed_round_is_said_with_the_way_on(pages: Pages, database: Database) -> None:
    pages.client.post(f"{pages.here}/ronde", data={})
    with database.write() as transaction:
        transaction.execute(sa.update(job).values(state="failed", failure="Er is niet genoeg geheugen."))
    text = pages.text("/ronde")
    assert "Ronde 1 is mislukt" in text
    assert "Er is niet genoeg geheugen." in text
    assert "Zoek opnieuw</button>" in text


def test_changed_data_make_a_round_old_with_a_button_for_a_new_one(pages: Pages) -> None:
    pages.solved()
    assert "zijn gewijzigd sinds deze ronde begon" not in pages.text("/ronde")
    pair = pages.pairs()[0]
    agreed = {"school": pair["school"], "mentor": pair["mentor"], "kind": "required", "reason": "goed"}
    assert pages.client.post(f"/v1/cohorts/{pages.cohort}/locks", json=agreed).status_code == 201
    text = pages.text("/ronde")
    assert "zijn gewijzigd sinds deze ronde begon" in text
    assert 'id="opnieuw">Zoek opnieuw</button>' in text


def test_open_place_is_named_with_its_reason(database: Database, children: Children) -> None:
    given = a_round([a_school(1, name="Atheneum"), a_school(2)], [a_mentor(1)], locks=(forbidden("S001", "M001"),))
    pages = Pages(database, children, given)
    pages.solved()
    text = pages.text("/ronde")
    assert "1 plaats blijft open" in text
    assert ">Atheneum</a>: " in text


def test_published_plan_is_kept_to_unless_said(pages: Pages) -> None:
    pages.solved()
    assert "Zo weinig mogelijk wijzigen" not in pages.text("/ronde")
    place = f"/v1/cohorts/{pages.cohort}/rounds/laatste"
    key = pages.client.get(place).json()["id"]
    for deed in ("approve", "publish"):
        assert pages.client.post(f"/v1/cohorts/{pages.cohort}/rounds/{key}/{deed}").status_code == 200
    assert "Zo weinig mogelijk wijzigen aan het gepubliceerde plan (ronde 1)" in pages.text("/ronde")
    pair = pages.pairs()[0]
    agreed = {"school": pair["school"], "mentor": pair["mentor"], "kind": "required", "reason": "goed"}
    assert pages.client.post(f"/v1/cohorts/{pages.cohort}/locks", json=agreed).status_code == 201
    assert 'id="opnieuw">Zoek opnieuw, met zo weinig mogelijk wijzigingen</button>' in pages.text("/ronde")
    repairs = []
    for data in ({"keuze": "1", "herstel": "1"}, {"keuze": "1"}, {}):
        pages.client.post(f"{pages.here}/ronde", data=data)
        pages.work()
        repairs.append(pages.client.get(place).json()["repairs"])
    assert repairs == [key, None, key]


def test_viewer_reads_and_may_not_search(pages: Pages) -> None:
    viewer = pages.browser("viewer")
    text = viewer.get(f"{pages.here}/ronde").text
    assert "Een coördinator kan het plan laten zoeken." in text
    assert "Zoek het beste plan</button>" not in text
    assert viewer.post(f"{pages.here}/ronde").status_code == 403


def test_empty_cohort_leads_to_the_data(database: Database, children: Children) -> None:
    pages = Pages(database, children, a_round([], []))
    assert "er zijn nog geen scholen" in pages.text("/ronde")
    told = pages.client.post(f"{pages.here}/ronde", data={})
    assert told.status_code == 409
    assert "Naar de gegevens" in told.text


def test_goals_that_are_open_say_how_much_better_it_may_be() -> None:
    goals = [
        GoalOut(name="places_filled", value=[3], bound=[3], proven=True),
        GoalOut(name="points", value=2500, bound=2600, proven=False),
        GoalOut(name="travel_minutes", value=70, bound=None, proven=False),
    ]
    told = headline(goals)
    assert told.startswith("Dit plan haalt 2.500 punten. Nog niet bewezen: bij 2 doelen")
    assert told.endswith("Meer dan 2.600 punten kan met deze doelen niet.")
    rows = goal_rows(goals, repairs=False)
    assert [one["value"] for one in rows] == ["3 scholen met een mentor", "2.500 punten", "1 u 10, enkele rit"]
    assert rows[1]["proof"] == "niet bewezen; beter dan dit kan niet: 2.600 punten"
    assert rows[2]["proof"] == "niet bewezen; hoeveel beter het kan, is niet bekend"


def test_round_without_a_plan_is_no_step_and_has_no_files(database: Database, children: Children) -> None:
    pages = Pages(database, children, a_round([a_school(1)], [a_mentor(1), a_mentor(2)]))
    pages.solved()
    place = f"/v1/cohorts/{pages.cohort}"
    first = pages.client.get(f"{place}/rounds/laatste").json()["id"]
    for step in ("approve", "publish"):
        assert pages.client.post(f"{place}/rounds/{first}/{step}").status_code == 200
    mentor = pages.pairs()[0]["mentor"]
    lock = {"school": "S001", "mentor": mentor, "kind": "required", "reason": "x"}
    assert pages.client.post(f"{place}/locks", json=lock).status_code == 201
    kept = pages.client.get(f"{place}/mentors/{mentor}")
    changed = pages.client.patch(
        f"{place}/mentors/{mentor}", json={"status": "reserve"}, headers={"If-Match": kept.headers["etag"]}
    )
    assert changed.status_code == 200, changed.text
    pages.solved()
    second = pages.client.get(f"{place}/rounds/laatste").json()
    assert (second["plan"]["status"], second["repairs"]) == ("conflict", first)
    assert "herstelt het gepubliceerde plan" not in pages.text("")
    dossier = pages.text("/dossier")
    assert f"/bestanden/{first}/plan.xlsx" in dossier
    assert second["id"] not in dossier.partition("Wie deed wat")[0]
    assert "geen plan</td>" in pages.text("/ronde").partition("Alle rondes")[2]
    assert second["id"] not in pages.text("/vergelijken")
