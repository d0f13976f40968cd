"""Can a coordinator do a year's matching with nothing but HTTP, on the real program and on both databases?"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.service.run.running import running, served_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAMPLE = Path(__file__).parents[2] / "data" / "voorbeeld"
SCHOOL, MENTOR, LEAVES = "000101", "M011", "M028"
WAIT = {"Prefer": "wait=20"}


@contextmanager
def service(tmp_path: Path, address: str) -> Iterator[httpx2.Client]:
    """Start the program on a new database; give a client of its first admin."""
    words = ("serve", "--port", "0", "--metrics-port", "0", *served_from(tmp_path / "gegevens", address))
    place = {"DATABASE_URL": address} if address else {}
    with running(tmp_path / "log", *words, **place) as program:
        secret = next(line.split("#")[1] for line in program.lines if "/aanmelden#" in line)
        with httpx2.Client(base_url=program.url, timeout=300) as client:
            assert client.post("/v1/session", json={"link": secret}).status_code == 201
            yield client
        assert program.end()[0] == 0


class Coordinator:
    """Does one thing after another, and expects each to work."""

    def __init__(self, client: httpx2.Client) -> None:
        """Take the client."""
        self.client = client

    def send(self, method: str, path: str, status: int, **more: Any) -> httpx2.Response:  # noqa: ANN401 - a request
        """Send a request that must be answered so."""
        answer = self.client.request(method, path, **more)
        assert answer.status_code == status, f"{method} {path}: {answer.text}"
        return answer

    def get(self, path: str, **more: Any) -> Any:  # noqa: ANN401 - JSON
        """Get something that must be there."""
        return self.send("GET", path, 200, **more).json()

    def followed(self, job: str) -> list[str]:
        """Follow a job's events to the last; give their kinds."""
        with self.client.stream("GET", f"/v1/jobs/{job}/events") as told:
            return [line.removeprefix("event: ") for line in told.iter_lines() if line.startswith("event: ")]

    def imported(self, here: str) -> None:
        """Hand the sample's files in, look at what was found, and make it real."""
        files = [
            ("files", (name, (SAMPLE / name).read_bytes(), "text/csv"))
            for name in ("scholen.csv", "mentoren.csv", "afspraken.csv", "beleid.toml")
        ]
        told = self.send("POST", f"{here}/imports", 202, files=files)
        assert self.followed(told.json()["job"])[-1] == "done", self.get(told.headers["location"])
        place = told.headers["location"]
        seen = self.send("GET", place, 200)
        assert (seen.json()["state"], seen.json()["changed"]) == ("ready", {"added": 65})
        self.send("POST", f"{place}/commit", 200, headers={"If-Match": seen.headers["etag"]})

    def studied(self, place: str) -> Any:  # noqa: ANN401 - JSON
        """Follow a round until its plan is there and what follows from it too."""
        kinds = self.followed(self.get(place)["job"])
        assert (kinds[0], kinds[-1]) == ("accepted", "done")
        assert self.followed(self.get(place)["study_job"])[-1] == "done"
        told = self.get(place)
        assert told["studied"]
        return told

    def published(self, place: str) -> Any:  # noqa: ANN401 - JSON
        """Approve a plan and publish it."""
        self.send("POST", f"{place}/approve", 200)
        return self.send("POST", f"{place}/publish", 200, headers={"Idempotency-Key": place}).json()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_year_of_matching_goes_from_import_to_repaired_plan(
    tmp_path: Path, empty_address: Callable[[str], str], kind: str
) -> None:
    with service(tmp_path, empty_address(kind) if kind == "postgresql" else "") as client:
        one = Coordinator(client)
        body = {"name": "Voorbeeld", "region": "Limburg", "school_year": 2026}
        cohort = one.send("POST", "/v1/cohorts", 201, json=body).json()["id"]
        here, shown = f"/v1/cohorts/{cohort}", f"/v1/portal/cohorts/{cohort}"
        one.imported(here)
        first = one.send("POST", f"{here}/rounds", 202, json={}).headers["location"]
        plan = one.studied(first)["plan"]
        assert (plan["status"], plan["pairs"]) == ("proven", 21)
        price = one.get(f"{first}/pairings/{SCHOOL}/{MENTOR}", headers=WAIT)
        assert price["price"]["words"].startswith("dat kost")
        refused = one.get(f"{first}/pairings/000110/M001", headers=WAIT)
        assert (refused["price"], len(refused["objections"])) == (None, 2)
        assert one.published(first)["number"] == 1

        made = one.send("POST", "/v1/keys", 201, json={"name": "portaal", "scopes": ["portal"], "cohort": cohort})
        key = {"Authorization": f"Bearer {made.json()['secret']}"}
        with httpx2.Client(base_url=client.base_url, headers=key, timeout=300) as portal:
            before = portal.get(f"{shown}/schools/{SCHOOL}/suggestions")
            assert (before.status_code, len(before.json()["pairings"]) > 0) == (200, True)
            assert portal.get(here).status_code == 403

            leaves = {"mentor": LEAVES, "reason": "job_change"}
            second = one.send("POST", f"{here}/withdrawals", 202, json=leaves).headers["location"]
            assert one.studied(second)["plan"]["status"] == "proven"
            changed = one.get(f"{second}/comparison", headers=WAIT)["moves"]
            assert [move["goes"] for move in changed] == [[LEAVES]]
            assert changed[0]["reason"] == "Mohamed Tahiriel is uitgevallen (ander werk)."
            told = one.published(second)
            assert (told["number"], told["before"], len(told["changes"])) == (2, first.rpartition("/")[2], 1)
            after = portal.get(
                f"{shown}/schools/{SCHOOL}/suggestions", headers={"If-None-Match": before.headers["etag"]}
            )
            assert after.status_code == 200
