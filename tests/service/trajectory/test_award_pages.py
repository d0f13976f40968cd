"""Can a jury's year be done on pages: criteria, jurors with ties, sharing, scores with halves, decision, signature?"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.page_text import as_read
from tests.service.planned import Pages

if TYPE_CHECKING:
    from httpx2 import Response

    from service.database.engine import Database
    from service.worker.child import Children

AWARD: dict[str, str | list[str]] = {
    "naam": "Award 2027",
    "criterium-0": "Idee en lef",
    "gewicht-0": "2",
    "criterium-1": "Samenwerking",
    "gewicht-1": "1",
    "criterium-2": "",
    "gewicht-2": "",
    "school": ["S001", "S002"],
    "jurylid-0": "Wendeline Kwikstaart",
    "band-0-0-school": "S001",
    "band-0-0-wat": "was er leraar",
    "jurylid-1": "Barnabas Wimpelaar",
    "band-1-0-school": "",
    "band-1-0-wat": "",
}


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def sent(pages: Pages, path: str, data: dict[str, str | list[str]]) -> Response:
    """Send a form of the Award."""
    return pages.client.post(f"{pages.here}/award{path}", data=data)


def version(pages: Pages) -> str:
    """Give the version that the form of the Award holds."""
    found = re.search(r'name="versie" value="([^"]*)"', pages.text("/award"))
    assert found
    return unescape(found[1])


def begun(pages: Pages) -> None:
    """Begin the Award."""
    assert sent(pages, "", AWARD | {"versie": "nieuw"}).status_code == 303


def scores(pages: Pages, juror: str) -> dict[str, str]:
    """Give the hidden fields of a juror's form: which schools, of which version."""
    text = pages.text(f"/award/jury/{juror}")
    found = re.findall(r'name="((?:school|versie)-\d+)" value="([^"]*)"', text)
    return {name: unescape(value) for name, value in found}


def test_award_is_proposed_begun_and_changed_by_the_version_that_was_read(pages: Pages) -> None:
    text = pages.text("/award")
    assert "Dit is een voorstel" in text
    assert 'value="Samenwerking met bedrijven"' in text
    begun(pages)
    told = pages.client.get(f"/v1/cohorts/{pages.cohort}/award").json()
    assert [(one["key"], one["weight"]) for one in told["criteria"]] == [("idee-en-lef", 2), ("samenwerking", 1)]
    assert [(one["id"], one["ties"]) for one in told["jurors"]] == [("J1", {"S001": "was er leraar"}), ("J2", {})]
    assert told["schools"] == ["S001", "S002"]
    second = sent(pages, "", AWARD | {"versie": "nieuw"})
    assert (second.status_code, "Award 2027" in second.text) == (412, True)
    kept = {f"sleutel-{n}": key for n, key in enumerate(("idee-en-lef", "samenwerking"))}
    changed = AWARD | kept | {"nummer-0": "J1", "nummer-1": "J2", "naam": "Anders", "versie": version(pages)}
    assert sent(pages, "", changed).status_code == 303
    told = pages.client.get(f"/v1/cohorts/{pages.cohort}/award").json()
    assert (told["name"], [one["key"] for one in told["criteria"]]) == ("Anders", ["idee-en-lef", "samenwerking"])


CASES: tuple[tuple[dict[str, str | list[str]], str], ...] = (
    ({"gewicht-0": "zwaar"}, "gewicht-0"),
    ({"gewicht-0": "1001"}, "gewicht-0"),
    ({"criterium-1": "a" * 300}, "criterium-1"),
    ({"school": []}, "school"),
    ({"jurylid-1": "", "band-1-0-school": "S002", "band-1-0-wat": "ouder"}, "jurylid-1"),
    ({"band-0-0-wat": ""}, "jurylid-0"),
    ({"naam": ""}, "naam"),
)
"""What is typed, and the field where the fault stands."""


def test_fault_stands_beside_its_field_and_what_was_typed_is_there(pages: Pages) -> None:
    for data, name in CASES:
        answer = sent(pages, "", AWARD | {"versie": "nieuw"} | data)
        assert (answer.status_code, f'id="{name}-fout"' in answer.text) == (422, True), (data, answer.text)
        assert "Barnabas Wimpelaar" in answer.text or data.get("jurylid-1") == ""
        assert 'value="was er leraar"' in answer.text or data.get("band-0-0-wat") == ""
    assert pages.client.get(f"/v1/cohorts/{pages.cohort}/award").status_code == 404


def test_readings_are_shared_without_ties_and_shown_per_juror(pages: Pages) -> None:
    begun(pages)
    asked = sent(pages, "/verdeel", {"eenmaal": "", "lezingen": "2", "hoogstens": ""})
    place = asked.headers["location"].removeprefix(pages.here).partition("#")[0]
    assert "De lezingen worden verdeeld" in pages.text(place)
    pages.work()
    text = pages.text(place)
    assert "De lezingen worden verdeeld" not in text
    assert re.findall(r"cijfer\">(\d)</td>", text.partition("<tbody>")[2]) == ["1", "0", "2", "0"]
    mine = pages.text("/award/jury/J1")
    assert "Heeft een band en leest niet: Atheneum 1." in mine
    assert [value for name, value in scores(pages, "J1").items() if name.startswith("school")] == ["S002"]
    assert sent(pages, "/verdeel", {"eenmaal": "", "lezingen": "veel"}).status_code == 422


def test_scores_with_halves_are_kept_changed_and_cleared(pages: Pages) -> None:
    begun(pages)
    first = {"score-0-idee-en-lef": "7,5", "score-0-samenwerking": "8"}
    answer = sent(pages, "/jury/J2", scores(pages, "J2") | first)
    assert answer.status_code == 303
    place = f"/v1/cohorts/{pages.cohort}/award/scores/J2/S001"
    assert pages.client.get(place).text == (
        '{"scores":{"idee-en-lef":7.5,"samenwerking":8},"school":"S001","juror":"J2"}'
    )
    assert 'value="7,5"' in pages.text("/award/jury/J2")
    old = scores(pages, "J2")
    assert sent(pages, "/jury/J2", old | first | {"score-0-samenwerking": "8.5"}).status_code == 303
    late = sent(pages, "/jury/J2", old | first)
    assert (late.status_code, "Nu bewaard: 7,5; 8,5." in late.text) == (422, True)
    empty = dict.fromkeys(first, "")
    assert sent(pages, "/jury/J2", scores(pages, "J2") | empty).status_code == 303
    assert pages.client.get(place).status_code == 404


@pytest.mark.parametrize("typed", ["7,3", "11", "10,5", "veel", "-1", ",", "٣"])
def test_score_that_is_none_is_refused_and_the_other_rows_are_kept(pages: Pages, typed: str) -> None:
    begun(pages)
    data = {"score-0-idee-en-lef": typed, "score-0-samenwerking": "8"}
    more = {"score-1-idee-en-lef": "6", "score-1-samenwerking": "6,5"}
    answer = sent(pages, "/jury/J2", scores(pages, "J2") | data | more)
    assert answer.status_code == 422
    assert f"«{typed}» is geen score." in answer.text
    assert "Wel bewaard: 1 school." in answer.text
    base = f"/v1/cohorts/{pages.cohort}/award/scores/J2"
    assert pages.client.get(f"{base}/S001").status_code == 404
    assert pages.client.get(f"{base}/S002").json()["scores"] == {"idee-en-lef": 6, "samenwerking": 6.5}


def test_half_a_row_is_asked_about(pages: Pages) -> None:
    begun(pages)
    answer = sent(pages, "/jury/J2", scores(pages, "J2") | {"score-0-idee-en-lef": "7"})
    assert (answer.status_code, "Geef elk criterium een score" in answer.text) == (422, True)


def test_decision_is_signed_checked_and_withdrawn_by_an_admin_alone(pages: Pages) -> None:
    begun(pages)
    assert sent(pages, "/onderteken", {"eenmaal": ""}).status_code == 409
    row = {"score-0-idee-en-lef": "9,5", "score-0-samenwerking": "9"}
    more = {"score-1-idee-en-lef": "6", "score-1-samenwerking": "6"}
    assert sent(pages, "/jury/J2", scores(pages, "J2") | row | more).status_code == 303
    text = pages.text("/award")
    assert "Atheneum 1 wint met 9,33 op 10" in text
    assert "Atheneum 1 wint met 9,33 op 10" in pages.text("/traject")
    assert sent(pages, "/onderteken", {"eenmaal": ""}).status_code == 303
    record = pages.client.get(f"{pages.here}/award/dossier.json")
    assert "Wimpelaar" not in record.text
    text = pages.text("/award")
    assert "Ondertekend op" in text
    assert "Bewaren</button>" not in text
    assert "disabled" in pages.text("/award/jury/J2")
    assert sent(pages, "", AWARD | {"versie": "nieuw"}).status_code == 409
    for content, words in ((record.content, "klopt"), (record.content.replace(b"S001", b"S002"), "")):
        place = f"{pages.here}/award/nakijken"
        answer = pages.client.post(place, files={"bestand": ("award.json", content)})
        assert answer.status_code == 200
        assert ('class="melding" role="status"' in answer.text) is bool(words)
    assert sent(pages, "/nakijken", {"dossier": ""}).status_code == 422
    assert sent(pages, "/intrekken", {}).status_code == 403
    admin = pages.browser("admin")
    assert "Trek het verslag in" in as_read(admin.get(f"{pages.here}/award").text)
    assert admin.post(f"{pages.here}/award/intrekken").status_code == 303
    assert "Bewaren</button>" in pages.text("/award")


def test_page_of_nobody_is_not_found_and_a_viewer_reads_on_the_trajectory(pages: Pages) -> None:
    begun(pages)
    assert pages.client.get(f"{pages.here}/award/jury/J9").status_code == 404
    viewer = pages.browser("viewer")
    assert viewer.get(f"{pages.here}/award").status_code == 403
    assert "/award" not in viewer.get(f"{pages.here}/traject").text
