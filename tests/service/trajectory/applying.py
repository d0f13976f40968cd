"""How does a test apply, confirm, measure and have jobs done, in one line each?"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import matcher
from tests.service_client import a_client, a_cohort, a_filled_cohort, an_app, work

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children

CONSENT = {"wording": "2026-1"}
POSTCODES = ("2000", "9000", "8500", "3500", "3000")
"""One in each province."""

NETWORKS = ("GO!", "VRIJ", "OVSG", "POV")
SCHOOL: dict[str, Any] = {
    "id": "034561",
    "name": "Atheneum De Linde",
    "postcode": "9000",
    "network": "GO!",
    "school_types": ["TSO"],
    "fields": ["TE"],
    "contact": "Wendeline Kwikstaart",
    "email": "wendeline@linde.example",
    "consent": CONSENT,
}
MENTOR: dict[str, Any] = {
    "company": "Voorbeeld NV",
    "sectors": ["technologie"],
    "postcode": "9000",
    "half_days": ["ma-vm", "di-vm"],
    "first_name": "Barnabas",
    "last_name": "Wimpelaar",
    "email": "barnabas@polyflonk.example",
    "consent": CONSENT,
}


class Year:
    """An application with a coordinator, a visitor of the public forms, and a cohort."""

    def __init__(self, database: Database, children: Children, given: matcher.Round | None = None) -> None:
        """Begin a cohort, with people where they are given."""
        self.app: FastAPI = an_app(database)
        self.children = children
        self.client: TestClient = a_client(self.app, "coordinator")
        self.public: TestClient = a_client(self.app)
        self.cohort = a_cohort(self.client) if given is None else a_filled_cohort(self.client, given)
        self.place = f"/v1/cohorts/{self.cohort}"

    def work(self) -> int:
        """Do what waits."""
        return work(self.app, self.children)

    def send(self, form: dict[str, Any]) -> Any:  # noqa: ANN401 - an answer
        """Send a public form."""
        side = "schools" if "network" in form else "mentors"
        return self.public.post(f"/v1/public/cohorts/{self.cohort}/applications/{side}", json=form)

    def queue(self, **wanted: str) -> list[dict[str, Any]]:
        """Give the coordinator's queue."""
        answer = self.ok("GET", "/applications", params={"limit": 200} | wanted)
        return list(answer["items"])

    def confirmed(self, *forms: dict[str, Any]) -> list[dict[str, Any]]:
        """Send forms and follow their links; give the applications."""
        for form in forms:
            answer = self.send(form)
            assert answer.status_code == 202, answer.text
        for one in self.queue(state="received"):
            secret = one["confirm_link"].rpartition("/")[2]
            answer = self.public.post("/v1/public/applications/confirm", json={"secret": secret})
            assert answer.status_code == 200, answer.text
        return self.queue(state="confirmed")

    def ok(self, method: str, path: str, **more: Any) -> Any:  # noqa: ANN401 - JSON
        """Ask something of the cohort that must succeed; give the answer's JSON."""
        answer = self.client.request(method, f"{self.place}{path}", **more)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def put(self, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Change what stands at a path, of the version that is there now."""
        tag = self.client.get(f"{self.place}{path}").headers.get("etag")
        return self.ok("PUT", path, json=body, headers={"If-Match": tag} if tag else {})

    def refused(self, method: str, path: str, **more: Any) -> tuple[int, str]:  # noqa: ANN401 - a request
        """Ask something that must fail; give status and code."""
        answer = self.client.request(method, f"{self.place}{path}", **more)
        return answer.status_code, answer.json()["code"]

    def selected(self) -> dict[str, Any]:
        """Have schools selected; give the selection."""
        asked = self.ok("POST", "/selection", json={})
        self.work()
        return dict(self.ok("GET", f"/selection/{asked['id']}"))

    def measure(self, school: str, moment: str = "baseline", *, lift: int = 0, raters: int = 1) -> dict[str, Any]:
        """Have a school fill in and submit a measurement; values follow from its number."""
        place = f"/schools/{school}/measurements/{moment}"
        for rater in ("directie", "leraar", "coach")[:raters]:
            dice = random.Random(f"{school} {rater}")  # noqa: S311
            self.put(f"{place}/sheets/{rater}", {"ratings": ratings(lambda _: dice.randint(0, 2) + lift)})  # noqa: B023
        return dict(self.ok("POST", f"{place}/submit"))


def ratings(value: Any, *, evidence: bool = True) -> list[dict[str, Any]]:  # noqa: ANN401 - code to rating
    """Rate every criterion; whatever is above 0 has evidence."""
    found = []
    for code in matcher.LABEL_CRITERIA:
        rating = value(code)
        found.append({"criterion": code, "value": rating, "evidence": ["foto"] if evidence and rating else []})
    return found


def a_form(number: int) -> dict[str, Any]:
    """Make the form of one of many schools, spread over provinces, types and networks."""
    dice = random.Random(number)  # noqa: S311
    changes = {"id": f"S{number:03}", "name": f"School {number}", "email": f"s{number}@school.example"}
    changes |= {"postcode": dice.choice(POSTCODES), "network": dice.choice(NETWORKS)}
    return SCHOOL | changes | {"school_types": [dice.choice(("ASO", "TSO", "BSO"))], "half_days": ["ma-vm", "di-vm"]}


def a_mentor_form(number: int) -> dict[str, Any]:
    """Make the form of one of many mentors, each of an own company, who offer one element or two."""
    dice = random.Random(number)  # noqa: S311
    changes = {"company": f"Bedrijf {number}", "email": f"m{number}@bedrijf.example", "max_minutes": 240}
    return MENTOR | changes | {"postcode": dice.choice(POSTCODES), "offer": dice.sample(range(1, 8), 2)}
