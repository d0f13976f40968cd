"""What does the API answer to thousands of requests that its document allows, and that it does not?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, openapi

import matcher
from service.access.callers import COOKIE
from service.store.given import save_people
from tests.service_client import SAMPLE, a_client, a_cohort, a_login, an_app, work, worker_beside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from service.jobs.child import Children
    from service.store.database import Database

FOUND_SHARE = 0.7
"""How often an id in an address is one that exists."""


@dataclass(slots=True)
class Outcome:
    """How many cases were sent, what they got, and which answers break the API's word."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        """How many cases were sent."""
        return self.statuses.total()


class _Sender(NamedTuple):
    """With what cases are sent: a client, ids that exist by parameter name, and chance."""

    client: TestClient
    known: Mapping[str, str]
    random: Random


def fuzz(database: Database, children: Children, cases: int, *, seed: int = 0) -> Outcome:
    """Send about so many cases, spread over all operations, as an admin with a solved cohort at hand."""
    app = an_app(database)
    known = _fill(app, children)
    schema = openapi.from_dict(app.openapi())
    schema.app = app
    operations = [one.ok() for one in schema.get_all_operations()]
    each = max(1, round(cases / len(operations) / 2))
    outcome, sender = Outcome(), _Sender(a_client(app), known, Random(seed))  # noqa: S311 - cases, no secrets
    with worker_beside(app, children):
        for operation in operations:
            secret = a_login(database, "admin")  # one of the operations ends its login
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _try(operation, mode, each, partial(_send, sender, secret, outcome), seed)
    return outcome


def _try(operation: Any, mode: GenerationMode, count: int, send: Any, seed: int) -> None:  # noqa: ANN401 - the library's
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=seed == 0,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:  # noqa: ANN401 - the library's
        send(case)

    try:
        one()
    except Unsatisfiable:
        return  # an operation that takes nothing has no bad requests


def _send(sender: _Sender, secret: str, outcome: Outcome, case: Any) -> None:  # noqa: ANN401 - the library's
    client, known, random = sender
    for name in case.path_parameters or {}:
        if name in known and random.random() < FOUND_SHARE:
            case.path_parameters[name] = known[name]
    for headers in (case.headers, case.cookies):
        for name in [one for one in headers or {} if one.lower() in ("authorization", COOKIE)]:
            del headers[name]
    headers = {"Cookie": f"{COOKIE}={secret}"}
    answer = case.call(headers=headers | _version_read(client, case, headers, random))
    status = int(answer.status_code)
    outcome.statuses[status] += 1
    told = case.operation.definition.raw["responses"]
    if status >= 500 and status != 503:
        outcome.broken.append(
            f"{case.operation.label}: {status} on {case.formatted_path} {case.query} {case.body!r:.200}"
        )
    elif str(status) not in told:
        outcome.broken.append(f"{case.operation.label}: {status} is not documented")


def _version_read(client: TestClient, case: Any, headers: dict[str, str], random: Random) -> dict[str, str]:  # noqa: ANN401
    """Name, mostly, the version of what is to be changed, as who has just read it does."""
    if case.method not in ("PUT", "PATCH", "DELETE") or random.random() > FOUND_SHARE:
        return {}
    tag = client.get(case.formatted_path, headers=headers).headers.get("etag")
    return {} if tag is None else {"If-Match": tag}


def _fill(app: FastAPI, children: Children) -> dict[str, str]:
    """Make one of everything; give by parameter name what exists."""
    client = a_client(app, "admin")
    cohort = a_cohort(client)
    round_of_sample = matcher.read_cohort(SAMPLE).given
    assert round_of_sample is not None
    with app.state.database.write() as transaction:
        save_people(transaction, cohort, round_of_sample, "test")
    asked = client.post(f"/v1/cohorts/{cohort}/rounds", json={}).json()
    work(app, children)
    return {
        "cohort": cohort,
        "school": round_of_sample.schools[0].id,
        "mentor": round_of_sample.mentors[0].id,
        "round_id": asked["id"],
        "round": asked["id"],
        "job": asked["job"],
    }
