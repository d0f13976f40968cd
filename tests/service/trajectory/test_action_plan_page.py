"""Can a school's action plan be made and changed on its page, without losing what was typed or what was kept?"""

from __future__ import annotations

import re
from datetime import date
from html import escape, unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from service.database.ids import today
from service.trajectory.action_plan import step_rows
from service.trajectory.action_plan.shapes import DeedShape
from service.web.pages.forms import Form
from tests.any_text import any_text, noted, quick
from tests.service.planned import Pages
from tests.service_client import worker_beside

if TYPE_CHECKING:
    from httpx2 import Response

    from service.database.engine import Database
    from service.worker.child import Children

GOAL = {"criterium-0": "1.1", "doel-0": "3", "trekker-0": "directie", "tegen-0": "2027-01-15"}
STEPS = {
    "stap-0-0-wat": "Lessen schrijven",
    "stap-0-0-wie": "An Peeters",
    "stap-0-0-tegen": "2027-01-15",
    "stap-0-0-klaar": "1",
    "stap-0-1-wat": "Lessen geven",
}
PROMISES = {"mentor-0": "M001", "belofte-0-0-wat": "Gastles geven", "belofte-0-0-tegen": "2027-01-20"}


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def plan_of(pages: Pages) -> Response:
    """Ask the API for the plan of the first school."""
    return pages.client.get(f"/v1/cohorts/{pages.cohort}/action-plans/S001")


def sent(pages: Pages, data: dict[str, str], version: str | None = None) -> Response:
    """Send the form of the first school."""
    told = plan_of(pages).headers["etag"] if version is None else version
    return pages.client.post(f"{pages.here}/traject/S001/actieplan", data={"versie": told} | data)


def quoted(text: str) -> str:
    """Write a value as it stands in a page."""
    return escape(text).replace("&quot;", "&#34;")


class Fields(HTMLParser):
    """What stands in the fields of a page, as a browser would send it."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: dict[str, str] = {}
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field, or the option that is chosen."""
        said = {name: value or "" for name, value in attrs}
        if tag in ("textarea", "select"):
            self.inside, self.found[said["name"]] = said["name"], ""
        elif tag == "option" and "selected" in said:
            self.found[self.inside] = said["value"]
        elif tag == "input" and said["name"] != "versie" and (said.get("type") != "checkbox" or "checked" in said):
            self.found[said["name"]] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        """Note the text of a field."""
        if self.inside and (self.get_starttag_text() or "").startswith("<textarea"):
            self.found[self.inside] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a field."""
        if tag in ("textarea", "select"):
            self.inside = ""


def fields(text: str) -> dict[str, str]:
    """Give the fields of a page."""
    return Fields(text).found


def test_plan_is_made_and_changed_without_loss(pages: Pages) -> None:
    assert f'{pages.here}/traject/S001/actieplan">Stel het actieplan op</a>' in pages.text("/traject/S001")
    asked = STEPS | {"aan-mentor-0": "een gastles", "aan-netwerk-0": "voorbeelden\nlesmateriaal"}
    answer = sent(pages, GOAL | asked | PROMISES | {"criterium-1": "", "doel-1": ""})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{pages.here}/traject/S001")
    kept = plan_of(pages).json()
    (goal,) = kept["goals"]
    first, second = goal["steps"]
    done = today().isoformat()
    assert first == {"text": "Lessen schrijven", "owner": "An Peeters", "due": "2027-01-15", "done": done}
    assert (second["text"], second["due"], second["done"]) == ("Lessen geven", None, None)
    assert (goal["aim"], goal["owner"], goal["due"]) == (3, "directie", "2027-01-15")
    assert [one["of"] for one in goal["support"]] == ["mentor", "network", "network"]
    assert kept["commitments"]["M001"][0]["due"] == "2027-01-20"
    assert "Wijzig het actieplan" in pages.text("/traject/S001")
    shown = fields(pages.text("/traject/S001/actieplan"))
    assert {name: shown[name] for name in STEPS} == STEPS
    assert (shown["stap-0-0-op"], shown["stap-0-3-wat"]) == (done, "")
    assert "criterium-2" in shown
    assert "criterium-3" not in shown
    assert sent(pages, shown).status_code == 303
    again = plan_of(pages).json()
    assert {name: again[name] for name in ("goals", "commitments")} == {
        name: kept[name] for name in ("goals", "commitments")
    }
    assert sent(pages, shown | {"weg-0": "1", "belofte-0-0-wat": ""}).status_code == 303
    assert (plan_of(pages).json()["goals"], plan_of(pages).json()["commitments"]) == ([], {})


CASES: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"stap-0-0-tegen": "2027-02-31"}, "stap-0-0-tegen", ""),
    ({"stap-0-1-tegen": "morgen"}, "stap-0-1-tegen", ""),
    ({"stap-0-2-wat": "", "stap-0-2-wie": "An"}, "stap-0-2-wat", "Schrijf hier wat er moet gebeuren."),
    ({"stap-0-2-wat": "Iets doen", "stap-0-2-wie": "a" * 300}, "stap-0-2-wie", ""),
    ({"criterium-0": ""}, "criterium-0", "Kies een criterium."),
    ({"doel-0": ""}, "doel-0", "Kies waar de school naartoe wil."),
    ({"doel-0": "9"}, "doel-0", ""),
    ({"tegen-0": "morgen"}, "tegen-0", ""),
    ({"trekker-0": "a" * 300}, "trekker-0", ""),
    ({"aan-netwerk-0": "a" * 1001}, "aan-netwerk-0", ""),
    ({"criterium-1": "1.1", "doel-1": "2"}, "criterium-1", "Dit criterium heeft al een doel."),
    ({"criterium-0": "9.9"}, "criterium-0", ""),
    ({"criterium-0": "1.5"}, "criterium-0", ""),
    ({"mentor-0": ""}, "mentor-0", "Kies een mentor."),
    ({"mentor-0": "M999"}, "mentor-0", "Deze mentor is niet van deze cohorte."),
    ({"mentor-1": "M001", "belofte-1-0-wat": "iets"}, "mentor-1", "Deze mentor staat hier al."),
    ({"mentor-0": "M002", "belofte-0-0-tegen": "2027-02-30"}, "belofte-0-0-tegen", ""),
)
"""What is typed, the field where the fault stands, and words of it."""


def test_fault_stands_beside_its_field_and_all_that_was_typed_is_there(pages: Pages) -> None:
    version = plan_of(pages).headers["etag"]
    for data, name, words in CASES:
        typed = GOAL | STEPS | PROMISES | data
        answer = sent(pages, typed, version)
        assert answer.status_code == 422, answer.text
        fault = re.search(rf'id="{name}-fout">([^<]+)</p>', answer.text)
        assert fault, answer.text
        assert words in unescape(fault[1])
        shown = fields(answer.text)
        offered = {one: value for one, value in typed.items() if value not in ("9", "9.9", "1.5", "M999")}
        assert {one: shown[one] for one in offered} == offered
        assert f'name="versie" value="{quoted(version)}"' in answer.text
    assert plan_of(pages).json()["goals"] == []


def test_who_was_first_is_told_and_nothing_typed_is_lost(pages: Pages) -> None:
    old = plan_of(pages).headers["etag"]
    assert sent(pages, GOAL | {"stap-0-0-wat": "Eerste stap"}).status_code == 303
    mine = GOAL | {"stap-0-0-wat": "Mijn stap", "doel-0": "4"}
    answer = sent(pages, mine, old)
    assert answer.status_code == 412
    assert "Iemand heeft dit intussen gewijzigd" in answer.text
    assert "Eerste stap</li>" in answer.text
    assert fields(answer.text)["stap-0-0-wat"] == "Mijn stap"
    assert f'type="hidden" name="versie" value="{quoted(old)}"' in answer.text
    newest = re.search(r'<button class="stil" name="versie" value="([^"]+)"', answer.text)
    assert newest
    assert sent(pages, mine, unescape(newest[1])).status_code == 303
    assert plan_of(pages).json()["goals"][0]["steps"][0]["text"] == "Mijn stap"


def test_advice_fills_the_form_of_a_school_that_measured(pages: Pages) -> None:
    here = f"{pages.here}/traject/S001"
    assert "Begin met het advies" not in pages.text("/traject/S001/actieplan")
    refused = pages.client.post(f"{here}/actieplan/advies", data={"eenmaal": ""})
    assert (refused.status_code, "diende nog geen meting in" in refused.text) == (409, True)
    codes = [one["code"] for one in pages.client.get("/v1/label/criteria").json()["questions"]]
    sheet = {f"c{code}": "1" for code in codes} | {"wie": "directie", "versie": "nieuw"}
    assert pages.client.post(f"{here}/baseline", data=sheet).status_code == 303
    assert pages.client.post(f"{here}/baseline/indienen", data={"wie": "", "eenmaal": ""}).status_code == 303
    assert "Begin met het advies" in pages.text("/traject/S001/actieplan")
    asked = pages.client.post(f"{here}/actieplan/advies", data={"eenmaal": ""})
    with worker_beside(pages.app, pages.children):
        answer = pages.client.get(asked.headers["location"])
    assert (asked.status_code, answer.status_code) == (303, 200)
    assert "De doelen staan hieronder" in answer.text
    assert pages.client.get(asked.headers["location"]).text.count("<legend>") == answer.text.count("<legend>")
    for path in (f"{here}/actieplan?advies=job_onbekend", asked.headers["location"].replace("S001", "S002")):
        assert pages.client.get(path).status_code == 404
    assert "er is nog niets bewaard" in answer.text
    assert plan_of(pages).json()["goals"] == []
    shown = fields(answer.text)
    assert shown["criterium-0"]
    assert int(shown["doel-0"]) > 1
    assert sent(pages, shown).status_code == 303
    assert plan_of(pages).json()["goals"][0]["criterion"] == shown["criterium-0"]
    assert "Er is al een actieplan." in pages.client.get(asked.headers["location"]).text


def test_advice_without_goals_says_what_is_lacking_instead(pages: Pages) -> None:
    here = f"{pages.here}/traject/S001"
    codes = [one["code"] for one in pages.client.get("/v1/label/criteria").json()["questions"]]
    sheet = {f"c{code}": "4" for code in codes} | {"wie": "directie", "versie": "nieuw", "eenmaal": ""}
    assert pages.client.post(f"{here}/baseline/indienen", data=sheet).status_code == 303
    asked = pages.client.post(f"{here}/actieplan/advies", data={"eenmaal": ""})
    with worker_beside(pages.app, pages.children):
        text = pages.client.get(asked.headers["location"]).text
    assert "ontbreekt er voor Competent geen enkel cijfer meer." in text
    assert "Er komt geen doel bij." in text
    assert "bewijs ontbreekt bij" in text
    assert "De doelen staan hieronder" not in text


def test_more_rows_keep_what_was_typed_and_keep_nothing(pages: Pages) -> None:
    answer = sent(pages, GOAL | STEPS | {"meer": "stap-0"})
    shown = fields(answer.text)
    assert (answer.status_code, {name: shown[name] for name in STEPS}) == (200, STEPS)
    assert ("stap-0-3-wat" in shown, "stap-0-4-wat" in shown) == (True, False)
    assert plan_of(pages).json()["goals"] == []


def test_step_keeps_the_day_on_which_it_was_done_and_goes_with_its_words(pages: Pages) -> None:
    assert sent(pages, GOAL | STEPS).status_code == 303
    shown = fields(pages.text("/traject/S001/actieplan")) | {"stap-0-0-op": "2026-11-02", "stap-0-0-wat": "Herschreven"}
    assert sent(pages, shown).status_code == 303
    (goal,) = plan_of(pages).json()["goals"]
    assert [(one["text"], one["done"]) for one in goal["steps"]] == [
        ("Herschreven", "2026-11-02"),
        ("Lessen geven", None),
    ]
    shown = fields(pages.text("/traject/S001/actieplan"))
    assert sent(pages, shown | {"stap-0-0-wat": "", "stap-0-1-klaar": "1", "stap-0-1-op": "ooit"}).status_code == 303
    (goal,) = plan_of(pages).json()["goals"]
    assert [(one["text"], one["done"]) for one in goal["steps"]] == [("Lessen geven", today().isoformat())]


def test_address_of_a_form_leads_to_the_page_that_it_lies_under(pages: Pages) -> None:
    for path in ("/traject/S001/actieplan/advies", "/traject/S001/baseline/indienen"):
        answer = pages.client.get(pages.here + path)
        assert (answer.status_code, answer.headers["location"]) == (303, pages.here + path.rpartition("/")[0])


def test_only_who_may_edit_gets_the_form(pages: Pages) -> None:
    viewer = pages.browser("viewer")
    assert "actieplan op</a>" not in viewer.get(f"{pages.here}/traject/S001").text
    assert viewer.get(f"{pages.here}/traject/S001/actieplan").status_code == 403
    assert viewer.post(f"{pages.here}/traject/S001/actieplan", data={}).status_code == 403
    assert pages.browser("admin").get(f"{pages.here}/traject/S001/actieplan").status_code == 200
    assert pages.client.get(f"{pages.here}/traject/S999/actieplan").status_code == 404


@quick
@given(some.lists(any_text(), max_size=4))
def test_steps_that_were_not_touched_are_the_steps_that_they_were(texts: list[str]) -> None:
    kinds = ({"owner": "", "due": None, "done": None}, {"owner": "An", "due": "2027-02-01", "done": "2026-12-01"})
    kept = {" ".join(text.split()): text for text in map(noted, texts)}
    deeds = [
        DeedShape.model_validate({"text": text} | kinds[place % 2])
        for place, (plain, text) in enumerate(kept.items())
        if plain
    ]
    form = {
        f"stap-{place}-{part}": [value]
        for place, row in enumerate(step_rows.written(deeds))
        for part, value in row.items()
    }
    found = step_rows.read(step_rows.typed(Form(form), "stap"), deeds, date(2027, 1, 1))
    assert [DeedShape.model_validate(one) for one in found.deeds] == deeds
    assert found.wrong == {}
