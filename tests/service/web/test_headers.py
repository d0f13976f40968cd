"""Is HTTPS asked for for ever where people come by it, and is `If-Match: *` any version?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service.cohorts.test_members import SCHOOL, added, begun
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from service.database.engine import Database

STRICT = "strict-transport-security"


def test_https_is_asked_for_ever_where_people_come_by_it(database: Database) -> None:
    secure = a_client(an_app(database, public_url="https://in2stem.example"))
    for path in ("/livez", "/niets", "/aanmelden"):
        assert secure.get(path).headers[STRICT] == "max-age=31536000; includeSubDomains"
    assert STRICT not in a_client(an_app(database)).get("/livez").headers


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
