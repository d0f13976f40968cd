"""Does the service keep whatever text somebody types in any field, and does a page show it as text?"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from tests.any_text import FILLERS, UNSEEN, any_text, few, noted, posted, quick, unusable_text
from tests.service_client import a_cohort

if TYPE_CHECKING:
    from tests.service_imports import Desk

SCHOOL = {"id": "S1", "postcode": "9000", "school_types": ["TSO"], "fields": ["EM"], "half_days": ["ma-vm"]}
MENTOR = {"id": "M1", "sectors": ["technologie"], "postcode": "9000", "half_days": ["ma-vm"]}
LOCK = {"school": "S1", "mentor": "M1", "kind": "forbidden"}
WITHDRAWAL = {"mentor": "M1", "reason": "other"}
TEXTS = {
    "schools": (SCHOOL, ("name", "municipality", "street", "contact", "email")),
    "mentors": (MENTOR, ("company", "municipality", "first_name", "last_name", "email")),
    "locks": (LOCK, ("reason",)),
    "withdrawals": (WITHDRAWAL, ("note",)),
}
"""What can be added to a cohort: a body without its texts, and which fields are texts."""


class Shown(HTMLParser):
    """What a page shows: the text of its elements, and what stands in its fields."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.texts: set[str] = {""}
        self.values: dict[str, str] = {}
        self._now: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End the text before an element, and keep what a field holds."""
        found = dict(attrs)
        if tag == "input" and found.get("name"):
            self.values[found["name"] or ""] = found.get("value") or ""
        self._end()

    def handle_endtag(self, tag: str) -> None:
        """End an element's text."""
        del tag
        self._end()

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self._now.append(data)

    def _end(self) -> None:
        self.texts.add(" ".join("".join(self._now).split()))
        self._now = []


def body_of(resource: str, text: str) -> dict[str, Any]:
    """Put a text in every field of a body that is one."""
    values, names = TEXTS[resource]
    return values | dict.fromkeys(names, text)


def add_all(desk: Desk, text: str) -> dict[str, dict[str, Any]]:
    """Add one of everything with this text in it; give what was answered."""
    told = {}
    for resource in TEXTS:
        answer = desk.client.post(f"{desk.address}/{resource}", json=body_of(resource, text))
        assert answer.status_code == 201, answer.text
        told[resource] = answer.json()
    return told


def another_cohort(desk: Desk) -> None:
    """Begin an empty cohort, so that a case that fails leaves nothing to the next."""
    desk.cohort = a_cohort(desk.client)
    desk.address = f"/v1/cohorts/{desk.cohort}"


def page_of(desk: Desk, path: str) -> Shown:
    """Give a page of the cohort."""
    answer = desk.client.get(f"/cohorten/{desk.cohort}/{path}")
    assert answer.status_code == 200, answer.text
    return Shown(answer.text)


@quick
@given(any_text())
def test_any_text_is_read_as_it_was_written(desk: Desk, text: str) -> None:
    another_cohort(desk)
    told = add_all(desk, text)
    read = {
        "schools": desk.client.get(f"{desk.address}/schools/S1").json(),
        "mentors": desk.client.get(f"{desk.address}/mentors/M1").json(),
        "locks": desk.client.get(f"{desk.address}/locks").json()["items"][0],
        "withdrawals": desk.client.get(f"{desk.address}/withdrawals").json()["items"][0],
    }
    for resource, (_, names) in TEXTS.items():
        kept = noted(text) if resource in ("locks", "withdrawals") else posted(text)
        for answer in (told[resource], read[resource]):
            assert {name: answer[name] for name in names} == dict.fromkeys(names, kept)


@few
@given(any_text())
def test_any_text_stands_on_a_page_as_text(desk: Desk, text: str) -> None:
    another_cohort(desk)
    add_all(desk, text)
    line = posted(text)
    for path in ("scholen", "controle"):
        assert line in page_of(desk, path).texts
    for path, resource in (("scholen/S1", "schools"), ("mentoren/M1", "mentors")):
        shown = page_of(desk, path).values
        names = [name for name in TEXTS[resource][1] if name in shown]
        assert {name: shown[name] for name in names} == dict.fromkeys(names, line)
        assert len(names) == 5


@few
@given(any_text())
def test_form_that_is_saved_as_it_stands_changes_nothing(desk: Desk, text: str) -> None:
    another_cohort(desk)
    body = body_of("schools", text) | {"not_with": [text, "Een, twee"]}
    assert desk.client.post(f"{desk.address}/schools", json=body).status_code == 201
    before = desk.school("S1")
    form: dict[str, Any] = page_of(desk, "scholen/S1").values
    form |= {name: before[name] for name in ("school_types", "fields", "finalities", "half_days")}
    path, own = f"/cohorten/{desk.cohort}/scholen/S1", {"Sec-Fetch-Site": "same-origin"}
    answer = desk.client.post(path, data=form, headers=own, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    after = desk.school("S1")
    assert {name for name in before if before[name] != after[name]} <= {"version", "changed_at"}


@pytest.mark.parametrize("text", ['"half', '"Een" bv'])
def test_list_with_half_a_quote_is_refused_by_field(desk: Desk, text: str) -> None:
    desk.client.post(f"{desk.address}/schools", json=body_of("schools", "a"))
    form = page_of(desk, "scholen/S1").values | {"not_with": text}
    answer = desk.client.post(
        f"/cohorten/{desk.cohort}/scholen/S1", data=form, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 422
    assert "Kijk na: Deze mentoren niet." in answer.text
    assert Shown(answer.text).values["not_with"] == text


@pytest.mark.parametrize("resource", TEXTS)
@quick
@given(unusable_text())
def test_text_that_can_not_be_kept_is_refused_by_field(desk: Desk, resource: str, text: str) -> None:
    values, names = TEXTS[resource]
    for name in names:
        content = json.dumps(body_of(resource, "goed") | {name: text}).encode()
        answer = desk.client.post(
            f"{desk.address}/{resource}", content=content, headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/{name}"), values


@pytest.mark.parametrize("text", [*FILLERS, *UNSEEN, "\u200d", "\u2028", "\u3164 \u200b\u2800", ""])
def test_text_of_which_nothing_shows_is_an_empty_one(desk: Desk, text: str) -> None:
    empty = desk.client.post("/v1/cohorts", json={"name": text, "region": "Limburg", "school_year": 2026})
    assert (empty.status_code, empty.json()["detail"]) == (422, "Dit is nog leeg.")
    joined = {"name": f"Anna\u200d{text}", "region": "Limburg", "school_year": 2026}
    assert desk.client.post("/v1/cohorts", json=joined).status_code == 201
