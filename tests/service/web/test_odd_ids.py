"""Does an odd number of a school or mentor come through every address and header, and is one that climbs refused?"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest
import sqlalchemy as sa

import matcher
from service.core.errors import Problem
from service.database.tables import school
from tests.service.cohorts.test_members import MENTOR, SCHOOL, begun
from tests.service.planned import Pages
from tests.the_sample import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

    from service.database.engine import Database
    from service.worker.child import Children

ODD = ("Škola", "学校 1", "a&b=c", "a;b", "{0}", "'x\"", "é", "a:b@c")
CLIMBING = (".", "..")


@pytest.mark.parametrize("key", ODD)
def test_an_odd_number_is_added_found_measured_and_saved(database: Database, key: str) -> None:
    client, cohort = begun(database)
    for side, body in (("schools", SCHOOL), ("mentors", MENTOR)):
        answer = client.post(f"{cohort}/{side}", json=body | {"id": key})
        assert answer.status_code == 201, answer.text
        place = answer.headers["location"]
        assert (place.isascii(), unquote(place)) == (True, f"{cohort}/{side}/{key}")
        assert client.get(place).json()["id"] == key
        assert client.get(f"{place}/export").status_code == 200
    measured = f"{cohort}/schools/{quote(key, safe='')}/measurements/baseline"
    sheet = {"ratings": [{"criterion": "1.1", "value": 2, "evidence": ["x"], "links": []}]}
    assert client.put(f"{measured}/sheets/directie", json=sheet).status_code == 200
    assert client.post(f"{measured}/submit").status_code == 200
    again = client.post(f"{measured}/supersede", json={"reason": "fout overgenomen"})
    assert (again.status_code, again.headers["location"]) == (201, measured)
    page = f"/cohorten/{cohort.rpartition('/')[2]}/traject/{quote(key, safe='')}"
    for tail in ("", "/dossier", "/dossier.xlsx"):
        assert client.get(page + tail).status_code == 200, tail


@pytest.mark.parametrize("key", CLIMBING)
def test_nothing_is_called_by_a_step_in_a_path(database: Database, key: str) -> None:
    client, cohort = begun(database)
    for side, body in (("schools", SCHOOL), ("mentors", MENTOR)):
        answer = client.post(f"{cohort}/{side}", json=body | {"id": key})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/id")
        assert "stappen in een adres" in answer.json()["detail"]
    assert client.get(f"{cohort}/schools/%2e%2e").status_code in (404, 422)
    assert client.delete(f"{cohort}/locks/%2e%2e", headers={"If-Match": "*"}).status_code in (404, 422)


def test_a_list_with_such_a_number_says_so(tmp_path: Path) -> None:
    for name, number in (("scholen", b".."), ("mentoren", b".")):
        lines = (SAMPLE / f"{name}.csv").read_bytes().split(b"\n")
        lines[1] = number + b";" + lines[1].partition(b";")[2]
        (tmp_path / f"{name}.csv").write_bytes(b"\n".join(lines))
    told = [one for one in matcher.read_cohort(tmp_path).findings if one.code == "unusable_number"]
    assert [one.severity for one in told] == ["error", "error"]
    assert "niet . of .. alleen" in told[0].message


def test_an_address_with_loose_accents_finds_the_number(database: Database) -> None:
    client, cohort = begun(database)
    assert client.post(f"{cohort}/schools", json=SCHOOL | {"id": "école"}).status_code == 201
    loose = quote(unicodedata.normalize("NFD", "école"))
    assert client.get(f"{cohort}/schools/{loose}").json()["id"] == "école"
    page = f"/cohorten/{cohort.rpartition('/')[2]}/scholen/{loose}"
    assert client.get(page).status_code == 200


def test_forms_refuse_what_climbs_and_numbers_without_end(database: Database, children: Children) -> None:
    pages = Pages(database, children)
    digits = "9" * 5000
    cases = (
        ("/sessies/kalenders/sluit", {"soort": "..", "wie": ""}),
        ("/sessies/kalenders/sluit", {"soort": "school", "wie": ".."}),
        ("/plan/los", {"afspraak": "..", "terug": ".."}),
        ("/traject/S001/baseline", {"c1.1": digits, "wie": "directie", "versie": "Š"}),
        ("/scholen/S001", {"versie": "Š", "need-nascholing": digits}),
        ("/sessies", {"rondes": digits}),
        ("/sessies", {"rondes": "99999999999999", "online": "alle; 1\nS001"}),
    )
    for path, data in cases:
        answer = pages.client.post(pages.here + path, data=data)
        assert 400 <= answer.status_code < 500, (path, data.keys(), answer.status_code)
    for query in (f"ronde={digits}", "ronde=%00", "school=..&ronde=%ED%A0%80"):
        assert pages.client.get(f"{pages.here}/sessies?{query}").status_code < 500


@pytest.mark.parametrize("sign", ["%00", "%01", "%1f", "a%00b"])
def test_a_control_in_an_address_is_nobodys_on_either_database(database: Database, sign: str) -> None:
    client, cohort = begun(database)
    for path in (f"/v1/cohorts/{sign}", f"{cohort}/schools/{sign}", f"/cohorten/{sign}/plan", f"/v1/jobs/{sign}"):
        for accept in ("text/html", "application/json"):
            assert client.get(path, headers={"Accept": accept}).status_code == 404, path
    if not database.is_sqlite:  # SQLite compares it with nothing
        with pytest.raises(Problem), database.read() as transaction:
            transaction.execute(sa.select(school).where(school.c.id == "\x00"))
