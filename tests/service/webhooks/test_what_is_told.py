"""Does a webhook hear what becomes of applications, mentors and measurements, and is a refused address explained?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.core.settings import Settings, settings_from
from tests.builders import a_round
from tests.service.trajectory.applying import MENTOR, Year
from tests.service.webhooks.test_webhooks import sent
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def test_webhook_hears_what_becomes_of_applications_and_mentors(database: Database, children: Children) -> None:
    year = Year(database, children)
    admin = a_client(year.app, "admin")
    events = [f"application.{state}" for state in ("accepted", "waiting", "refused")] + ["mentor.returned"]
    body = {"url": "https://voorbeeld.example/haak", "events": events}
    hook = admin.post("/v1/webhooks", json=body).json()
    (one,) = year.confirmed(MENTOR)
    for step in ({"state": "accepted"}, {"state": "waiting"}, {"state": "refused", "reason": "te laat"}):
        year.ok("POST", f"/applications/{one['id']}/move", json=step)
    (two,) = year.confirmed(MENTOR)
    year.ok("POST", f"/applications/{two['id']}/move", json={"state": "accepted"})
    (mentor,) = year.ok("GET", "/mentors")["items"]
    year.ok("POST", "/withdrawals", json={"mentor": mentor["id"], "reason": "other"})
    year.ok("DELETE", f"/withdrawals/{mentor['id']}")
    told = [(each["event"], each["payload"]["data"]) for each in sent(admin, hook)]
    assert [event for event, _ in told] == [*events[:3], "application.accepted", "mentor.returned"]
    assert told[0][1] == {"cohort": year.cohort, "application": one["id"]}
    assert told[-1][1] == {"cohort": year.cohort, "mentor": mentor["pseudonym"]}


def test_webhook_hears_of_a_measurement(database: Database, children: Children) -> None:
    year = Year(database, children, a_round(1, 1))
    admin = a_client(year.app, "admin")
    body = {"url": "https://voorbeeld.example/haak", "events": ["measurement.submitted"]}
    hook = admin.post("/v1/webhooks", json=body).json()
    year.measure("S001")
    told = [(each["event"], each["payload"]["data"]) for each in sent(admin, hook)]
    data = {"cohort": year.cohort, "school": "S001", "moment": "baseline"}
    assert told == [("measurement.submitted", data)]


def test_refused_address_says_which_setting_allows_it(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    for url in ("https://192.168.1.5/haak", "http://intern.example/haak"):
        answer = admin.post("/v1/webhooks", json={"url": url, "events": ["plan.published"]})
        assert answer.status_code == 422
        assert "IN2STEM_PRIVATE_WEBHOOKS=ja" in answer.json()["detail"]
    assert Settings(allow_private_webhooks=True) == settings_from({"IN2STEM_PRIVATE_WEBHOOKS": "ja"})
