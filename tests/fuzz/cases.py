"""What does the API answer to thousands of requests that its document allows, and that it does not?"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as any_seed
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, openapi

from service.access.callers import COOKIE
from tests import filling
from tests.builders import a_round
from tests.service_client import a_client, a_filled_cohort, a_login, an_app, worker_beside
from tests.untidy import untidy_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children

FOUND_SHARE = 0.7
"""How often an id in an address is one that exists."""

PATIENCE = 300
"""Seconds for an answer."""


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
    known = filled(app, children)
    outcome, sender = Outcome(), _Sender(a_client(app), known, Random(seed))  # noqa: S311 - cases, no secrets
    with worker_beside(app, children):
        for drawn in _drawn(json.dumps(app.openapi()), cases, seed):
            secret = a_login(database, "admin")  # one of the operations ends its login
            for case in drawn:
                case.operation.app = case.operation.schema.app = app
                _send(sender, secret, outcome, case.derive())  # what was drawn stays as it is
    return outcome


@cache
def _drawn(document: str, cases: int, seed: int) -> list[list[Any]]:
    """Make the cases of each operation of a document: once for all databases, as they take longer than what is sent."""
    schema = openapi.from_dict(json.loads(document))
    operations = sorted((one.ok() for one in schema.get_all_operations()), key=_destroys)
    each = max(1, round(cases / len(operations) / 2))
    found: list[list[Any]] = []
    for operation in operations:
        found.append([])
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _draw(operation, mode, each, found[-1].append, seed)
    return found


def _destroys(operation: Any) -> tuple[bool, bool]:  # noqa: ANN401 - the library's
    """Put what removes things last, and what removes all at once behind that: else the rest finds nothing."""
    return operation.method == "delete", operation.path == "/v1/cohorts/{cohort}"


def _draw(operation: Any, mode: GenerationMode, count: int, keep: Any, seed: int) -> None:  # noqa: ANN401 - the library's
    @any_seed(seed)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:  # noqa: ANN401 - the library's
        keep(case)

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
    headers = {"Cookie": f"{COOKIE}={secret}", "Prefer": "wait=1"}
    answer = case.call(headers=headers | _version_read(client, case, headers, random), timeout=PATIENCE)
    status = int(answer.status_code)
    outcome.statuses[status] += 1
    told = case.operation.definition.raw["responses"]
    if is_broken(answer):
        outcome.broken.append(
            f"{case.operation.label}: {status} on {case.formatted_path} {case.query} {case.body!r:.200}"
        )
    elif str(status) not in told:
        outcome.broken.append(f"{case.operation.label}: {status} is not documented")


def is_broken(answer: Any) -> bool:  # noqa: ANN401 - the library's answers and our client's
    """Tell whether an answer is one that nobody may get, or bears no number and no policy."""
    away = answer.status_code == 503 and "retry-after" in answer.headers
    bare = "x-request-id" not in answer.headers or "content-security-policy" not in answer.headers
    return bare or (answer.status_code >= 500 and not away)


def _version_read(client: TestClient, case: Any, headers: dict[str, str], random: Random) -> dict[str, str]:  # noqa: ANN401
    """Name, mostly, the version of what is to be changed, as who has just read it does."""
    if case.method not in ("PUT", "PATCH", "DELETE") or random.random() > FOUND_SHARE:
        return {}
    tag = client.get(case.formatted_path, headers=headers).headers.get("etag")
    return {} if tag is None else {"If-Match": tag}


def filled(app: FastAPI, children: Children) -> dict[str, str]:
    """Make one of everything; give by parameter name what exists."""
    client = a_client(app, "admin")
    year = date.today().year  # noqa: DTZ011 - of which the usual months for sessions are still to come
    cohort = a_filled_cohort(client, a_round(4, 6), school_year=year)
    base = f"/v1/cohorts/{cohort}"
    with worker_beside(app, children):
        place = filling.a_round(client, cohort)
        for step in ("approve", "publish"):
            filling.told(client, "POST", f"{place}/{step}")
        pair = filling.told(client, "GET", f"{place}/plan").json()["pairs"][0]
        filling.a_trajectory(client, cohort, pair["school"])
        known = {"season": filling.a_season(client, cohort), **filling.applications(client, cohort)}
        known["import_id"] = filling.read_in(client, cohort, untidy_files()).rpartition("/")[2]
    lock = {"school": pair["school"], "mentor": pair["mentor"], "kind": "required", "reason": "zo gevraagd"}
    guest = {"email": "jan@voka.example", "name": "Jan Jansen", "role": "viewer", "regions": ["Limburg"]}
    hook = {"url": "https://portaal.example/in2stem", "events": ["plan.published"]}
    made = {
        "lock": (f"{base}/locks", lock),
        "person": ("/v1/people", guest),
        "key": ("/v1/keys", {"name": "portaal", "scopes": ["portal"]}),
        "webhook": ("/v1/webhooks", hook),
    }
    for name, (path, document) in made.items():
        told = filling.told(client, "POST", path, json=document).json()
        known[name] = str(told.get(name, told)["id"])
    rounds = filling.told(client, "GET", f"{base}/rounds/laatste").json()
    pseudonym = filling.told(client, "GET", f"{base}/mentors/{pair['mentor']}").json()["pseudonym"]
    level = filling.told(client, "GET", f"{base}/label/levels").json()["items"][0]["id"]
    selection = filling.told(client, "GET", f"{base}/selection/laatste").json()["id"]
    known |= {"cohort": cohort, "school": pair["school"], "mentor": pair["mentor"], "pseudonym": pseudonym}
    known |= {"round_id": rounds["id"], "round": rounds["id"], "job": rounds["job"], "level": level}
    return known | {"selection": selection, "juror": "J1", "rater": "directie", "subject": pair["school"]}
