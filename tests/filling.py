"""What do the pages have to show? A cohort without anything, and one that is solved, in the service that runs."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import httpx2

from service.access.callers import COOKIE
from tests.service.trajectory.applying import a_form, a_mentor_form
from tests.the_sample import SAMPLE
from tests.untidy import untidy_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext

FILES = ("scholen.csv", "mentoren.csv", "afspraken.csv")
LEAVES = "M028"
SECONDS = 300


@contextmanager
def asking(context: BrowserContext, url: str) -> Iterator[httpx2.Client]:
    """Ask the API as the person who is logged in in this window."""
    cookie = next(one["value"] for one in context.cookies(url) if one["name"] == COOKIE)
    with httpx2.Client(base_url=url, cookies={COOKIE: cookie}, timeout=SECONDS) as client:
        yield client


def told(client: httpx2.Client, method: str, path: str, **sent: Any) -> httpx2.Response:  # noqa: ANN401 - what a call takes
    """Ask, and see that it went well."""
    answer = client.request(method, path, **sent)
    assert answer.status_code < 300, (method, path, answer.text)
    return answer


def a_cohort(client: httpx2.Client, name: str) -> str:
    """Begin a cohort; give its id."""
    year = date.today().year  # noqa: DTZ011 - of which the usual months for sessions are still to come
    document = {"name": name, "region": "Limburg", "school_year": year}
    return str(told(client, "POST", "/v1/cohorts", json=document).json()["id"])


def ended(client: httpx2.Client, job: str) -> None:
    """Wait for a job: what it tells ends when it does."""
    told(client, "GET", f"/v1/jobs/{job}/events")
    assert told(client, "GET", f"/v1/jobs/{job}").json()["state"] == "done"


def read_in(client: httpx2.Client, cohort: str, files: dict[str, bytes]) -> str:
    """Have files read, without taking them over; give the import's address."""
    parts = [("files", (name, content)) for name, content in files.items()]
    place = told(client, "POST", f"/v1/cohorts/{cohort}/imports", files=parts).headers["location"]
    ended(client, told(client, "GET", place).json()["job"])
    return str(place)


def people(client: httpx2.Client, cohort: str, *files: str) -> None:
    """Fill a cohort with the sample's people and agreements, or with what some of its files have."""
    place = read_in(client, cohort, {name: (SAMPLE / name).read_bytes() for name in files or FILES})
    version = told(client, "GET", place).headers["etag"]
    told(client, "POST", f"{place}/commit", headers={"If-Match": version})


def studied(client: httpx2.Client, place: str) -> None:
    """Wait until a round has its plan, and what follows from it."""
    ended(client, told(client, "GET", place).json()["job"])
    ended(client, told(client, "GET", place).json()["study_job"])


def a_round(client: httpx2.Client, cohort: str) -> str:
    """Have the best plan searched for; give the round's address."""
    place = str(told(client, "POST", f"/v1/cohorts/{cohort}/rounds", json={}).headers["location"])
    studied(client, place)
    return place


def a_season(client: httpx2.Client, cohort: str) -> str:
    """Have sessions planned, published, and followed in calendars; give the season's id."""
    wishes = {"rounds": 2, "seconds": 30, "locations": [{"name": "Provinciehuis", "postcode": "3500"}]}
    season = told(client, "POST", f"/v1/cohorts/{cohort}/seasons", json=wishes).json()
    ended(client, season["job"])
    told(client, "POST", f"/v1/cohorts/{cohort}/seasons/{season['id']}/publish")
    told(client, "POST", f"/v1/cohorts/{cohort}/calendars", json={})
    return str(season["id"])


def a_trajectory(client: httpx2.Client, cohort: str, school: str) -> None:
    """Have a school rate itself, plan, and hold a level; have a jury score it."""
    base = f"/v1/cohorts/{cohort}"
    codes = [one["code"] for one in told(client, "GET", "/v1/label/criteria").json()["questions"]]
    for moment, value in (("baseline", 1), ("final", 2)):
        for rater in ("directie", "leraar"):
            rows = [{"criterion": one, "value": value, "evidence": ["verslag"]} for one in codes]
            place = f"{base}/schools/{school}/measurements/{moment}"
            told(client, "PUT", f"{place}/sheets/{rater}", json={"ratings": rows})
    told(client, "POST", f"{base}/schools/{school}/measurements/baseline/submit")
    step = {"text": "Lessenreeks schrijven", "owner": "An Peeters", "due": "2026-01-10"}
    plan = {"goals": [{"criterion": "1.1", "aim": 3, "steps": [step]}]}
    version = told(client, "GET", f"{base}/action-plans/{school}").headers["etag"]
    told(client, "PUT", f"{base}/action-plans/{school}", json=plan, headers={"If-Match": version})
    level = {"school": school, "level": "Competent", "since": "2026-06-01", "proof": "certificaat 114"}
    told(client, "POST", f"{base}/label/levels", json=level)
    jury = [{"id": "J1", "name": "Mieke Torenvalk"}]
    award = {"name": "Award", "criteria": [{"key": "idee", "name": "Idee", "weight": 50}], "schools": [school]}
    told(client, "PUT", f"{base}/award", json=award | {"jurors": jury})
    told(client, "PUT", f"{base}/award/scores/J1/{school}", json={"scores": {"idee": 7}})


def applications(client: httpx2.Client, cohort: str) -> dict[str, str]:
    """Have schools and a mentor apply, and schools be selected; give an application that nobody confirmed yet."""
    public, base = f"/v1/public/cohorts/{cohort}/applications", f"/v1/cohorts/{cohort}"
    for number in (1, 2, 3):
        told(client, "POST", f"{public}/schools", json=a_form(number))
    for one in told(client, "GET", f"{base}/applications").json()["items"]:
        told(client, "POST", f"{base}/applications/{one['id']}/move", json={"state": "confirmed"})
    told(client, "POST", f"{public}/mentors", json=a_mentor_form(1))
    (last,) = told(client, "GET", f"{base}/applications", params={"state": "received"}).json()["items"]
    version = told(client, "GET", f"{base}/selection/policy").headers["etag"]
    told(client, "PUT", f"{base}/selection/policy", json={"seats": 2}, headers={"If-Match": version})
    ended(client, told(client, "POST", f"{base}/selection", json={}).json()["job"])
    told(client, "PUT", f"{base}/rules", json={"max_minutes": 75}, headers={"If-Match": rules_version(client, base)})
    return {"application": str(last["id"]), "confirm": str(last["confirm_link"]).rpartition("/")[2]}


def rules_version(client: httpx2.Client, base: str) -> str:
    """Give the version of the rules that hold."""
    return str(told(client, "GET", f"{base}/rules").headers["etag"])


def installation(client: httpx2.Client) -> dict[str, str]:
    """Make a key and a webhook that sent a message to try; give the ids of the webhook and of who asks."""
    told(client, "POST", "/v1/keys", json={"name": "portaal", "scopes": ["portal"]})
    hook = {"url": "https://portaal.example/in2stem", "events": ["plan.published"]}
    made = told(client, "POST", "/v1/webhooks", json=hook).json()["webhook"]["id"]
    told(client, "POST", f"/v1/webhooks/{made}/test")
    return {"webhook": str(made), "person": str(told(client, "GET", "/v1/session").json()["id"])}


def accepted_by_all(client: httpx2.Client, cohort: str, place: str) -> None:
    """Propose every pair of an approved plan, and have both of each say yes."""
    pairs = told(client, "POST", f"{place}/proposals", json={"answer_by": "2099-12-31"}).json()["pairs"]
    for one in pairs:
        for side in ("mentor", "school"):
            answer = {"side": side, "answer": "accepted"}
            told(client, "POST", f"/v1/cohorts/{cohort}/proposals/{one['proposal']['id']}/answers", json=answer)


def a_year_so_far(client: httpx2.Client) -> dict[str, str]:
    """Make a cohort that was published and then repaired, with files read in that are still to mend; give ids."""
    cohort = a_cohort(client, "Limburg en omstreken")
    people(client, cohort)
    first = a_round(client, cohort)
    told(client, "POST", f"{first}/approve")
    accepted_by_all(client, cohort, first)
    told(client, "POST", f"{first}/publish")
    leaving = {"mentor": LEAVES, "reason": "job_change"}
    repaired = str(told(client, "POST", f"/v1/cohorts/{cohort}/withdrawals", json=leaving).headers["location"])
    studied(client, repaired)
    place = read_in(client, cohort, untidy_files())
    before, after = (told(client, "GET", f"{one}/plan").json()["pairs"] for one in (first, repaired))
    known = {(one["school"], one["mentor"]) for one in before}
    pair = next(one for one in after if (one["school"], one["mentor"]) in known)
    a_trajectory(client, cohort, pair["school"])
    season = a_season(client, cohort)
    pages = told(client, "POST", f"/v1/cohorts/{cohort}/participants", json={}).json()["items"]
    secrets = {one["subject"]: one["url"].rpartition("/")[2] for one in pages}
    return {
        "secret": secrets[pair["school"]],
        "mentor_secret": secrets[pair["mentor"]],
        "season": season,
        "cohort": cohort,
        "mail": str(told(client, "GET", f"/v1/cohorts/{cohort}/mails?limit=1").json()["items"][0]["id"]),
        "import_id": place.rpartition("/")[2],
        "of_round": repaired.rpartition("/")[2],
        "school": pair["school"],
        "mentor": pair["mentor"],
        "side": "mentoren",
        "juror": "J1",
        **installation(client),
    } | applications(client, cohort)
