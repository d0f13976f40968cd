"""Does the check say beforehand what is asked and offered, and who gets no school?"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

import matcher
from service.access.audited_reads import MINUTES
from service.rounds.preflight.supply_demand import supply
from service.web.pages.dutch_format import by_name
from tests.builders import a_mentor, a_round, a_school
from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

SCHOOLS = tuple(
    SimpleNamespace(**one)
    for one in (
        {"mentors_wanted": 2, "province": "Limburg", "school_types": ["TSO", "BSO"]},
        {
            "mentors_wanted": 1,
            "province": "Antwerpen",
            "school_types": [],
            "finalities": ["dubbel"],
            "fields": ["EM"],
        },
    )
)
MENTORS = tuple(
    SimpleNamespace(**one)
    for one in (
        {"max_schools": 1, "provinces": ["Limburg"], "school_types": ["TSO"], "sectors": ["bouw"]},
        {"max_schools": 2, "provinces": [], "school_types": [], "sectors": ["bouw", "ict"]},
    )
)


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def test_places_are_counted_in_each_group_where_they_can_be() -> None:
    told = [(one["name"], one["asked"], one["offered"]) for one in supply(SCHOOLS, MENTORS, {})]
    assert told == [
        ("Antwerpen", 1, 2),
        ("Limburg", 2, 3),
        ("BSO", 2, 2),
        ("TSO", 3, 3),
        ("Bouw", None, 3),
        ("ICT en telecom", None, 2),
    ]


def test_check_tells_which_pairs_hang_on_an_estimate(pages: Pages) -> None:
    first = pages.client.get(f"/v1/cohorts/{pages.cohort}/mentors").json()["items"][0]
    where = f"/v1/cohorts/{pages.cohort}/mentors/{first['id']}"
    found = pages.client.get(where)
    body = {"max_minutes": 10}
    done = pages.client.patch(where, json=body, headers={"If-Match": found.headers["etag"]})
    assert done.status_code == 200, done.text
    told = pages.client.get(f"/v1/cohorts/{pages.cohort}/preflight").json()
    assert told["close_call_count"] == len(told["close_calls"])
    mine = [one for one in told["close_calls"] if one["mentor"] == first["id"]]
    assert mine
    assert all(8.5 <= one["minutes"] <= 11.5 and one["limit"] == 10 for one in mine)
    assert "De schatting van de reistijd beslist over" in pages.text("/controle")


def test_check_and_round_count_the_same_mentors(pages: Pages) -> None:
    first = pages.client.get(f"/v1/cohorts/{pages.cohort}/mentors").json()["items"][0]["id"]
    pages.client.post(f"/v1/cohorts/{pages.cohort}/withdrawals", json={"mentor": first, "reason": "illness"})
    assert "3 mentoren doen mee" in pages.text("/controle")
    assert "3 mentoren; 0 vaste koppels" in pages.text("/ronde")
    assert "afgehaakt</span>" in pages.text("/mentoren")
    assert "Vraag en aanbod per provincie" in pages.text("/controle")


def test_return_of_a_mentor_can_be_taken_back(pages: Pages) -> None:
    first = pages.client.get(f"/v1/cohorts/{pages.cohort}/mentors").json()["items"][0]["id"]
    noted = {"mentor": first, "reden": "illness", "nota": "tot mei"}
    assert pages.client.post(f"{pages.here}/uitval", data=noted).status_code == 303
    assert "ziekte" in pages.text("/uitval")
    assert pages.client.post(f"{pages.here}/uitval/{first}/terug").status_code == 303
    text = pages.text("/uitval")
    assert "doet weer mee" in text
    assert 'name="reden" value="illness"' in text
    assert 'name="nota" value="tot mei"' in text


def test_leaving_needs_a_reason_and_says_so(pages: Pages) -> None:
    first = pages.client.get(f"/v1/cohorts/{pages.cohort}/mentors").json()["items"][0]["id"]
    text = pages.text(f"/uitval?mentor={first}")
    choices = re.findall(r'<input type="radio" name="reden"[^>]*>', text)
    assert choices
    assert all("required" in one and "checked" not in one for one in choices)
    refused = pages.client.post(f"{pages.here}/uitval", data={"mentor": first, "reden": "", "nota": ""})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text


def test_trail_tells_what_changed_and_reading_when_asked(pages: Pages) -> None:
    pages.text("/scholen")
    text = pages.text("/dossier")
    assert ("maakte de cohorte" in text, "las de scholen" in text) == (True, False)
    every = pages.text("/dossier?alles=1")
    assert "las de scholen" in every
    assert f"hoogstens één keer per {MINUTES} minuten" in every
    assert "hoogstens één keer per" not in pages.text("/dossier")


def test_trail_names_the_pair_of_an_agreement_also_when_it_is_gone(pages: Pages) -> None:
    lock = {"school": "S001", "mentor": "M001", "kind": "required", "reason": "kennen elkaar"}
    made = pages.client.post(f"/v1/cohorts/{pages.cohort}/locks", json=lock).json()["id"]
    assert pages.client.delete(f"/v1/cohorts/{pages.cohort}/locks/{made}").status_code == 204
    text = pages.text("/dossier")
    for words in ("maakte een afspraak", "schrapte een afspraak"):
        assert f"<td>{words}</td><td>Jan Wouters bij Atheneum 1 (vast)</td>" in text


def test_people_are_listed_without_regard_to_accents(database: Database, children: Children) -> None:
    names = ("Lotte", "An", "Loïc", "Aïcha", "bart", "Örs")
    mentors = tuple(a_mentor(n, first_name=name, last_name="") for n, name in enumerate(names, 1))
    schools = tuple(a_school(n, name=name) for n, name in enumerate(("Zuid", "Édouard", "Eik"), 1))
    pages = Pages(database, children, matcher.Round(schools=schools, mentors=mentors))
    chosen = pages.text("/uitval").partition('id="mentor"')[2].partition("</select>")[0]
    assert re.findall(r">(\w+), ", chosen) == ["Aïcha", "An", "bart", "Loïc", "Lotte", "Örs"]
    for path in ("/scholen", "/traject"):
        text = pages.text(path).partition("<h1>")[2]
        assert sorted(("Zuid", "Édouard", "Eik"), key=text.index) == ["Édouard", "Eik", "Zuid"], path
    assert by_name("Lôic") < by_name("Lotte")


def test_who_left_by_the_spreadsheet_is_not_offered_as_able_to_leave(database: Database, children: Children) -> None:
    mentors = [a_mentor(1), a_mentor(2, status="withdrawn", first_name="Els", last_name="Kwartsteen")]
    pages = Pages(database, children, a_round([a_school(1)], mentors))
    offered, _, gone = pages.text("/uitval").partition("Al afgehaakt")
    assert "Els Kwartsteen: afgehaakt volgens de gegevens" in gone
    assert "Els Kwartsteen" not in offered.partition("Wie haakt af?")[2]
    assert 'id="noteer"' not in pages.text("/uitval?mentor=M002")
    assert 'id="noteer"' in pages.text("/uitval?mentor=M001")


def test_check_tells_a_contradiction_and_nothing_of_places(pages: Pages) -> None:
    address = f"/v1/cohorts/{pages.cohort}"
    school, mentor = (pages.client.get(f"{address}/{kind}").json()["items"][0]["id"] for kind in ("schools", "mentors"))
    lock = {"school": school, "mentor": mentor, "kind": "required", "reason": "kennen elkaar"}
    assert pages.client.post(f"{address}/locks", json=lock).status_code == 201
    body = {"mentor": mentor, "status": "reserve"}
    where = f"{address}/mentors/{mentor}"
    etag = pages.client.get(where).headers["etag"]
    done = pages.client.patch(where, json={"status": body["status"]}, headers={"If-Match": etag})
    assert done.status_code == 200, done.text
    told = pages.client.get(f"{address}/preflight").json()
    assert told["sentence"] == "Er is geen plan mogelijk: de afspraken spreken elkaar tegen."
    assert told["shortages"] == []
    assert [one["kind"] for one in told["conflict"]["claims"]] == ["locked_away"]
    assert told["conflict"]["sentence"].endswith("staat in reserve.")
    page = pages.text("/controle")
    assert "Afspraken die niet samengaan" in page
    assert "kan ingevuld worden" not in page


def test_check_tells_remedies_as_the_answer_has_them(pages: Pages) -> None:
    address = f"/v1/cohorts/{pages.cohort}"
    for one in pages.client.get(f"{address}/mentors").json()["items"][1:]:
        where = f"{address}/mentors/{one['id']}"
        etag = pages.client.get(where).headers["etag"]
        assert pages.client.patch(where, json={"status": "reserve"}, headers={"If-Match": etag}).status_code == 200
    told = pages.client.get(f"{address}/preflight").json()
    ways = [way for one in told["shortages"] for way in one["remedies"]]
    assert "put_in_service" in [claim["kind"] for way in ways for claim in way["claims"]]
    assert {way["claims"][-1]["kind"] for way in ways} == {"fills_more"}
    page = pages.text("/controle")
    assert [way["words"] for way in ways if way["words"][1:] not in page] == []
