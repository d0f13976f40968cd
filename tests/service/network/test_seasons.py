"""Is a year of sessions planned from what is published, told, repaired with few changes, and published once?"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

import matcher
from service.database.tables import season as table
from tests.service.publish_steps import Stage
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")

QUICK = {"rounds": 2, "seconds": 2}
CHAPTER = {"name": 'Zaal; "De Zon"', "postcode": "9000", "capacity": 12, "max_times": 2, "half_days": ["wo-nm"]}


class Year(Stage):
    """A stage on which a plan is published."""

    def __init__(self, database: Database, children: Children) -> None:
        """Publish a plan of three schools."""
        super().__init__(database, children)
        self.published()
        self.path = f"{self.place}/seasons"

    def planned(self, **body: Any) -> str:  # noqa: ANN401 - what a season asks
        """Have a year planned; give its address."""
        answer = self.client.post(self.path, json=QUICK | body if "previous" not in body else body)
        assert answer.status_code == 202, answer.text
        self.work()
        return str(answer.headers["location"])


def code(answer: Any) -> tuple[int, str]:  # noqa: ANN401 - a response
    return answer.status_code, answer.json()["code"]


def test_year_follows_the_published_plan(database: Database, children: Children) -> None:
    stage = Year(database, children)
    asked = stage.client.post(stage.path, json=QUICK)
    assert (asked.status_code, asked.json()["job_state"], asked.json()["year"]) == (202, "queued", None)
    busy = stage.client.post(stage.path, json=QUICK)
    assert code(busy) == (409, "already_planning")
    assert code(stage.client.post(f"{asked.headers['location']}/publish")) == (409, "no_year")
    stage.work()
    told = stage.client.get(asked.headers["location"]).json()
    assert (told["state"], told["job_state"], told["repairs"]) == ("draft", "done", None)
    assert [(one["round"], one["schools"]) for one in told["year"]["sessions"]] == [
        (1, ["S001", "S002", "S003"]),
        (2, ["S001", "S002", "S003"]),
    ]
    pairs = stage.client.get(f"{stage.place}/rounds/gepubliceerd/pairings").json()["items"]
    assert told["year"]["sessions"][0]["mentors"] == sorted(one["mentor"] for one in pairs)
    goals = {one["name"]: (one["value"], one["bound"], one["proven"]) for one in told["year"]["goals"]}
    assert goals["left_out"] == (0, 0, True)
    assert goals["repeats"] == (3, 3, True)
    assert all(one["words"] != one["name"] for one in told["year"]["goals"])
    document = stage.client.get(f"{asked.headers['location']}/year").json()
    assert len(matcher.year_from_document(document).sessions) == 2
    listed = stage.client.get(stage.path).json()["items"]
    assert [(one["id"], one["year"]) for one in listed] == [(told["id"], None)]
    assert stage.client.get(f"{stage.path}/laatste").json()["id"] == told["id"]


def test_year_needs_a_published_plan(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    assert code(stage.client.post(f"{stage.place}/seasons", json=QUICK)) == (409, "nothing_published")
    assert a_client(stage.app, "viewer").post(f"{stage.place}/seasons", json=QUICK).status_code == 403


def test_places_days_and_wishes_are_read_as_the_files_are(database: Database, children: Children) -> None:
    stage = Year(database, children)
    body = {
        "windows": [{"round": 1, "first": "2026-11-16", "last": "2026-11-27", "theme": "leerplan"}],
        "locations": [CHAPTER, {"name": "School 1", "school": "S001", "max_times": 0}],
        "blackouts": [
            {"host": CHAPTER["name"], "first": "2026-11-18", "reason": "verbouwing"},
            {"school": "S002", "first": "2027-01-01", "last": "2027-01-31", "part": "vm", "kind": "exams"},
        ],
        "pins": [{"round": 1, "host": CHAPTER["name"]}],
        "plenary": [2],
        "travel_first": True,
    }
    place = stage.planned(**body)
    with database.read() as transaction:
        document = transaction.execute(sa.select(table.c.season)).scalar_one()
    season = matcher.season_from_document(document)
    host = next(one for one in season.hosts if one.name == CHAPTER["name"])
    assert (host.capacity, host.max_times, host.half_days) == (12, 2, ("wo-nm",))
    assert [one.reason for one in host.unavailable] == ["verbouwing"]
    assert next(one for one in season.hosts if one.id == "S001").max_times == 0
    assert [one.exams is None for one in season.participants] == [True, False, True]
    assert ([one.plenary for one in season.rounds], season.rounds[0].theme) == ([False, True], "leerplan")
    assert (season.first, season.school_year) == ("travel", 2026)
    sessions = stage.client.get(place).json()["year"]["sessions"]
    assert (sessions[0]["day"], sessions[0]["host"]) == ("2026-11-25", host.id)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"locations": [CHAPTER, {"name": "Nergens", "postcode": "0001"}]}, "/locations/1/postcode"),
        ({"locations": [{"name": "Geen postcode"}]}, "/locations/0/postcode"),
        ({"locations": [CHAPTER, CHAPTER]}, "/locations/1"),
        ({"blackouts": [{"school": "S009", "first": "2027-01-01"}]}, "/blackouts/0/school"),
        ({"blackouts": [{"first": "2027-01-01"}]}, "/blackouts/0"),
        ({"blackouts": [{"school": "S001", "first": "2027-01-02", "last": "2027-01-01"}]}, "/blackouts/0/last"),
        ({"pins": [{"round": 1, "schools": ["S001", "S009"]}]}, "/pins/0/schools/1"),
        ({"pins": [{"round": 1, "day": "2027-01-01"}]}, "/pins/0"),
        ({"windows": [{"round": 3, "first": "2027-01-01", "last": "2027-02-01"}]}, "/windows/0/round"),
        ({"windows": [{"round": 1, "first": "2027-02-01", "last": "2027-01-01"}]}, "/windows/0/last"),
        ({"rounds": 10}, "/rounds"),
        ({"host_out": ["S001"]}, "/host_out"),
        ({"previous": "ssn_x"}, "/previous"),
    ],
)
def test_wish_that_can_not_be_is_pointed_at(
    database: Database, children: Children, change: dict[str, Any], pointer: str
) -> None:
    stage = Year(database, children)
    answer = stage.client.post(stage.path, json=QUICK | change)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text


def test_year_that_can_not_be_says_why(database: Database, children: Children) -> None:
    stage = Year(database, children)
    told = stage.client.get(stage.planned(windows=[{"round": 1, "first": "2026-12-24", "last": "2027-01-02"}])).json()
    assert (told["job_state"], told["year"]["status"], told["year"]["sessions"]) == ("done", "conflict", [])
    assert told["year"]["conflict"]["sentence"]
    assert told["year"]["conflict"]["remedies"]


def test_planning_stopped_before_it_began_has_no_year(database: Database, children: Children) -> None:
    stage = Year(database, children)
    place = stage.client.post(stage.path, json=QUICK).headers["location"]
    assert stage.client.delete(place).json()["job_state"] == "stopped"
    assert stage.work() == 0
    assert code(stage.client.get(f"{place}/year")) == (409, "no_year")
    assert stage.client.post(stage.path, json=QUICK).status_code == 202


def test_year_is_published_once_and_replaced_only_by_its_repair(database: Database, children: Children) -> None:
    stage = Year(database, children)
    first, other = stage.planned(), stage.planned()
    assert stage.client.post(f"{first}/publish").json()["state"] == "published"
    assert code(stage.client.post(f"{first}/publish")) == (409, "already_published")
    assert code(stage.client.post(f"{other}/publish")) == (409, "other_published")
    before = stage.client.get(first).json()
    gone = before["year"]["sessions"][0]["host"]
    repair = stage.planned(previous=before["id"], host_out=[gone], today="2026-10-01", seconds=5)
    told = stage.client.get(repair).json()
    goals = {one["name"]: one["value"] for one in told["year"]["goals"]}
    old, new = before["year"]["sessions"], told["year"]["sessions"]
    changed = [one for one, two in zip(old, new, strict=True) if (one["host"], one["day"]) != (two["host"], two["day"])]
    assert told["repairs"] == before["id"]
    assert gone not in [one["host"] for one in new]
    assert goals["changed_sessions"] == len(changed) == 1
    assert [one["uid"] for one in old] == [one["uid"] for one in new]
    assert stage.client.post(f"{repair}/publish").status_code == 200
    assert stage.client.get(f"{stage.path}/gepubliceerd").json()["id"] == told["id"]
    assert stage.client.get(first).json()["state"] == "superseded"


def test_day_that_no_longer_suits_a_school_moves_its_session_alone(database: Database, children: Children) -> None:
    stage = Year(database, children)
    first = stage.planned(blackouts=[{"school": "S002", "first": "2027-03-01", "last": "2027-03-31"}])
    before = stage.client.get(first).json()
    day = before["year"]["sessions"][1]["day"]
    away = {"school": "S001", "first": day}
    told = stage.client.get(stage.planned(previous=before["id"], blackouts=[away], today="2026-10-01")).json()
    assert told["asked"] == {"previous": before["id"], "blackouts": [away], "today": "2026-10-01"}
    assert before["asked"]["blackouts"][0]["school"] == "S002"
    old, new = before["year"]["sessions"], told["year"]["sessions"]
    assert (old[0], new[1]["day"] == day) == (new[0], False)
    assert {one["host"] for one in new} <= {one["id"] for one in told["hosts"]}
    with database.read() as transaction:
        documents = transaction.execute(sa.select(table.c.season).order_by(table.c.id)).scalars().all()
    schools = matcher.season_from_document(documents[1]).participants
    assert [len(one.unavailable) for one in schools] == [1, 1, 0]


def test_year_of_a_plan_that_was_replaced_is_not_published_but_repaired(database: Database, children: Children) -> None:
    stage = Year(database, children)
    first = stage.planned()
    stage.client.post(f"{first}/publish")
    repair = stage.client.post(f"{stage.place}/withdrawals", json={"mentor": "M001", "reason": "other"}).json()["round"]
    stage.work()
    late = stage.planned(previous=first.rpartition("/")[2], today="2026-10-01", seconds=5)
    stage.published(f"{stage.place}/rounds/{repair['id']}")
    assert code(stage.client.post(f"{late}/publish")) == (409, "stale")
    new = stage.planned(previous=first.rpartition("/")[2], today="2026-10-01", seconds=5)
    old_session, session = (stage.client.get(one).json()["year"]["sessions"][0] for one in (first, new))
    assert "M001" in old_session["mentors"]
    assert "M001" not in session["mentors"]
    assert [session[name] for name in ("day", "host", "uid")] == [old_session[name] for name in ("day", "host", "uid")]
    assert stage.client.post(f"{new}/publish").status_code == 200


def test_repair_takes_the_rest_from_the_year_that_it_repairs(database: Database, children: Children) -> None:
    stage = Year(database, children)
    first = stage.planned().rpartition("/")[2]
    answer = stage.client.post(stage.path, json={"previous": first, "rounds": 2})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/rounds")
    unknown = stage.client.post(stage.path, json={"previous": first, "host_out": ["Nergens"]})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/host_out/0")


def test_questions_about_a_year_are_answered(database: Database, children: Children) -> None:
    stage = Year(database, children)
    place = stage.planned()
    why = stage.asked("GET", f"{place}/why?round=1&who=S001")["sessions"]
    assert [one["schools"] for one in why] == [["S001", "S002", "S003"]]
    assert len(why[0]["reasons"]) > 2
    free = stage.asked("POST", f"{place}/no-date", json={"round": 1, "schools": ["S001", "S002"]})
    assert (free["schools"], free["conflict"]) == (["S001", "S002"], None)
    assert free["dates"]
    day = next(one for one in free["dates"] if one["day"] != why[0]["day"])
    price = stage.asked("POST", f"{place}/price", json={"round": 1, **day, "seconds": 5})
    assert (price["possible"], price["changed_sessions"]) == (True, 1)
    assert [one["school"] for one in price["moved"]] == ["S001", "S002", "S003"]
    assert "wordt" in price["moved"][0]["words"]


def test_question_that_makes_no_sense_is_refused_with_what_is_known(database: Database, children: Children) -> None:
    stage = Year(database, children)
    place = stage.planned()
    assert code(stage.client.post(f"{place}/price", json={"round": 1})) == (422, "invalid")
    body = {"round": 1, "schools": ["S00l"]}
    now = {"Prefer": "wait=0"}
    assert stage.client.post(f"{place}/no-date", json=body, headers=now).status_code == 202
    stage.work()
    failed = stage.client.get(stage.client.post(f"{place}/no-date", json=body, headers=now).headers["location"])
    assert failed.json()["state"] == "queued"  # what failed is asked anew
    assert stage.client.get(f"{place}/why?round=1", headers=now).status_code == 202
    assert a_client(stage.app, "viewer").get(f"{place}/why?round=1").status_code == 403


def test_question_with_the_same_key_is_asked_once(database: Database, children: Children) -> None:
    stage = Year(database, children)
    place = stage.planned()
    headers = {"Idempotency-Key": "a", "Prefer": "wait=0"}
    body = {"round": 1, "schools": ["S001", "S002"]}
    first, again = (stage.client.post(f"{place}/no-date", json=body, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code, again.json()) == (202, 202, first.json())
    other = stage.client.post(f"{place}/no-date", json=body | {"round": 2}, headers=headers)
    assert code(other) == (409, "idempotency_key_reused")
    stage.work()
    told = stage.client.post(f"{place}/no-date", json=body, headers=headers)
    assert (told.status_code, told.json()["schools"]) == (200, ["S001", "S002"])
    assert told.headers["preference-applied"] == "wait=0"
    trail = a_client(stage.app, "admin").get(f"/v1/audit?cohort={stage.cohort}").json()["items"]
    assert [one["action"] for one in trail].count("season.asked.no_date") == 1


def test_year_on_paper_is_made_once(database: Database, children: Children) -> None:
    stage = Year(database, children)
    place = stage.planned()
    now = {"Prefer": "wait=0"}
    kinds = {"sessions.xlsx": "spreadsheetml.sheet", "year.svg": "image/svg+xml", "meetings.svg": "image/svg+xml"}
    jobs = {name: stage.client.get(f"{place}/{name}", headers=now).json()["id"] for name in kinds}
    stage.work()
    found = {name: stage.client.get(f"{place}/{name}") for name in kinds}
    assert stage.work() == 0
    assert {name: one.status_code for name, one in found.items()} == dict.fromkeys(kinds, 200)
    assert all(kind in found[name].headers["content-type"] for name, kind in kinds.items())
    assert load_workbook(io.BytesIO(found["sessions.xlsx"].content)).sheetnames[0] == "Per ronde"
    assert found["year.svg"].text.startswith("<svg")
    viewer = a_client(stage.app, "viewer")
    assert viewer.get(f"{place}/year.svg").status_code == 200
    assert viewer.get(f"{place}/sessions.xlsx").status_code == 403
    assert viewer.get(f"/v1/jobs/{jobs['sessions.xlsx']}").json()["result"] is None
    trail = a_client(stage.app, "admin").get(f"/v1/audit?cohort={stage.cohort}").json()["items"]
    assert "season.asked.workbook" in [one["action"] for one in trail]


def test_erasing_takes_the_workbook_with_its_names_away(database: Database, children: Children) -> None:
    stage = Year(database, children)
    mentor = f"{stage.place}/mentors/M001"
    version = stage.client.get(mentor).headers["etag"]
    named = stage.client.patch(mentor, json={"first_name": "Wendeline"}, headers={"If-Match": version})
    assert named.status_code == 200, named.text
    job = stage.client.get(f"{stage.planned()}/sessions.xlsx", headers={"Prefer": "wait=0"}).json()["id"]
    stage.work()
    admin = a_client(stage.app, "admin")
    assert admin.post(f"{stage.place}/mentors/M001/erase").status_code in (200, 204)
    assert admin.get(f"/v1/jobs/{job}").status_code == 404
