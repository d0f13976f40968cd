"""Does a long list come in sheets, keep its place, and is a file named after its cohort and day?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.database.ids import today
from service.web.pages.sheets import ROWS, sheet_of
from tests.builders import a_round
from tests.service.overview.test_login_and_cohorts import browser
from tests.service.publish_steps import Stage
from tests.service_client import a_client, a_filled_cohort, an_app

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("1", 1), ("2", 2), ("3", 3), ("4", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 5000, 1)],
)
def test_sheet_is_the_nearest_that_there_is(asked: str, number: int) -> None:
    rows = list(range(2 * ROWS + 1))
    found = sheet_of(rows, asked)
    assert (found.number, found.count, found.total) == (number, 3, len(rows))
    assert list(found.rows) == rows[found.first - 1 : found.first - 1 + ROWS]


def test_nothing_is_one_empty_sheet() -> None:
    found = sheet_of([], "7")
    assert (list(found.rows), found.number, found.count) == ([], 1, 1)


def test_long_list_is_shown_in_sheets_that_together_hold_everybody_once(database: Database) -> None:
    app = an_app(database)
    client = browser(app, "coordinator")
    cohort = a_filled_cohort(client, a_round(3, ROWS + 20))
    place = f"/cohorten/{cohort}/mentoren"
    first, second = client.get(place).text, client.get(f"{place}?blad=2").text
    assert (first.count("<tr data-rij"), second.count("<tr data-rij")) == (ROWS, 20)
    assert f"Rij {ROWS + 1} tot {ROWS + 20} van {ROWS + 20}" in second
    assert 'href="?volgorde=nummer&amp;blad=2"' in client.get(f"{place}?volgorde=nummer").text
    assert "Bladen" not in client.get(f"/cohorten/{cohort}/scholen").text


def test_list_is_gone_back_to_as_it_was(database: Database) -> None:
    client = browser(an_app(database), "coordinator")
    cohort = a_filled_cohort(client, a_round(3, 5))
    place = f"/cohorten/{cohort}/mentoren"
    mentor = a_client(an_app(database), "coordinator").get(f"/v1/cohorts/{cohort}/mentors").json()["items"][0]["id"]
    for referer, back in (
        (f"http://testserver{place}?zoek=a&volgorde=nummer", f"{place}?zoek=a&amp;volgorde=nummer"),
        (f"http://elders.example{place}?zoek=a", place),
        (f"http://testserver/cohorten/{cohort}/scholen?zoek=a", place),
        ("http://[", place),
        ("", place),
    ):
        text = client.get(f"{place}/{mentor}", headers={"Referer": referer} if referer else {}).text
        assert f'<a href="{back}">Terug naar de mentoren</a>' in text, referer


def test_file_is_named_after_its_cohort_and_the_day(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    of_round = stage.solved().rpartition("/")[2]
    page = browser(stage.app, "coordinator")
    name = stage.client.get(stage.place).json()["name"]
    told = page.get(f"/cohorten/{stage.cohort}/dossier/{of_round}.json").headers["content-disposition"]
    plain = name.casefold().replace(" ", "-")
    assert told == f'attachment; filename="dossier-ronde-1-{plain}-{today().isoformat()}.json"'
