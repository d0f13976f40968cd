"""Does the jury score without ties, is the decision robust, and does the signed record stay as it was signed?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from tests.builders import a_round
from tests.service.trajectory.applying import Year
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

SCHOOLS = ["S001", "S002", "S003"]
SCORES = {"S001": (9, 5, 7), "S002": (7, 8, 6), "S003": (2, 9, 9)}
"""The worked example of docs/traject.md."""

AWARD: dict[str, Any] = {
    "name": "Award 2027",
    "criteria": [
        {"key": key, "name": key, "weight": weight}
        for key, weight in (("idee", 50), ("samenwerking", 30), ("resultaat", 20))
    ],
    "schools": SCHOOLS,
    "jurors": [
        {"id": "J1", "name": "Wendeline Kwikstaart", "ties": {"S001": "was er leraar"}},
        {"id": "J2", "name": "Barnabas Wimpelaar", "ties": {}},
    ],
}


def a_year(database: Database, children: Children) -> Year:
    year = Year(database, children, a_round(3, 3))
    year.put("/award", AWARD)
    return year


def scored(year: Year) -> None:
    for school, values in SCORES.items():
        given = dict(zip(("idee", "samenwerking", "resultaat"), values, strict=True))
        year.put(f"/award/scores/J2/{school}", {"scores": given})


def test_award_is_begun_and_changed_by_the_version_that_was_read(database: Database, children: Children) -> None:
    year = Year(database, children, a_round(3, 3))
    assert year.refused("GET", "/award") == (404, "not_found")
    assert year.refused("PUT", "/award", json=AWARD | {"schools": ["S404"]}) == (422, "invalid")
    begun = year.client.put(f"{year.place}/award", json=AWARD)
    assert (begun.status_code, begun.json()["version"]) == (201, 1)
    assert year.refused("PUT", "/award", json=AWARD) == (428, "if_match_missing")
    assert year.put("/award", AWARD | {"name": "Anders"})["name"] == "Anders"


def test_jury_is_shared_without_ties(database: Database, children: Children) -> None:
    year = a_year(database, children)
    assert year.refused("GET", "/award/jury") == (404, "not_found")
    year.ok("POST", "/award/jury", json={"readings": 2})
    year.work()
    jury = year.ok("GET", "/award/jury")
    pairs = {(one["school"], one["juror"]) for one in jury["readings"]}
    assert (jury["missing"], ("S001", "J1") in pairs, len(pairs)) == (1, False, 5)
    assert any("Wendeline Kwikstaart" in one for one in jury["notes"])
    scored(year)
    assert sum(one["scored"] for one in year.ok("GET", "/award/jury")["readings"]) == 3


def test_tie_declared_later_shows_as_a_fault(database: Database, children: Children) -> None:
    year = a_year(database, children)
    year.ok("POST", "/award/jury", json={"readings": 2})
    year.work()
    jurors = [AWARD["jurors"][0], AWARD["jurors"][1] | {"ties": {"S002": "familie"}}]
    year.put("/award", AWARD | {"jurors": jurors})
    assert any("familie" in one for one in year.ok("GET", "/award/jury")["faults"])


def test_scores_are_whole_by_jurors_without_a_tie(database: Database, children: Children) -> None:
    year = a_year(database, children)
    whole = {"idee": 8, "samenwerking": 7, "resultaat": 6}
    assert year.refused("PUT", "/award/scores/J1/S001", json={"scores": whole}) == (422, "invalid")
    assert year.refused("PUT", "/award/scores/J2/S001", json={"scores": {"idee": 8}}) == (422, "invalid")
    assert year.refused("PUT", "/award/scores/J2/S001", json={"scores": whole | {"idee": 11}}) == (422, "invalid")
    assert year.refused("PUT", "/award/scores/J9/S001", json={"scores": whole}) == (404, "not_found")
    assert year.refused("GET", "/award/scores/J2/S001") == (404, "not_found")
    year.put("/award/scores/J2/S001", {"scores": whole})
    assert year.refused("PUT", "/award/scores/J2/S001", json={"scores": whole}) == (428, "if_match_missing")
    assert year.put("/award/scores/J2/S001", {"scores": whole | {"idee": 9}})["scores"]["idee"] == 9
    assert year.refused("PUT", "/award", json=AWARD) == (428, "if_match_missing")


def test_decision_says_how_sure_it_is(database: Database, children: Children) -> None:
    year = a_year(database, children)
    empty = year.ok("GET", "/award/decision")
    assert (empty["winners"], empty["unscored"]) == ([], SCHOOLS)
    assert year.refused("POST", "/award/sign") == (409, "no_scores")
    scored(year)
    decision = year.ok("GET", "/award/decision")
    assert [(one["school"], one["exact"]) for one in decision["ranking"]] == [
        ("S001", "37/5"),
        ("S002", "71/10"),
        ("S003", "11/2"),
    ]
    assert [(one["low"], one["high"]) for one in decision["ranges"]] == [(35, None), (0, 40), (0, 115)]
    assert decision["slack"] == 0.1428


def test_signed_award_is_frozen_and_names_jurors_by_number(database: Database, children: Children) -> None:
    year = a_year(database, children)
    scored(year)
    signed = year.ok("POST", "/award/sign")
    verdict, document = matcher.verify_document(signed["record"].encode(), signed["public_key"])
    assert (verdict.sound, matcher.check_award_record(document), signed["winners"]) == (True, None, ["S001"])
    assert "Kwikstaart" not in signed["record"]
    assert "was er leraar" not in signed["record"]
    assert document is not None
    assert document["award"]["jurors"][0] == {"id": "J1", "name": "J1", "ties": {"S001": "band aangegeven"}}
    assert year.ok("GET", "/award/record") == signed
    assert year.ok("GET", "/award")["signed"] is True
    for method, path, body in (
        ("PUT", "/award", AWARD),
        ("PUT", "/award/scores/J2/S001", {"scores": {}}),
        ("POST", "/award/jury", {}),
        ("POST", "/award/sign", {}),
    ):
        assert year.refused(method, path, json=body) == (409, "signed")


def test_award_is_not_signed_before_every_shared_reading_is_scored(database: Database, children: Children) -> None:
    year = a_year(database, children)
    year.ok("POST", "/award/jury", json={"readings": 2})
    year.work()
    scored(year)
    answer = year.client.post(f"{year.place}/award/sign")
    assert (answer.status_code, answer.json()["code"]) == (409, "open_readings")
    assert answer.json()["readings"] == [["S002", "J1"], ["S003", "J1"]]
    for school in ("S002", "S003"):
        year.put(f"/award/scores/J1/{school}", {"scores": {"idee": 1, "samenwerking": 1, "resultaat": 1}})
    assert year.ok("POST", "/award/sign")["winners"] == ["S001"]


def test_tie_of_a_juror_who_scored_says_what_to_do(database: Database, children: Children) -> None:
    year = a_year(database, children)
    scored(year)
    tied = AWARD | {"jurors": [AWARD["jurors"][0], AWARD["jurors"][1] | {"ties": {"S002": "familie"}}]}
    tag = {"If-Match": year.client.get(f"{year.place}/award").headers["etag"]}
    told = year.client.put(f"{year.place}/award", json=tied, headers=tag).json()
    assert told["errors"][0]["pointer"] == "/jurors"
    assert told["detail"].endswith("familie. Wis eerst de scores van dit jurylid voor die school.")
    year.put("/award/scores/J2/S002", {"scores": {}})
    assert year.put("/award", tied)["scored"] == 2


def test_record_that_was_changed_is_seen(database: Database, children: Children) -> None:
    year = a_year(database, children)
    scored(year)
    record = year.ok("POST", "/award/sign")["record"]
    checked = year.ok("POST", "/award/record/check", json={"record": record})
    assert (checked["sound"], checked["document"]["winners"]) == (True, ["S001"])
    forged = year.ok("POST", "/award/record/check", json={"record": record.replace("S001", "S002")})
    assert (forged["sound"], forged["document"]) == (False, None)


def test_only_an_admin_withdraws_a_record(database: Database, children: Children) -> None:
    year = a_year(database, children)
    scored(year)
    year.ok("POST", "/award/sign")
    assert year.refused("DELETE", "/award/record") == (403, "forbidden")
    assert a_client(year.app, "admin").delete(f"{year.place}/award/record").status_code == 204
    assert year.put("/award", AWARD | {"name": "Opnieuw"})["signed"] is False
