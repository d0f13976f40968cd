"""Do the examples of the OpenAPI document work, one after another, as a program would send them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from service.api_routes import ROUTERS
from service.web.answers import to_json
from service.web.examples import EXAMPLES
from tests.service_client import a_client, an_app, work

if TYPE_CHECKING:
    from fastapi import FastAPI

    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")

WALK = (
    "add_cohort",
    "get_cohort",
    "change_cohort",
    "add_school",
    "add_mentor",
    "change_mentor",
    "add_lock",
    "replace_rules",
    "add_round",
    "get_round",
    "list_pairings",
    "get_alternatives",
    "get_pairing",
    "ask_what_if",
    "approve",
    "publish",
    "get_publication",
    "add_key",
    "get_school_suggestions",
    "get_pairings",
    "add_withdrawal",
    "get_comparison",
    "get_job",
)
"""Operations in an order in which each finds what it needs."""

ALSO = {"id": "M002", "company": "Ander Bedrijf BV", "half_days": ["ma-vm"]}


class Walk:
    """Sends the document's examples, and remembers the ids that come back."""

    def __init__(self, app: FastAPI, children: Children) -> None:
        """Read the document as anyone can."""
        self.app, self.children = app, children
        self.client = a_client(app, "admin")
        document = self.client.get("/v1/openapi.json").json()
        self.operations: dict[str, tuple[str, str, Any]] = {
            operation["operationId"]: (method, path, operation)
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
        }
        self.known = {"school": "034561", "mentor": "M001"}

    def send(self, name: str, **changes: Any) -> Any:  # noqa: ANN401 - JSON
        """Send the example of an operation until it is answered as the example says."""
        method, path, operation = self.operations[name]
        example, address = EXAMPLES[name], path.format(**self.known)
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
        more: dict[str, Any] = {"json": body | changes} if body is not None else {}
        query = "?school=034561" if name == "get_alternatives" else ""
        headers = {"Prefer": "wait=0"}
        if method in ("patch", "put"):
            headers["If-Match"] = self.client.get(address).headers["etag"]
        answer = self.client.request(method, address + query, headers=headers, **more)
        assert work(self.app, self.children) >= 0
        if answer.status_code != example.status:
            answer = self.client.request(method, address + query, headers=headers, **more)
        assert answer.status_code == example.status, answer.text
        return answer.json()

    def remember(self, name: str, told: Any) -> None:  # noqa: ANN401 - JSON
        """Keep the ids that later paths need."""
        if name == "add_cohort":
            self.known["cohort"] = told["id"]
        if name == "add_round":
            self.known |= {"round_id": told["id"], "job": told["job"]}
        if name == "add_withdrawal":
            self.known |= {"round_id": told["round"]["id"], "job": told["round"]["job"]}


def alike(shown: Any, told: Any) -> bool:  # noqa: ANN401 - JSON
    """Tell whether an answer has the members of its example, however deep."""
    if isinstance(shown, dict) and isinstance(told, dict):
        return shown.keys() == told.keys() and all(alike(shown[key], told[key]) for key in shown)
    if isinstance(shown, list) and isinstance(told, list):
        return all(any(alike(each, one) for each in shown) for one in told) if shown else True
    return shown is None or told is None or type(shown) is type(told)


def test_examples_of_the_document_work_in_their_order(database: Database, children: Children) -> None:
    walk = Walk(an_app(database), children)
    for name in WALK:
        told = walk.send(name)
        walk.remember(name, told)
        shown = EXAMPLES[name].response
        assert alike(shown, told), f"{name}: {shown} is not like {told}"
        if name == "add_mentor":
            walk.send(name, **ALSO)
            walk.send(name, id="M003", company="Derde BV")


def test_every_example_is_walked() -> None:
    assert sorted(WALK) == sorted(EXAMPLES)


@pytest.fixture(scope="module")
def app(sqlite_template: Any) -> FastAPI:  # noqa: ANN401 - a path
    """Make an application whose document is looked at; nothing is asked of it."""
    from service.database.engine import Database  # noqa: PLC0415 - only here at run time

    return an_app(Database(f"sqlite:///{sqlite_template}"))


def test_every_example_of_an_answer_is_of_its_shape() -> None:
    shapes = {one.name: one.response_model for routes in ROUTERS for one in routes.routes if isinstance(one, APIRoute)}
    for name, example in EXAMPLES.items():
        assert TypeAdapter(shapes[name]).validate_json(to_json(example.response)) is not None


def test_document_names_every_operation_once_and_says_who_may(app: FastAPI) -> None:
    document = app.openapi()
    operations = [one for path in document["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert document["openapi"] == "3.1.0"
    assert len(set(names)) == len(names)
    assert set(document["components"]["securitySchemes"]) == {"key", "login"}
    for one in operations:
        assert one["security"] == ([] if one["x-access"] == "anyone" else [{"key": []}, {"login": []}])
        assert one["summary"]
        problems = [answer for status, answer in one["responses"].items() if int(status) >= 400]
        assert all(set(answer["content"]) == {"application/problem+json"} for answer in problems)


def test_document_has_one_shape_of_each_name(app: FastAPI) -> None:
    names = app.openapi()["components"]["schemas"]
    assert [name for name in names if name.startswith("service__")] == []
