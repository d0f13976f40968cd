"""Can a coordinator add, change, remove and erase one school or mentor by hand, and read who was first?"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

import matcher
from service.cohorts.members.form import MENTOR as MENTOR_FORM
from service.cohorts.members.form import SCHOOL as SCHOOL_FORM
from service.database.tables import person
from tests.page_text import as_read
from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

SCHOOL = {"id": "034561", "name": "Atheneum De Linde", "postcode": "9000", "fields": "TE", "eenmaal": ""}


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def version(pages: Pages, path: str) -> str:
    return str(pages.client.get(f"/v1/cohorts/{pages.cohort}/{path}").headers["etag"])


def told(pages: Pages, path: str) -> dict[str, Any]:
    return dict(pages.client.get(f"/v1/cohorts/{pages.cohort}/{path}").json())


def whole(pages: Pages, key: str, **changed: str | list[str]) -> dict[str, Any]:
    """Fill in the form of a mentor as it stands."""
    now = told(pages, f"mentors/{key}")
    lists = {name: ", ".join(now[name]) for name in ("sectors", "not_with")}
    kept = {name: value for name, value in now.items() if value is not None and name not in ("remarks", "extra")}
    return kept | lists | {"versie": version(pages, f"mentors/{key}")} | changed


def test_school_is_added_by_hand(pages: Pages) -> None:
    assert "Een school toevoegen" in pages.text("/scholen")
    assert 'name="id"' in pages.text("/toevoegen/scholen")
    place = f"{pages.here}/toevoegen/scholen"
    refused = pages.client.post(place, data=SCHOOL)
    assert refused.status_code == 422
    assert 'value="Atheneum De Linde"' in refused.text
    assert pages.client.post(place, data=SCHOOL | {"school_types": ["TSO"]}).status_code == 303
    assert told(pages, "schools/034561")["municipality"] == "Gent"
    assert "Atheneum De Linde" in pages.text("/scholen")
    again = pages.client.post(place, data=SCHOOL | {"school_types": ["TSO"], "name": "Een andere"})
    assert (again.status_code, "is er al: 034561" in again.text) == (409, True)


def test_mentor_is_added_changed_to_reserve_and_removed(pages: Pages) -> None:
    sent = {"id": "M900", "company": "Voorbeeld NV", "sectors": "technologie", "postcode": "3500", "status": "reserve"}
    answer = pages.client.post(f"{pages.here}/toevoegen/mentoren", data=sent | {"half_days": ["ma-vm"], "eenmaal": ""})
    assert answer.status_code == 303
    assert told(pages, "mentors/M900")["status"] == "reserve"
    assert 'value="reserve" selected' in pages.text("/mentoren/M900")
    changed = whole(pages, "M900", status="active")
    assert pages.client.post(f"{pages.here}/mentoren/M900", data=changed).status_code == 303
    assert told(pages, "mentors/M900")["status"] == "active"
    stale = {"versie": changed["versie"]}
    assert pages.client.post(f"{pages.here}/mentoren/M900/weg", data=stale).status_code == 412
    now = {"versie": version(pages, "mentors/M900")}
    assert pages.client.post(f"{pages.here}/mentoren/M900/weg", data=now).status_code == 303
    assert "De mentor met nummer M900 is verwijderd." in pages.text("/mentoren")
    assert pages.client.get(f"{pages.here}/mentoren/M900").status_code == 404


def test_person_is_erased_and_the_mentor_stays(pages: Pages) -> None:
    assert "Jan Wouters" in pages.text("/mentoren")
    assert "/mentors/M001/export" in pages.text("/mentoren/M001")
    assert pages.client.post(f"{pages.here}/mentoren/M001/wissen").status_code == 303
    assert "Gewist, overal" in pages.text("/mentoren/M001")
    assert "Jan Wouters" not in pages.text("/mentoren")
    assert told(pages, "mentors/M001")["first_name"] == ""


def test_who_was_first_is_named(pages: Pages) -> None:
    old = whole(pages, "M002", company="Tweede NV")
    other = pages.browser("coordinator")
    name = other.get("/v1/session").json()["name"]
    first = whole(pages, "M002", company="Eerste NV")
    assert other.post(f"{pages.here}/mentoren/M002", data=first).status_code == 303
    answer = pages.client.post(f"{pages.here}/mentoren/M002", data=old)
    assert answer.status_code == 412
    assert f"{name} heeft dit op" in answer.text
    assert "Nu bewaard: «Eerste NV»." in answer.text
    assert 'value="Tweede NV"' in answer.text
    assert f"door {name}" in pages.text("/mentoren/M002")
    assert f"<td>{name}</td>" in pages.text("/dossier")


def test_viewer_gets_no_form_to_add_or_remove(pages: Pages) -> None:
    viewer = pages.browser("viewer")
    assert "toevoegen" not in viewer.get(f"{pages.here}/scholen").text
    assert "Verwijder uit de cohorte" not in viewer.get(f"{pages.here}/mentoren/M001").text
    assert viewer.get(f"{pages.here}/toevoegen/scholen").status_code == 403
    assert viewer.post(f"{pages.here}/mentoren/M001/wissen").status_code == 403


def test_slip_in_a_number_is_told_at_its_field(pages: Pages) -> None:
    key = pages.client.get(f"/v1/cohorts/{pages.cohort}/mentors").json()["items"][0]["id"]
    answer = pages.client.post(f"{pages.here}/mentoren/{key}", data=whole(pages, key, max_minutes="veel"))
    assert answer.status_code == 422
    field = answer.text.partition('id="max_minutes"')[2].partition("<label")[0]
    assert 'value="veel"' in field
    assert 'aria-invalid="true"' in field
    assert "<strong>«veel» is geen geheel getal.</strong>" in field


def test_who_comes_second_sees_what_is_kept_now_also_of_choices(pages: Pages) -> None:
    key = pages.client.get(f"/v1/cohorts/{pages.cohort}/schools").json()["items"][0]["id"]
    now = told(pages, f"schools/{key}")
    mine = {name: now[name] for name in ("name", "postcode", "municipality", "half_days", "school_types")}
    mine |= {"fields": ["ZO", "LO"], "mentors_wanted": "1", "versie": version(pages, f"schools/{key}")}
    changed = {"fields": ["BO", "HT"]}
    place = f"/v1/cohorts/{pages.cohort}/schools/{key}"
    pages.client.patch(place, json=changed, headers={"If-Match": version(pages, f"schools/{key}")})
    answer = pages.client.post(f"{pages.here}/scholen/{key}", data=mine)
    assert answer.status_code == 412
    assert "Nu bewaard: «bouw; hout en textiel»." in answer.text
    assert "checked> zorg-STEM" in answer.text


def test_who_only_looks_sees_companies_for_names_and_no_closed_doors(pages: Pages) -> None:
    viewer = pages.browser("viewer")
    key = pages.client.get(f"/v1/cohorts/{pages.cohort}/mentors").json()["items"][0]["id"]
    for path in ("/mentoren", f"/mentoren/{key}", ""):
        text = viewer.get(pages.here + path).text
        assert "None" not in text
        for part in set(re.findall(rf'href="({pages.here}/\w+)"', text)):
            assert viewer.get(part).status_code == 200, part
    assert "Mentor van " in viewer.get(f"{pages.here}/mentoren").text


def test_slip_in_a_postcode_is_told_once_in_the_words_of_the_import(pages: Pages) -> None:
    for path, data in (
        ("/mentoren/M001", whole(pages, "M001", postcode="360")),
        ("/toevoegen/scholen", SCHOOL | {"postcode": "360", "school_types": ["TSO"]}),
    ):
        refused = pages.client.post(pages.here + path, data=data)
        assert refused.status_code == 422
        assert refused.text.count("Vul vier cijfers in, zoals 9000.") == 1
        assert "Niet bewaard. Kijk na: Postcode." in refused.text
        assert "te kort" not in refused.text


def filled(pages: Pages, path: str) -> dict[str, str | list[str]]:
    """Give what a browser would send of the form on a page, as it stands."""
    form = unescape(pages.text(path).partition('class="kaart velden')[2].partition("</form>")[0])
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r' name="([^"]*)"', tag)
        value = re.search(r' value="(.*?)"(?: |>)', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            sent.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select[^>]* name="([^"]*)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        sent[name] = [chosen[1] or chosen[2] if chosen else ""]
    return dict(sent)


def test_form_asks_all_that_a_spreadsheet_tells() -> None:
    asked = {"Scholen": {one.name for one in SCHOOL_FORM}, "Mentoren": {one.name for one in MENTOR_FORM}}
    made = {"id", "site"}
    assert {one.field.partition(".")[0] for one in matcher.columns("Scholen")} - made <= asked["Scholen"]
    assert {one.field.partition(".")[0] for one in matcher.columns("Mentoren")} - made <= asked["Mentoren"]


def test_form_that_is_sent_as_it_stands_changes_nothing(pages: Pages) -> None:
    rich = {"offer": [2, 6], "company_number": "0123.456.749", "max_schools_company": 3, "extra": {"talen": "nl, fr"}}
    there = {"mentors/M001": rich, "schools/S001": {"baseline": {"1.1": 3, "7.2": 0}, "finalities": ["dubbel"]}}
    for path, change in there.items():
        tag = {"If-Match": version(pages, path)}
        place = f"/v1/cohorts/{pages.cohort}/{path}"
        assert pages.client.patch(place, json=change, headers=tag).status_code == 200
        before = told(pages, path)
        page = path.replace("mentors", "/mentoren").replace("schools", "/scholen")
        assert pages.client.post(pages.here + page, data=filled(pages, page)).status_code == 303
        after = told(pages, path)
        assert {**after, "version": 0, "changed_at": ""} == {**before, "version": 0, "changed_at": ""}
        assert after["version"] == before["version"] + 1


def test_numbers_ratings_places_and_own_columns_are_changed_by_hand(pages: Pages) -> None:
    sent = filled(pages, "/mentoren/M001") | {"offer": ["2", "7"], "latitude": "51,2", "longitude": "4.4"}
    sent |= {"extra-naam": ["talen", "taal"], "extra-waarde": ["nl", ""]}
    assert pages.client.post(f"{pages.here}/mentoren/M001", data=sent).status_code == 303
    now = told(pages, "mentors/M001")
    assert (now["offer"], now["latitude"], now["longitude"]) == ([2, 7], 51.2, 4.4)
    assert now["extra"] == {"talen": "nl"}
    sent = filled(pages, "/scholen/S001") | {"baseline-1.1": "4", "baseline-2.3": "0"}
    assert pages.client.post(f"{pages.here}/scholen/S001", data=sent).status_code == 303
    assert told(pages, "schools/S001")["baseline"] == {"1.1": 4, "2.3": 0}
    assert "Nulmeting: 2 van 21 ingevuld" in pages.text("/scholen/S001")


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ({"baseline-1.1": "9"}, "Nulmeting"),
        ({"latitude": "veel"}, "Breedtegraad"),
        ({"extra-naam": ["", "a"], "extra-waarde": ["nl", "fr"]}, "Eigen kolommen"),
        ({"extra-naam": ["a", "a"], "extra-waarde": ["nl", "fr"]}, "Eigen kolommen"),
    ],
)
def test_slip_in_a_new_field_is_told_by_its_label(pages: Pages, slip: dict[str, Any], words: str) -> None:
    answer = pages.client.post(f"{pages.here}/scholen/S001", data=filled(pages, "/scholen/S001") | slip)
    assert (answer.status_code, f"Niet bewaard. Kijk na: {words}." in answer.text) == (422, True)


def test_own_columns_of_a_refused_form_come_back_once_each(pages: Pages) -> None:
    place, tag = f"/v1/cohorts/{pages.cohort}/schools/S001", {"If-Match": version(pages, "schools/S001")}
    pages.client.patch(place, json={"extra": {"talen": "nl"}}, headers=tag)
    sent = filled(pages, "/scholen/S001") | {"latitude": "veel"}
    sent |= {"extra-naam": ["talen", "niveau"], "extra-waarde": ["fr", "hoog"]}
    answer = pages.client.post(f"{pages.here}/scholen/S001", data=sent)
    assert answer.status_code == 422
    boxes = re.findall(r'<input[^>]* name="extra-(naam|waarde)"[^>]*>', answer.text)
    shown = [re.search(r' value="([^"]*)"', one[0]) for one in re.finditer(r'<input[^>]*"extra-[^>]*>', answer.text)]
    assert boxes == ["naam", "waarde"] * 3
    assert [one and one[1] for one in shown] == ["talen", "fr", "niveau", "hoog", None, ""]


def test_field_that_a_form_did_not_ask_stays(pages: Pages) -> None:
    place, tag = f"/v1/cohorts/{pages.cohort}/schools/S001", {"If-Match": version(pages, "schools/S001")}
    pages.client.patch(place, json={"baseline": {"1.1": 3}, "extra": {"a": "b"}}, headers=tag)
    sent = filled(pages, "/scholen/S001")
    old = {name: value for name, value in sent.items() if not name.startswith(("baseline-", "extra-"))}
    assert pages.client.post(f"{pages.here}/scholen/S001", data=old | {"name": "Nieuw"}).status_code == 303
    now = told(pages, "schools/S001")
    assert (now["name"], now["baseline"], now["extra"]) == ("Nieuw", {"1.1": 3}, {"a": "b"})


def test_who_changed_a_row_is_named_and_not_who_looked_at_it(pages: Pages) -> None:
    """A row says who wrote it; the trail also tells who read it, took a copy, or noted that a mentor left."""
    other = pages.browser("admin")
    with pages.app.state.database.write() as transaction:
        for role, name in (("admin", "Nathan Nazien"), ("coordinator", "Wim Wijziger")):
            transaction.execute(sa.update(person).where(person.c.role == role).values(name=name))
    at = f"/v1/cohorts/{pages.cohort}/mentors/M001"
    tag = {"If-Match": version(pages, "mentors/M001")}
    assert pages.client.patch(at, json={"max_minutes": 45}, headers=tag).status_code == 200
    for look in (at, f"{at}/export", f"{pages.here}/mentoren"):
        assert other.get(look).status_code == 200
    leaves = {"mentor": "M001", "reason": "illness", "note": ""}
    assert other.post(f"/v1/cohorts/{pages.cohort}/withdrawals", json=leaves).status_code == 201
    shown = as_read(other.get(f"{pages.here}/mentoren/M001").text)
    line = shown.split("laatst gewijzigd op")[1][:80]
    assert " door Wim Wijziger" in line
    assert "Nathan" not in line
