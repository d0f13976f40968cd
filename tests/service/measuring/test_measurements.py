"""Are measurements drafts until submitted, then frozen, superseded only with a reason, and do they feed matching?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from service.rounds.given.round_of_rows import given_of
from tests.builders import a_mentor, a_round, a_school
from tests.service.trajectory.applying import Year, ratings
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

WHY = {"reason": "drie leraren vulden te laat in"}
PLACE = "/schools/S001/measurements/baseline"


def a_year(database: Database, children: Children) -> Year:
    return Year(database, children, a_round(2, 3))


def sheet(number: int, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of the first rating
    found = ratings(lambda _: number)
    return {"ratings": [found[0] | changes, *found[1:]]}


def test_form_asks_21_questions_with_the_official_names(database: Database, children: Children) -> None:
    year = a_year(database, children)
    form = year.client.get("/v1/label/criteria").json()
    assert (len(form["questions"]), len(form["scale"])) == (21, 5)
    assert form["questions"][0]["official"] == "Personalisation of learning"


def test_several_people_rate_and_the_median_counts(database: Database, children: Children) -> None:
    year = a_year(database, children)
    for rater, value in (("directie", 1), ("leraar", 2), ("An Peeters", 4)):
        year.put(f"{PLACE}/sheets/{rater}", sheet(value))
    draft = year.ok("GET", PLACE)["draft"]
    first = draft["combined"][0]
    assert (first["values"], first["median"], first["rating"], first["spread"]) == ([1, 2, 4], 2, 2, 3)
    assert (draft["state"], draft["counts"]) == ("draft", False)
    assert "wide_spread" in {one["code"] for one in draft["findings"]}
    submitted = year.ok("POST", f"{PLACE}/submit")
    assert (submitted["state"], submitted["counts"]) == ("submitted", True)
    (kept,) = year.ok("GET", "/schools/S001/export")["measurements"]
    assert [one["rater"] for one in kept["sheets"]] == ["An Peeters", "directie", "leraar"]
    assert year.ok("GET", "/schools/S002/export")["measurements"] == []


def test_draft_changes_by_the_version_that_was_read(database: Database, children: Children) -> None:
    year = a_year(database, children)
    place = f"{PLACE}/sheets/directie"
    year.put(place, sheet(1))
    assert year.refused("PUT", place, json=sheet(2)) == (428, "if_match_missing")
    tag = {"If-Match": year.client.get(f"{year.place}{place}").headers["etag"]}
    year.put(f"{PLACE}/sheets/leraar", sheet(3))  # somebody else's sheet is another thing
    assert year.ok("PUT", place, json=sheet(2), headers=tag)["ratings"][0]["value"] == 2
    assert year.refused("PUT", place, json=sheet(3), headers=tag) == (412, "stale")


def test_submitted_measurement_is_frozen(database: Database, children: Children) -> None:
    year = a_year(database, children)
    year.put(f"{PLACE}/sheets/directie", sheet(1))
    year.ok("POST", f"{PLACE}/submit")
    assert year.refused("PUT", f"{PLACE}/sheets/directie", json=sheet(2)) == (409, "frozen")
    assert year.refused("POST", f"{PLACE}/submit") == (409, "frozen")


def test_submitting_again_with_the_same_key_gives_the_first_answer(database: Database, children: Children) -> None:
    year = a_year(database, children)
    year.put(f"{PLACE}/sheets/directie", sheet(1))
    key = {"Idempotency-Key": "a"}
    first, again = (year.client.post(f"{year.place}{PLACE}/submit", headers=key) for _ in range(2))
    assert (again.status_code, again.json(), again.headers["etag"]) == (200, first.json(), first.headers["etag"])
    made, same = (year.client.post(f"{year.place}{PLACE}/supersede", json=WHY, headers=key) for _ in range(2))
    assert (same.status_code, same.json()) == (201, made.json())
    assert same.headers["location"] == made.headers["location"] == f"{year.place}{PLACE}"
    trail = a_client(year.app, "admin").get(f"/v1/audit?cohort={year.cohort}").json()["items"]
    told = [one["action"] for one in trail]
    assert (told.count("measurement.submitted"), told.count("measurement.superseding")) == (1, 1)
    about = {one["action"]: one["detail"] for one in trail}
    assert about["sheet.saved"] == about["measurement.submitted"] == {"school": "S001"}
    school, page = year.ok("GET", "/schools/S001")["name"], year.client.get(f"/cohorten/{year.cohort}/dossier").text
    row = page.partition("diende een meting in")[2].partition("</tr>")[0]
    assert school in row


def test_many_at_once_freeze_and_supersede_once(database: Database, children: Children) -> None:
    year = a_year(database, children)
    place = f"{year.place}{PLACE}"
    year.put(f"{PLACE}/sheets/directie", sheet(1))
    tag = {"If-Match": year.client.get(f"{place}/sheets/directie").headers["etag"]}

    def ask(number: int) -> tuple[str, int]:
        client = a_client(year.app, "coordinator")
        if number % 2:
            return "submit", client.post(f"{place}/submit").status_code
        return "save", client.put(f"{place}/sheets/directie", json=sheet(number % 5), headers=tag).status_code

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(ask, range(16)))
        ways = list(
            pool.map(lambda _: a_client(year.app, "coordinator").post(f"{place}/supersede", json=WHY), range(8))
        )
    assert [status for what, status in told if what == "submit"].count(200) == 1
    assert {status for what, status in told if what == "submit"} == {200, 409}
    assert [one.status_code for one in ways].count(201) == 1
    before = year.ok("GET", PLACE)["submitted"]
    year.put(f"{PLACE}/sheets/directie", sheet(4))
    assert year.ok("GET", PLACE)["submitted"] == before
    assert len(before) == 1


def test_frozen_measurement_is_superseded_with_a_reason(database: Database, children: Children) -> None:
    year = a_year(database, children)
    assert year.refused("POST", f"{PLACE}/supersede", json={"reason": "fout"}) == (409, "nothing_submitted")
    year.put(f"{PLACE}/sheets/directie", sheet(1))
    old = year.ok("POST", f"{PLACE}/submit")
    assert year.refused("POST", f"{PLACE}/supersede", json={"reason": " "}) == (422, "invalid")
    new = year.ok("POST", f"{PLACE}/supersede", json={"reason": "twee criteria verkeerd gelezen"})
    assert (new["replaces"], new["state"], new["combined"]) == (old["id"], "draft", old["combined"])
    assert year.refused("POST", f"{PLACE}/supersede", json={"reason": "nog eens"}) == (409, "draft_there")
    year.put(f"{PLACE}/sheets/directie", sheet(3))
    year.ok("POST", f"{PLACE}/submit")
    both = year.ok("GET", PLACE)["submitted"]
    assert [(one["counts"], one["combined"][0]["rating"]) for one in both] == [(True, 3), (False, 1)]


def test_nothing_or_a_contradiction_is_not_submitted(database: Database, children: Children) -> None:
    year = a_year(database, children)
    assert year.refused("POST", f"{PLACE}/submit") == (409, "nothing_rated")
    year.put(f"{PLACE}/sheets/directie", {"ratings": []})
    answer = year.client.post(f"{year.place}{PLACE}/submit")
    assert (answer.status_code, "nog geen enkel criterium" in answer.json()["detail"]) == (422, True)
    told = year.put(f"{PLACE}/sheets/directie", sheet(2, absent=True))
    assert ("error", "absent_yet_rated") in {(one["severity"], one["code"]) for one in told["findings"]}
    assert year.refused("POST", f"{PLACE}/submit") == (422, "invalid")


def test_partial_and_late_measurements_are_taken_with_a_warning(database: Database, children: Children) -> None:
    year = a_year(database, children)
    year.put("/measurements/days", {"baseline": "2020-01-31"})
    assert [one["severity"] for one in year.ok("GET", "/measurements/missing")["items"]] == ["error", "error"]
    year.put(f"{PLACE}/sheets/directie", {"ratings": sheet(1)["ratings"][:3]})
    submitted = year.ok("POST", f"{PLACE}/submit")
    assert {"late", "partial"} <= {one["code"] for one in submitted["findings"]}
    assert len(year.ok("GET", "/measurements/missing")["items"]) == 1


def test_missing_measurements_ask_for_a_day(database: Database, children: Children) -> None:
    year = a_year(database, children)
    assert year.refused("GET", "/measurements/missing?moment=final") == (409, "no_day")
    year.put("/measurements/days", {"final": "2090-06-01"})
    assert [one["severity"] for one in year.ok("GET", "/measurements/missing?moment=final")["items"]] == ["note"] * 2


def test_bad_sheets_are_refused_where_they_are_wrong(database: Database, children: Children) -> None:
    year = a_year(database, children)
    place = f"{PLACE}/sheets/directie"
    for changes in ({"value": 5}, {"criterion": "9.9"}, {"criterion": "2.5"}, {"criterion": "1.2"}, {"links": ["x"]}):
        assert year.refused("PUT", place, json=sheet(1, **changes)) == (422, "invalid"), changes
    told = year.client.put(f"{year.place}{place}", json=sheet(1, criterion="2.5")).json()
    assert [one["pointer"].startswith("/ratings/") for one in told["errors"]] == [True]
    assert "/sheets/" not in told["detail"]
    assert year.refused("PUT", "/schools/onbekend/measurements/baseline/sheets/x", json=sheet(1)) == (404, "not_found")
    assert year.refused("GET", place) == (404, "not_found")


def test_submitted_baseline_is_what_the_matching_sees(database: Database, children: Children) -> None:
    given = a_round([a_school(1, baseline={"1.1": 4}), a_school(2)], [a_mentor(1, offer=(1,)), a_mentor(2)])
    year = Year(database, children, given)
    year.put(f"{PLACE}/sheets/directie", sheet(2))
    with database.read() as transaction:
        assert given_of(transaction, year.cohort).schools[0].baseline == {"1.1": 4}
    round_before = year.ok("POST", "/rounds", json={})["id"]
    year.work()
    year.ok("POST", f"{PLACE}/submit")
    with database.read() as transaction:
        first, second = given_of(transaction, year.cohort).schools
    assert (set(first.baseline.values()), len(first.baseline), second.baseline) == ({2}, 21, {})
    assert year.ok("GET", f"/rounds/{round_before}")["stale"] is True


def test_needs_say_why_for_a_school_and_for_all(database: Database, children: Children) -> None:
    year = a_year(database, children)
    assert year.refused("GET", "/schools/S001/needs") == (404, "not_found")
    body = {"ratings": ratings(lambda code: 0 if code.startswith("6") else 3)}
    year.put(f"{PLACE}/sheets/directie", body)
    year.ok("POST", f"{PLACE}/submit")
    needs = year.ok("GET", "/schools/S001/needs")
    assert (needs["needs"][0]["element"], needs["needs"][0]["shortfall"]) == (6, 4)
    assert ": gemiddeld 0 op 4;" in needs["needs"][0]["why"]
    together = year.ok("GET", "/measurements/needs")
    assert (together["measured"], together["shortfalls"][0]) == (
        1,
        {"element": 6, "name": needs["needs"][0]["name"], "shortfall": 4},
    )
    assert together["sentence"].startswith("Gemeenschappelijke zwakke punten")


def test_names_of_raters_are_for_coordinators(database: Database, children: Children) -> None:
    year = a_year(database, children)
    year.put(f"{PLACE}/sheets/Wendeline", sheet(4))
    viewer = a_client(year.app, "viewer")
    seen = viewer.get(f"{year.place}{PLACE}")
    assert (seen.status_code, "Wendeline" in seen.text) == (200, False)
    assert viewer.get(f"{year.place}{PLACE}/sheets/Wendeline").status_code == 403
    assert viewer.post(f"{year.place}{PLACE}/submit").status_code == 403
    assert [one["raters"] for one in viewer.get(f"{year.place}/measurements").json()["items"]] == [1]


def test_baseline_of_a_list_is_the_one_of_the_year_until_another_is_submitted(
    database: Database, children: Children
) -> None:
    listed = a_school("S001", baseline={"1.1": 1, "7.2": 4})
    year = Year(database, children, a_round([listed], [a_mentor("M001", offer=(1,))]))
    (own,) = year.ok("GET", PLACE)["submitted"]
    assert (own["state"], own["counts"], own["sheets"][0]["rater"]) == ("submitted", True, "schoollijst")
    assert [(one["criterion"], one["rating"]) for one in own["combined"]] == [("1.1", 1), ("7.2", 4)]
    assert year.ok("GET", "/schools/S001/needs")["needs"][0]["element"] == 1
    assert [(one["school"], one["counts"]) for one in year.ok("GET", "/measurements")["items"]] == [("S001", True)]
    year.put(f"{PLACE}/sheets/directie", sheet(2))
    year.ok("POST", f"{PLACE}/submit")
    (only,) = year.ok("GET", PLACE)["submitted"]
    assert only["sheets"][0]["rater"] == "directie"
    with database.read() as transaction:
        assert dict(given_of(transaction, year.cohort).schools[0].baseline)["7.2"] == 2
