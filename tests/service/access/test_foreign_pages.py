"""Is a change refused that another site's page asks with a person's cookie, and nothing else?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.access.callers import NOBODY, Caller
from service.access.permissions import refuse_foreign_page
from service.core.errors import Problem
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from service.database.engine import Database

PERSON = Caller(role="admin", id="per_1")
KEY = Caller(role="admin", id="key_1", is_key=True)
URL = "https://match.example.be"

KEPT = {
    "a program without a word": {},
    "our own page": {"sec-fetch-site": "same-origin", "origin": URL},
    "the address bar": {"sec-fetch-site": "none"},
    "an older browser on our page": {"origin": "http://127.0.0.1:8000"},
    "an older browser behind a proxy": {"origin": URL},
}
REFUSED = {
    "another site": {"sec-fetch-site": "cross-site"},
    "a neighbour": {"sec-fetch-site": "same-site", "origin": URL},
    "another site in an older browser": {"origin": "https://elders.example"},
    "another port": {"origin": "http://127.0.0.1:8001"},
    "a page without an origin": {"origin": "null"},
    "an origin that can not be read": {"origin": "http://["},
    "a word that nobody knows": {"sec-fetch-site": "perhaps", "origin": URL},
}


@pytest.mark.parametrize("case", KEPT)
def test_change_from_here_passes(case: str) -> None:
    for caller in (PERSON, NOBODY):
        refuse_foreign_page("POST", {"host": "127.0.0.1:8000"} | KEPT[case], caller, URL)


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_change_from_elsewhere_is_refused(case: str, method: str) -> None:
    for caller in (PERSON, NOBODY):
        with pytest.raises(Problem) as caught:
            refuse_foreign_page(method, {"host": "127.0.0.1:8000"} | REFUSED[case], caller, URL)
        assert (caught.value.status, caught.value.code) == (403, "foreign_page")


@pytest.mark.parametrize("case", REFUSED)
def test_reading_and_keys_do_not_depend_on_the_page(case: str) -> None:
    refuse_foreign_page("GET", REFUSED[case], PERSON, URL)
    refuse_foreign_page("POST", REFUSED[case], KEY, URL)


def test_foreign_page_can_neither_change_nor_log_in(database: Database) -> None:
    app = an_app(database)
    admin = a_client(app, "admin")
    body = {"name": "A", "region": "Limburg", "school_year": 2026}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elders.example"}):
        answer = admin.post("/v1/cohorts", json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_page")
        stranger = a_client(app).post("/v1/session", json={"link": "x"}, headers=headers)
        assert (stranger.status_code, stranger.json()["code"]) == (403, "foreign_page")
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert admin.post("/v1/cohorts", json=body, headers=own).status_code == 201
