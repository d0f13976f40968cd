"""Is HTTPS asked for for ever where people come by it, and is `If-Match: *` any version?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.access.callers import COOKIE
from tests.service.cohorts.test_members import SCHOOL, added, begun
from tests.service_client import a_client, a_filled_cohort, a_login, an_app

if TYPE_CHECKING:
    from service.database.engine import Database

STRICT = "strict-transport-security"


def test_https_is_asked_for_ever_where_people_come_by_it(database: Database) -> None:
    secure = a_client(an_app(database, public_url="https://in2stem.example"))
    for path in ("/livez", "/niets", "/aanmelden"):
        assert secure.get(path).headers[STRICT] == "max-age=31536000; includeSubDomains"
    assert STRICT not in a_client(an_app(database)).get("/livez").headers


def test_every_cookie_is_of_this_host_and_of_https_alone_where_people_come_by_it(database: Database) -> None:
    app = an_app(database, public_url="https://in2stem.example")
    admin = a_client(app)
    login = f"__Host-{COOKIE}={a_login(database, 'admin')}"
    admin.headers |= {"Cookie": login, "Accept": "text/html"}
    off = admin.post("/sneltoetsen", data={"stand": "uit"}, follow_redirects=False)
    erased = admin.post(f"/cohorten/{a_filled_cohort(admin)}/mentoren/M001/wissen", follow_redirects=False)
    assert (off.status_code, erased.status_code) == (303, 303)
    kept = [*off.headers.get_list("set-cookie"), *erased.headers.get_list("set-cookie")]
    assert len(kept) == 2, kept
    for one in kept:
        assert one.startswith("__Host-in2stem-")
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= {part.strip().lower() for part in one.split(";")}
        assert "domain" not in one.lower()
    admin.headers["Cookie"] = "; ".join([login, *(one.partition(";")[0] for one in kept)])
    shown = admin.get("/sneltoetsen")
    assert "data-zonder-toetsen" in shown.text
    assert "Gewist, overal" in shown.text
    gone = shown.headers.get_list("set-cookie")
    assert [one.partition("=")[0] for one in gone] == ["__Host-in2stem-melding"]
    plain = a_client(an_app(database), "admin").post("/sneltoetsen", data={"stand": "uit"}, follow_redirects=False)
    assert plain.headers["set-cookie"].startswith("in2stem-toetsen=")
    assert "secure" not in plain.headers["set-cookie"].lower()


def test_any_version_may_be_meant_and_none_may_be_forgotten(database: Database) -> None:
    client, cohort = begun(database)
    place = added(client, f"{cohort}/schools", SCHOOL).headers["location"]
    change = {"name": "Atheneum De Berk"}
    assert client.patch(place, json=change).status_code == 428
    assert client.patch(place, json=change, headers={"If-Match": '"x"'}).status_code == 412
    assert client.patch(place, json=change, headers={"If-Match": "*"}).json()["name"] == "Atheneum De Berk"
    assert client.patch(f"{cohort}/schools/niemand", json=change, headers={"If-Match": "*"}).status_code == 404
    page = f"/cohorten/{cohort.rpartition('/')[2]}/scholen/{SCHOOL['id']}"
    assert client.post(page, data={"versie": "*", "name": "Anders"}).status_code == 412  # a form never means it


def test_list_on_several_lines_is_one_list(database: Database) -> None:
    client, cohort = begun(database)
    place = added(client, f"{cohort}/schools", SCHOOL).headers["location"]
    tag = client.get(place).headers["etag"]
    lines = [("If-Match", '"x"'), ("If-Match", tag)]
    assert client.patch(place, json={"name": "Atheneum De Berk"}, headers=lines).status_code == 200


@pytest.mark.parametrize(
    ("told", "packed"),
    [
        ("gzip", True),
        ("GZIP;q=0.5, br", True),
        ("br, gzip ; q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, identity", False),
        ("x-gzip", False),
        ("", False),
    ],
)
def test_page_is_packed_for_who_takes_that(database: Database, told: str, packed: bool) -> None:  # noqa: FBT001 - a case
    shown = a_client(an_app(database)).get("/aanmelden", headers={"Accept": "text/html", "Accept-Encoding": told})
    assert (shown.headers.get("content-encoding") == "gzip") == packed
    assert "</html>" in shown.text


def test_page_says_as_a_program_is_told_what_can_be_done_with_an_address(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    place = f"/cohorten/{a_filled_cohort(client)}/plan"
    told = {kind: client.options(place, headers={"Accept": kind}) for kind in ("text/html", "application/json")}
    assert {one.status_code for one in told.values()} == {405}
    assert {one.headers["allow"] for one in told.values()} == {"GET, HEAD"}
    assert told["text/html"].headers["content-type"].startswith("text/html")
