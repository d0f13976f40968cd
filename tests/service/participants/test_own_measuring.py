"""Can a school measure itself on its own page, several people each their own, once; and nobody else for it?"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import matcher
from tests.page_text import as_read
from tests.service.participants.own import Own

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

CODES = list(matcher.label_criteria())


class Measuring(Own):
    """A stage on which a school measures."""

    def sheet(self, who: str) -> dict[str, str]:
        """Read the hidden fields of somebody's sheet."""
        text = self.nobody.get(f"/mijn/{self.secret('school')}/meting/baseline", params={"wie": who}).text
        return {"wie": who, "versie": unescape(text.partition('name="versie" value="')[2].partition('"')[0])}

    def keep(self, who: str, ratings: dict[str, str], tail: str = "", moment: str = "baseline") -> Any:  # noqa: ANN401
        """Send a sheet."""
        form = self.sheet(who) | {f"c{code}": value for code, value in ratings.items()}
        return self.nobody.post(f"/mijn/{self.secret('school')}/meting/{moment}{tail}", data=form)

    def measured(self) -> dict[str, Any]:
        """Give what the coordinator sees."""
        place = f"{self.place}/schools/{self.pairs[0]['school']}/measurements/baseline"
        return dict(self.client.get(place).json())


def test_several_people_fill_in_and_submit_once(database: Database, children: Children) -> None:
    own = Measuring(database, children)
    assert own.keep("directie", {CODES[0]: "3"}).status_code == 303
    assert own.keep("leraar techniek", {CODES[0]: "1", CODES[1]: "2"}).status_code == 303
    assert own.keep("directie", {CODES[0]: "4"}).status_code == 303  # as typed, at each submit
    draft = own.measured()["draft"]
    assert {one["rater"]: [each["value"] for each in one["ratings"]] for one in draft["sheets"]} == {
        "directie": [4],
        "leraar techniek": [1, 2],
    }
    assert "ontwerp, ingevuld door directie en leraar techniek" in own.page("school")
    assert own.nobody.get(f"/mijn/{own.secret('school')}/meting/final").status_code == 404  # after the baseline
    assert own.keep("directie", {CODES[0]: "4", CODES[2]: "0"}, "/indienen").status_code == 303
    found = own.measured()
    assert (found["draft"], len(found["submitted"])) == (None, 1)
    assert found["submitted"][0]["submitted_by"] == f"school:{own.pairs[0]['school']}"
    shown = as_read(own.nobody.get(f"/mijn/{own.secret('school')}/meting/baseline").text)
    assert re.findall(r'<td class="cijfer">(\d) op 4</td><td>([^<]*)</td>', shown) == [
        ("2", "regelmatig; van 1 tot 4, volgens wie invulde"),
        ("2", "regelmatig"),
        ("0", "afwezig"),
    ]
    assert "18 criteria bleven open." in shown
    again = own.keep("directie", {CODES[0]: "1"})
    assert (again.status_code, "ligt vast" in again.text, "Vervang ze" in again.text) == (409, True, False)
    assert own.nobody.get(f"/mijn/{own.secret('school')}/meting/final").status_code == 200


def test_script_keeps_what_is_typed_and_says_nothing_of_it_later(database: Database, children: Children) -> None:
    own = Measuring(database, children)
    place = f"/mijn/{own.secret('school')}/meting/baseline"
    empty = own.nobody.post(place, data=own.sheet("directie") | {"vanzelf": "1"})
    assert (empty.status_code, own.nobody.get(place).text.count("Al ingevuld door")) == (303, 0)
    kept = own.nobody.post(place, data=own.sheet("directie") | {"vanzelf": "1", f"c{CODES[0]}": "3"})
    assert kept.status_code == 303
    assert "set-cookie" not in kept.headers
    page = own.nobody.get(place, params={"wie": "directie"}).text
    assert "bewaard als ontwerp" in page
    assert page.count("<script") == 1
    assert page.count(">Bewaar<") == len(matcher.ELEMENTS)  # without a script, at each key element
    assert "<script" not in own.nobody.get(place).text


def test_sheet_that_somebody_changed_meanwhile_is_kept_as_typed(database: Database, children: Children) -> None:
    own = Measuring(database, children)
    own.keep("directie", {CODES[0]: "3"})
    form = own.sheet("directie") | {f"c{CODES[0]}": "2"}
    own.keep("directie", {CODES[0]: "4"})
    stale = own.nobody.post(f"/mijn/{own.secret('school')}/meting/baseline", data=form)
    assert (stale.status_code, "Iemand heeft dit intussen gewijzigd" in stale.text) == (412, True)
    assert own.measured()["draft"]["sheets"][0]["ratings"][0]["value"] == 4


def test_nothing_can_be_submitted_and_a_bad_rating_is_told_where_it_stands(
    database: Database, children: Children
) -> None:
    own = Measuring(database, children)
    empty = own.keep("directie", {}, "/indienen")
    assert (empty.status_code, "nog niets ingevuld" in empty.text) == (409, True)
    wrong = own.keep("directie", {CODES[0]: "7"})
    assert (wrong.status_code, f"Geef {CODES[0]} een cijfer" in as_read(wrong.text)) == (422, True)
    assert own.keep("", {CODES[0]: "3"}).status_code == 422


def test_mentor_has_no_measurement(database: Database, children: Children) -> None:
    own = Measuring(database, children)
    secret = own.secret("mentor")
    assert own.nobody.get(f"/mijn/{secret}/meting/baseline").status_code == 404
    for tail in ("", "/indienen"):
        form = {"wie": "ik", "versie": "nieuw", f"c{CODES[0]}": "3"}
        assert own.nobody.post(f"/mijn/{secret}/meting/baseline{tail}", data=form).status_code == 404
    assert own.measured() == {"draft": None, "submitted": []}


def test_baseline_that_a_list_told_is_known_and_may_be_filled_in(database: Database, children: Children) -> None:
    own = Measuring(database, children)
    assert "nog niet ingevuld" in own.page("school")
    place = f"{own.place}/schools/{own.pairs[0]['school']}"
    etag = own.client.get(place).headers["etag"]
    told = own.client.patch(place, json={"baseline": dict.fromkeys(CODES, 2)}, headers={"If-Match": etag})
    assert told.status_code == 200, told.text
    assert "bekend uit de lijst van uw coördinator" in own.page("school")
    assert own.keep("directie", {CODES[0]: "3"}).status_code == 303
    assert "ontwerp, ingevuld door directie" in own.page("school")
