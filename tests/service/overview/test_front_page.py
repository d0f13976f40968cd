"""Does the front page tell what is known, and does the navigation say how each place stands, on every page?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.routing import iter_route_contexts

from service.app import create_app
from service.core.settings import Settings
from service.overview.steps import Facts, later_of, stands_of, steps_of
from service.rounds.run.shapes import RoundOut
from service.web.pages.navigation import GROUPS, tabs
from tests.page_text import as_read
from tests.service.overview.test_login_and_cohorts import browser
from tests.service.publish_steps import Stage
from tests.service_client import a_client, a_filled_cohort, an_app

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

EMPTY: dict[str, Any] = {
    "schools": 0,
    "mentors": 0,
    "newest": None,
    "public": None,
    "stale": False,
    "year": False,
    "public_year": False,
    "outdated": 0,
}
FILLED = EMPTY | {"schools": 20, "mentors": 45}


def a_round(**changes: Any) -> RoundOut:  # noqa: ANN401 - a round's
    known = {"id": "rnd_1", "cohort": "coh_1", "number": 1, "state": "draft", "job": None, "job_state": None}
    more = {"studied": True, "repairs": None, "inputs_hash": "", "version": 1, "created_at": "2026-09-01T00:00:00Z"}
    return RoundOut.model_validate(known | more | changes)


SOLVED = FILLED | {"newest": a_round()}
PUBLIC = SOLVED | {"public": a_round(state="published")}
REPAIRED = PUBLIC | {"newest": a_round(id="rnd_2", number=2, repairs="rnd_1")}


@pytest.mark.parametrize(
    ("facts", "stands", "upcoming"),
    [
        (EMPTY, {"gegevens": "nu"}, "gegevens"),
        (EMPTY | {"schools": 20}, {"gegevens": "nu"}, "gegevens"),
        (FILLED, {"gegevens": "klaar", "controle": "nu"}, "controle"),
        (SOLVED, {"gegevens": "klaar", "controle": "klaar", "ronde": "klaar", "plan": "nu"}, "plan"),
        (SOLVED | {"stale": True}, {"gegevens": "klaar", "controle": "klaar", "ronde": "oud"}, "ronde"),
        (
            PUBLIC,
            dict.fromkeys(("gegevens", "controle", "ronde", "plan", "publiceren"), "klaar") | {"sessies": "nu"},
            None,
        ),
        (
            REPAIRED,
            dict.fromkeys(("gegevens", "controle", "ronde"), "klaar") | {"plan": "nu", "sessies": "nu"},
            "plan",
        ),
    ],
)
def test_steps_follow_from_facts(facts: dict[str, Any], stands: dict[str, str], upcoming: str | None) -> None:
    known = Facts(**facts)
    assert stands_of(known) == stands
    assert [one.to for one in steps_of(known) if one.next] == ([upcoming] if upcoming else [])


@pytest.mark.parametrize(
    ("year", "stand", "words"),
    [
        ({"public_year": True, "year": True}, "klaar", "Plan de sessies van het jaar"),
        ({"year": True}, "nu", "dat nog niet gepubliceerd is"),
        ({"public_year": True, "year": True, "outdated": 1}, "oud", "1 komende sessie nodigt niet meer"),
        ({"public_year": True, "year": True, "outdated": 3}, "oud", "3 komende sessies nodigen niet meer"),
    ],
)
def test_year_of_sessions_says_how_it_stands(year: dict[str, Any], stand: str, words: str) -> None:
    told = {one[0]: one for one in later_of(Facts(**(PUBLIC | year)))}
    assert told["sessies"][3] == stand
    assert words in told["sessies"][2]


def test_navigation_marks_the_page_the_group_and_the_page_above() -> None:
    found = tabs("/cohorten/coh_1/scholen/000101", {"gegevens": "klaar"}, viewer=False)
    assert [(one.name, one.here) for one in found] == [(one.name, one.name == "Voorbereiden") for one in GROUPS]
    first = found[0].links[0]
    assert (first.to, first.current, first.mark, first.words) == ("gegevens", "true", "✓", "klaar")
    assert tabs("/cohorten/coh_1/plan", {}, viewer=False)[1].links[1].current == "page"
    assert not any(one.here for one in tabs("/cohorten/coh_1", {}, viewer=False))
    assert tabs("/cohorten/coh_1/stevigheid", {}, viewer=False)[1].links[1].current == "true"
    (desk,) = (one for one in tabs("/cohorten/coh_1/instellingen", {}, viewer=False) if one.here)
    assert (desk.name, [one.to for one in desk.links if one.current]) == ("Beheer", ["instellingen"])


FILES = "bestanden"
"""The part of a cohort's addresses that holds files alone."""


def test_every_page_of_a_cohort_stands_somewhere_in_the_navigation() -> None:
    app = create_app(Settings(database_url="sqlite://"))
    routes = [(one.path or one.original_route.path, one.original_route) for one in iter_route_contexts(app.routes)]
    app.state.database.close()
    begin = "/cohorten/{cohort}/"
    shown = [path for path, route in routes if path.startswith(begin) and "GET" in (route.methods or ())]
    parts = {path.removeprefix(begin).partition("/")[0] for path in shown} - {FILES}
    assert len(parts) > 20
    for part in parts:
        found = [one.name for one in tabs(f"/cohorten/coh_1/{part}", {}, viewer=False) if one.here]
        assert len(found) == 1, part


def test_who_only_looks_is_offered_what_they_may_open() -> None:
    offered = [link.to for group in tabs("/cohorten/coh_1/plan", {}, viewer=True) for link in group.links]
    assert offered == ["gegevens", "ronde", "plan", "traject"]


def marks(text: str) -> dict[str, str]:
    """Read how the navigation says that each place stands."""
    wide = text.partition('<details class="meer">')[0]
    return dict(re.findall(r'/(\w+)"[^>]*>[^<]*</a><span class="stip (\w+)"', wide))


def test_navigation_follows_what_is_done_on_every_page(database: Database) -> None:
    app = an_app(database)
    client = browser(app, "coordinator")
    cohort = a_filled_cohort(client)
    assert marks(client.get(f"/cohorten/{cohort}/gegevens").text) == {"gegevens": "klaar", "controle": "nu"}
    admin = a_client(app, "admin")
    school = admin.get(f"/v1/cohorts/{cohort}/schools").json()["items"]
    for one in school:
        place = f"/v1/cohorts/{cohort}/schools/{one['id']}"
        version = admin.get(place).headers["etag"]
        assert admin.delete(place, headers={"If-Match": version}).status_code == 204
    assert marks(client.get(f"/cohorten/{cohort}/scholen").text) == {"gegevens": "nu"}


def test_front_page_tells_figures_of_the_public_plan(database: Database, children: Children) -> None:
    stage = Stage(database, children, sample=True)
    assert "Zwakste koppel" not in browser(stage.app, "coordinator").get(f"/cohorten/{stage.cohort}").text
    stage.published()
    text = as_read(browser(stage.app, "coordinator").get(f"/cohorten/{stage.cohort}").text)
    plan = stage.client.get(f"{stage.place}/rounds/gepubliceerd/plan").json()
    weakest = min(one["points"] for one in plan["pairs"])
    missing = sum(one["count"] for one in plan["open_places"])
    served = {one["school"] for one in plan["pairs"]}
    every = served | {one["school"] for one in plan["open_places"]}
    assert f"<strong>{len(served)} van {len(every)}</strong>" in text
    assert f"<strong>{missing}</strong>" in text
    assert f"<strong>{weakest} op 1.000</strong>" in text


def test_page_that_is_not_there_keeps_the_navigation_of_its_cohort(database: Database) -> None:
    client = browser(an_app(database), "coordinator")
    cohort = a_filled_cohort(client)
    told = client.get(f"/cohorten/{cohort}/scholen/onbekend")
    assert told.status_code == 404
    assert f'href="/cohorten/{cohort}/gegevens"' in told.text
    assert "Terug naar het overzicht" in told.text
    assert 'href="/cohorten/onbekend/gegevens"' not in client.get("/cohorten/onbekend/plan").text


def test_title_names_the_cohort_on_every_page(database: Database) -> None:
    client = browser(an_app(database), "coordinator")
    cohort = a_filled_cohort(client)
    name = a_client(an_app(database), "admin").get(f"/v1/cohorts/{cohort}").json()["name"]
    for group in GROUPS:
        for place in group.places:
            text = client.get(f"/cohorten/{cohort}/{place.to}").text
            assert f" – {name} – in2stem</title>" in text, place
