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
from service.trajectory.action_plan import step_lines
from service.trajectory.action_plan.shapes import DeedShape
from tests.any_text import any_text, noted, quick
from tests.service.planned import Pages
from tests.service_client import worker_beside

if TYPE_CHECKING:
    from httpx2 import Response

    from service.database.engine import Database
    from service.worker.child import Children

GOAL = {"criterium-0": "1.1", "doel-0": "3", "trekker-0": "directie", "tegen-0": "2027-01-15"}
STEPS = "x Lessen schrijven @ An Peeters 15/01/2027\nLessen geven"
PROMISES = {"mentor-0": "M001", "beloften-0": "Gastles geven 20/01/2027"}


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
        elif tag == "input" and said.get("type") not in ("hidden", "checkbox"):
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
    asked = {"stappen-0": STEPS, "aan-mentor-0": "een gastles", "aan-netwerk-0": "voorbeelden\nlesmateriaal"}
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
    assert shown["stappen-0"] == STEPS
    assert "criterium-2" in shown
    assert "criterium-3" not in shown
    assert sent(pages, shown).status_code == 303
    again = plan_of(pages).json()
    assert {name: again[name] for name in ("goals", "commitments")} == {
        name: kept[name] for name in ("goals", "commitments")
    }
    assert sent(pages, shown | {"weg-0": "1", "beloften-0": ""}).status_code == 303
    assert (plan_of(pages).json()["goals"], plan_of(pages).json()["commitments"]) == ([], {})


CASES: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"stappen-0": "Iets doen 31/02/2027"}, "stappen-0", "«31/02/2027» is geen dag."),
    ({"stappen-0": "Iets doen 1/2/27"}, "stappen-0", "schrijf de dag als dd/mm/jjjj."),
    ({"stappen-0": "Iets doen 01/02/1999"}, "stappen-0", ""),
    ({"criterium-0": ""}, "criterium-0", "Kies een criterium."),
    ({"doel-0": ""}, "doel-0", "Kies waar de school naartoe wil."),
    ({"doel-0": "9"}, "doel-0", ""),
    ({"tegen-0": "morgen"}, "tegen-0", ""),
    ({"trekker-0": "a" * 300}, "trekker-0", ""),
    ({"aan-netwerk-0": "a" * 1001}, "aan-netwerk-0", ""),
    ({"criterium-1": "1.1", "doel-1": "2"}, "criterium-1", "Dit criterium heeft al een doel."),
    ({"criterium-0": "9.9"}, "criterium-0", ""),
    ({"criterium-0": "1.5"}, "criterium-0", ""),
    ({"mentor-0": "", "beloften-0": "iets"}, "mentor-0", "Kies een mentor."),
    ({"mentor-0": "M999", "beloften-0": "iets"}, "mentor-0", "Deze mentor is niet van deze cohorte."),
    ({"mentor-1": "M001", "beloften-1": "iets"}, "mentor-1", "Deze mentor staat hier al."),
    ({"mentor-0": "M002", "beloften-0": "iets 30/02/2027"}, "beloften-0", "is geen dag."),
)
"""What is typed, the field where the fault stands, and words of it."""


def test_fault_stands_beside_its_field_and_all_that_was_typed_is_there(pages: Pages) -> None:
    version = plan_of(pages).headers["etag"]
    for data, name, words in CASES:
        typed = GOAL | {"stappen-0": STEPS} | PROMISES | data
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
    assert sent(pages, GOAL | {"stappen-0": "Eerste stap"}).status_code == 303
    mine = GOAL | {"stappen-0": "Mijn stap", "doel-0": "4"}
    answer = sent(pages, mine, old)
    assert answer.status_code == 412
    assert "Iemand heeft dit intussen gewijzigd" in answer.text
    assert "Eerste stap</li>" in answer.text
    assert fields(answer.text)["stappen-0"] == "Mijn stap"
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
    sheet = {f"c{code}": "1" for code in codes} | {"wie": "directie", "versie": "*"}
    assert pages.client.post(f"{here}/baseline", data=sheet).status_code == 303
    assert pages.client.post(f"{here}/baseline/indienen", data={"wie": "", "eenmaal": ""}).status_code == 303
    assert "Begin met het advies" in pages.text("/traject/S001/actieplan")
    with worker_beside(pages.app, pages.children):
        answer = pages.client.post(f"{here}/actieplan/advies", data={"eenmaal": ""})
    assert answer.status_code == 200
    assert "er is nog niets bewaard" in answer.text
    assert plan_of(pages).json()["goals"] == []
    shown = fields(answer.text)
    assert shown["criterium-0"]
    assert int(shown["doel-0"]) > 1
    assert sent(pages, shown).status_code == 303
    assert plan_of(pages).json()["goals"][0]["criterion"] == shown["criterium-0"]
    assert "Er is al een actieplan." in pages.client.post(f"{here}/actieplan/advies", data={"eenmaal": ""}).text


def test_only_who_may_edit_gets_the_form(pages: Pages) -> None:
    viewer = pages.browser("viewer")
    assert "actieplan op</a>" not in viewer.get(f"{pages.here}/traject/S001").text
    assert viewer.get(f"{pages.here}/traject/S001/actieplan").status_code == 403
    assert viewer.post(f"{pages.here}/traject/S001/actieplan", data={}).status_code == 403
    assert pages.browser("admin").get(f"{pages.here}/traject/S001/actieplan").status_code == 200
    assert pages.client.get(f"{pages.here}/traject/S999/actieplan").status_code == 404


def test_lines_come_back_as_they_were() -> None:
    deeds = [
        {"text": "x keer oefenen", "owner": "", "due": None, "done": None},
        {"text": "x keer oefenen", "owner": "An", "due": "2027-02-01", "done": "2026-12-01"},
        {"text": "- streep", "owner": "Bart Claes", "due": None, "done": None},
        {"text": "klas 5/6 bezoeken", "owner": "", "due": "2027-03-31", "done": None},
    ]
    text = step_lines.written(shapes := [DeedShape.model_validate(one) for one in deeds])
    assert step_lines.read(text, shapes, date(2027, 1, 1)) == ([one.model_dump() for one in shapes], [])


@quick
@given(some.lists(any_text() | some.sampled_from(["a @ An", "a 1/2/2027", "x a", "- a", "a 99/99/2027"]), max_size=4))
def test_lines_that_were_not_touched_are_the_steps_that_they_were(texts: list[str]) -> None:
    kinds = ({"owner": "", "due": None, "done": None}, {"owner": "An", "due": "2027-02-01", "done": "2026-12-01"})
    rows = [{"text": noted(text)} | kinds[place % 2] for place, text in enumerate(texts)]
    deeds = [DeedShape.model_validate(one) for one in rows if one["text"]]
    for owners in (True, False):
        text = step_lines.written(deeds, owners=owners)
        assert step_lines.read(text, deeds, date(2027, 1, 1), owners=owners) == (
            [one.model_dump() for one in deeds],
            [],
        )
