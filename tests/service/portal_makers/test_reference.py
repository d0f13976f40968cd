"""Does the reference for programmers tell every operation, and do its calls work when they are copied?"""

from __future__ import annotations

import html
import json
import re
import shlex
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from service.database.engine import Database
from service.web.pages.reference import WHO
from tests.service.publish_steps import Stage
from tests.service_client import a_client, a_key, an_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi.testclient import TestClient

    from service.worker.child import Children

CALL = re.compile(r'<section class="kaart" id="(\w+)">.*?<pre class="oproep" tabindex="0">(.*?)</pre>', re.DOTALL)
OPEN_TO_A_PORTAL = ("portaal", "keuzelijsten", "aanmelden")
SHAPELESS = {
    "add_import": "a file comes as a form, which the call leaves out",
}
"""Calls that their shape alone can't make good, and why."""


@pytest.fixture(scope="module")
def anybody() -> Iterator[TestClient]:
    """Read the pages as anybody can; nothing in them comes from a database."""
    with closing(Database("sqlite://")) as nothing:
        yield a_client(an_app(nothing))


def calls(client: TestClient, *tags: str) -> Iterator[tuple[str, str]]:
    """Give the calls of the pages: the operation and what stands there to copy."""
    for tag in tags:
        page = client.get(f"/api/{tag}", headers={"Accept": "text/html"})
        assert page.status_code == 200, tag
        for name, text in CALL.findall(page.text):
            yield name, html.unescape(text)


def run(client: TestClient, call: str, known: dict[str, str]) -> Any:  # noqa: ANN401 - an answer
    """Do what a terminal would do with a call: fill in variables, and send."""
    for name, value in sorted(known.items(), key=lambda pair: -len(pair[0])):
        call = call.replace(f"${name}", value)
    words = shlex.split(call)
    assert words[0] == "curl"
    method, headers, body, place = "GET", {}, None, words[-1]
    for flag, value in zip(words[1:-1:2], words[2:-1:2], strict=True):
        if flag == "-X":
            method = value
        elif flag == "-H":
            name, _, told = value.partition(": ")
            headers[name] = told
        else:
            assert flag == "-d"
            body = value
    assert "$" not in place, place
    address = "/" + place.partition("://")[2].partition("/")[2]
    return client.request(method, address, headers=headers, content=body)


def all_tags(client: TestClient) -> list[str]:
    return [one["name"] for one in client.get("/v1/openapi.json").json()["tags"]]


def test_every_operation_stands_there_once(anybody: TestClient) -> None:
    found = [name for name, _ in calls(anybody, *all_tags(anybody))]
    paths = anybody.get("/v1/openapi.json").json()["paths"]
    assert sorted(found) == sorted(one["operationId"] for each in paths.values() for one in each.values())
    assert {one["x-access"] for each in paths.values() for one in each.values()} <= WHO.keys()
    assert anybody.get("/api/onzin", headers={"Accept": "text/html"}).status_code == 404


def test_front_page_links_every_head_and_comes_from_the_console(anybody: TestClient) -> None:
    front = anybody.get("/api", headers={"Accept": "text/html"}).text
    assert all(f'href="/api/{tag}"' in front for tag in all_tags(anybody))
    assert 'href="/api"' in anybody.get("/aanmelden", headers={"Accept": "text/html"}).text


def test_nothing_comes_from_elsewhere(anybody: TestClient) -> None:
    for tag in ("", *(f"/{one}" for one in all_tags(anybody))):
        page = anybody.get(f"/api{tag}", headers={"Accept": "text/html"})
        assert re.findall(r'(?:src|href)="(?!/|#)', page.text) == []
        assert "'unsafe-inline'" not in page.headers["content-security-policy"]
        assert "style=" not in page.text


def test_calls_of_a_portal_work_as_they_stand(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    client = a_client(stage.app)
    known = {"cohort": stage.cohort, "school": "S001", "SLEUTEL": a_key(database, ("admin",))}
    known["pseudonym"] = stage.client.get(f"{stage.place}/mentors/M001").json()["pseudonym"]
    done = {}
    for name, call in calls(client, *OPEN_TO_A_PORTAL):
        if name.startswith(
            ("get_school", "get_mentor", "get_pair", "apply", "get_opt", "get_cohort_opt", "get_app", "list_c")
        ):
            done[name] = run(client, call, known).status_code
    assert len(done) == 9
    assert set(done.values()) == {200, 202}, done


def test_every_call_is_whole_and_its_body_has_the_shape(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    client = a_client(stage.app)
    known = {"cohort": stage.cohort, "SLEUTEL": a_key(database, ("admin",)), "ETAG": "'\"0\"'"}
    known |= dict.fromkeys(re.findall(r"\{(\w+)\}", json.dumps(list(stage.app.openapi()["paths"]))), "onbekend") | known
    known |= {"side": "school", "moment": "baseline", "round_id": "laatste", "round": "1"}
    wrong, tried = {}, 0
    for name, call in calls(client, *all_tags(client)):
        answer = run(client, call, known)
        codes = (
            {one["code"] for one in answer.json().get("errors", ())}
            if "problem" in answer.headers.get("content-type", "")
            else set()
        )
        if answer.status_code in (400, 405, 415) or codes & {"missing", "extra_forbidden", "unknown_parameter"}:
            wrong[name] = (answer.status_code, sorted(codes))
        tried += 1
    assert tried > 200
    assert wrong.keys() <= SHAPELESS.keys(), wrong


@pytest.mark.parametrize(("tag", "told"), [("webhooks", "plan.published"), ("portaal", "about_mentor.company")])
def test_members_within_members_are_told(database: Database, tag: str, told: str) -> None:
    text = a_client(an_app(database)).get(f"/api/{tag}", headers={"Accept": "text/html"}).text
    assert told in text
