"""Can a portal read every list from which its forms choose, and does what it chooses hold?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from tests.service.trajectory.applying import CONSENT, Year
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

OF_FORMS = {"half_days": "half_days", "school_types": "school_types", "provinces": "provinces"}
"""Fields of the form of a mentor, with the list from which each chooses."""


def values(options: dict[str, Any], name: str) -> list[Any]:
    return [one["value"] for one in options[name]]


def test_lists_are_those_of_the_product_and_anybody_may_read_them(database: Database) -> None:
    answer = a_client(an_app(database)).get("/v1/options")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=3600")
    told = answer.json()
    assert values(told, "sectors") == [one.code for one in matcher.sectors_of(matcher.Policy())]
    assert (values(told, "fields"), values(told, "half_days")) == (list(matcher.FIELDS), list(matcher.HALF_DAYS))
    assert values(told, "elements") == [1, 2, 3, 4, 5, 6, 7]
    directions = [one["name"] for field in told["fields"] for one in field["directions"]]
    today = [one.name for one in matcher.directions() if one.kind == "nu" and one.field]
    assert sorted(directions) == sorted(today)
    assert len(directions) > 100


def test_every_value_of_a_list_is_taken_by_the_form(database: Database, children: Children) -> None:
    year = Year(database, children)
    told = year.public.get(f"/v1/public/cohorts/{year.cohort}/options").json()
    mentor = {name: values(told, known) for name, known in OF_FORMS.items()}
    mentor |= {"sectors": values(told, "sectors"), "offer": values(told, "elements"), "company": "Voorbeeld NV"}
    mentor |= {"postcode": "9000", "first_name": "Jo", "last_name": "Ma", "email": "jo@x.example", "consent": CONSENT}
    assert year.send(mentor).status_code == 202
    for place, network in enumerate(values(told, "networks")):
        school = {"id": f"S{place}", "name": "De Linde", "postcode": "9000", "contact": "Jo", "email": "jo@x.example"}
        school |= {"fields": values(told, "fields"), "finalities": values(told, "finalities"), "network": network}
        answer = year.send(school | {"school_types": values(told, "school_types"), "consent": CONSENT})
        assert answer.status_code == 202, answer.text


def test_cohort_with_its_own_sectors_tells_those(database: Database, children: Children) -> None:
    year = Year(database, children)
    own = {"code": "zee", "name": "Zeevaart", "nace": ["50"], "fits": dict.fromkeys(matcher.FIELDS, 1)}
    rules = year.client.get(f"{year.place}/rules")
    body = {"sectors": [own]}
    kept = year.client.put(f"{year.place}/rules", json=body, headers={"If-Match": rules.headers["etag"]})
    assert kept.status_code == 200, kept.text
    told = year.public.get(f"/v1/public/cohorts/{year.cohort}/options").json()
    assert told["sectors"] == [{"value": "zee", "label": "Zeevaart"}]
    assert year.public.get("/v1/public/cohorts/coh_niet/options").status_code == 404


def test_document_names_the_values_of_each_list(database: Database) -> None:
    shapes = a_client(an_app(database)).get("/v1/openapi.json").json()["components"]["schemas"]
    form = shapes["SchoolForm"]["properties"]
    assert form["half_days"]["items"]["enum"] == list(matcher.HALF_DAYS)
    assert (form["fields"]["items"]["enum"], form["fields"]["minItems"]) == (list(matcher.FIELDS), 1)
    assert form["network"]["enum"] == list(matcher.NETWORKS)
    assert shapes["MentorForm"]["properties"]["provinces"]["items"]["enum"] == list(matcher.PROVINCES)
