"""Is the OpenAPI document sound for whoever makes a program of it: by a linter, and by what really answers?"""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any, get_args

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from service.database.engine import Database
from service.web.openapi_document import TAKE_MATCH
from service.web.openapi_headers import HEADERS
from service.web.tags import TAGS
from service.webhooks.store import Event
from service.webhooks.webhooks_openapi import WORDS
from tests.service.publish_steps import Stage
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.worker.child import Children


@pytest.fixture(scope="module")
def document() -> Iterator[dict[str, Any]]:
    """Read the document as anybody can; nothing in it comes from a database."""
    with closing(Database("sqlite://")) as nothing:
        yield a_client(an_app(nothing)).get("/v1/openapi.json").json()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, found in document["paths"].items():
        for method, operation in found.items():
            yield path, method, operation


def test_linter_has_nothing_to_say(document: dict[str, Any]) -> None:
    faults = [f"{list(one.absolute_path)}: {one.message}" for one in OpenAPIV31SpecValidator(document).iter_errors()]
    assert faults == []


def test_linter_would_find_a_fault(document: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(document))
    broken["paths"]["/v1/cohorts"]["get"]["parameters"][0]["in"] = "nowhere"
    assert next(OpenAPIV31SpecValidator(broken).iter_errors(), None) is not None


def test_every_tag_is_described_and_none_is_idle(document: dict[str, Any]) -> None:
    used = {tag for _, _, operation in operations(document) for tag in operation["tags"]}
    assert {one["name"] for one in document["tags"]} == used
    assert used <= TAGS.keys()
    assert all(one["description"].endswith(".") for one in document["tags"])


def test_every_name_of_a_schema_is_short(document: dict[str, Any]) -> None:
    assert [name for name in document["components"]["schemas"] if name.startswith("service__")] == []


def test_servers_are_the_address_that_people_type(database: Database) -> None:
    app = an_app(database, public_url="https://in2stem.example/")
    assert app.openapi()["servers"] == [{"url": "https://in2stem.example", "description": "Deze dienst."}]


def test_every_event_stands_under_webhooks(document: dict[str, Any]) -> None:
    assert document["webhooks"].keys() == set(get_args(Event)) == WORDS.keys()
    payload = document["webhooks"]["plan.published"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert payload["properties"]["data"]["required"] == ["cohort", "round", "number"]


def test_whatever_is_edited_takes_if_match(document: dict[str, Any]) -> None:
    names = {
        operation["operationId"]: {one["name"] for one in operation["parameters"]}
        for _, _, operation in operations(document)
    }
    assert all("If-Match" in names[one] for one in TAKE_MATCH)
    edits = [operation["operationId"] for _, method, operation in operations(document) if method in ("put", "patch")]
    assert len(edits) > 20
    assert all("If-Match" in names[one] for one in edits)


def test_answers_bear_the_headers_that_are_promised(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    document, tried = stage.app.openapi(), 0
    asked = {"limit": "5"}
    for path, method, operation in operations(document):
        told = operation["responses"].get("200", {}).get("headers", {})
        if method != "get" or "{" in path.replace("{cohort}", "").replace("{school}", "").replace("{mentor}", ""):
            continue
        place = path.replace("{cohort}", stage.cohort).replace("{school}", "S001").replace("{mentor}", "M001")
        takes = {one["name"] for one in operation["parameters"]}
        query = {name: value for name, value in asked.items() if name in takes}
        answer = a_client(stage.app, "admin").get(place, params=query)
        if answer.status_code != 200:
            continue
        tried += 1
        bears = {name for name in HEADERS if name.lower() in answer.headers}
        assert bears == set(told), path
    assert tried > 30


def test_refusals_bear_what_they_promise(database: Database) -> None:
    app = an_app(database, requests_a_minute=1)
    client = a_client(app)
    unknown = client.get("/v1/cohorts")
    limited = client.get("/v1/cohorts")
    assert (unknown.status_code, limited.status_code) == (401, 429)
    answers = app.openapi()["paths"]["/v1/cohorts"]["get"]["responses"]
    for answer in (unknown, limited):
        told = answers[str(answer.status_code)]["headers"]
        assert all(name.lower() in answer.headers for name in told)
