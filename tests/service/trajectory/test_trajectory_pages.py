"""Can a school's year be filled in and read on pages: sheets, what counts, its level, the cohort together?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from matcher.trajectory.label import CAVEAT
from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

CODES = ("1.1", "1.2", "7.2")


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def kept(pages: Pages, rater: str, value: int, version: str = "nieuw", **more: str) -> int:
    """Keep a sheet through its form; give the status."""
    data = {f"c{code}": str(value) for code in CODES} | {"wie": rater, "versie": version} | more
    answer = pages.client.post(f"{pages.here}/traject/S001/baseline", data=data)
    return int(answer.status_code)


def test_empty_year_says_what_to_do(pages: Pages) -> None:
    text = pages.text("/traject")
    assert "Atheneum 1" in text
    assert "De jury heeft nog geen criteria" in text
    assert "Nog geen enkele school is gemeten." in text
    assert "Met mentor:" not in text
    assert "nog niets ingevuld." in pages.text("/traject/S001")
    assert pages.client.get(f"{pages.here}/traject/S009").status_code == 404
    assert pages.client.get(f"{pages.here}/traject/S001/ooit").status_code in (404, 422)


def test_sheets_are_kept_submitted_frozen_and_replaced_with_a_reason(pages: Pages) -> None:
    assert kept(pages, "directie", 1, **{"b1.1": "verslag\nhttps://voorbeeld.be/x"}) == 303
    assert kept(pages, "leraar", 2) == 303
    text = pages.text("/traject/S001/baseline?wie=directie")
    assert "verslag\nhttps://voorbeeld.be/x</textarea>" in text
    assert "leraar</a>" in text
    place = f"/v1/cohorts/{pages.cohort}/schools/S001/measurements/baseline"
    told = pages.client.get(f"{place}/sheets/directie").json()["ratings"][0]
    assert (told["evidence"], told["links"]) == (["verslag"], ["https://voorbeeld.be/x"])
    assert kept(pages, "directie", 3, "verouderd") == 412
    here = f"{pages.here}/traject/S001/baseline"
    assert pages.client.post(f"{here}/indienen", data={"wie": "", "eenmaal": ""}).status_code == 303
    frozen = pages.text("/traject/S001/baseline")
    assert "Ze ligt vast" in frozen
    assert frozen.count('<td class="cijfer">1 op 4</td><td>eerste stappen; van 1 tot 2, volgens wie invulde</td>') == 3
    assert frozen.count("<td>ja</td>") == 1
    assert kept(pages, "later", 4) == 409
    school = pages.text("/traject/S001")
    assert "1,5 <span" in school
    assert "ingediend op" in school
    assert "ingediend</span>" in pages.text("/traject")
    assert pages.client.post(f"{here}/vervang", data={"reden": "te vroeg", "eenmaal": ""}).status_code == 303
    assert kept(pages, "later", 4) == 303


def test_level_is_entered_with_its_proof_and_taken_back(pages: Pages) -> None:
    here = f"{pages.here}/traject/S001"
    data = {"niveau": "Competent", "sinds": "2026-06-01", "bewijs": "certificaat 114", "eenmaal": ""}
    refused = pages.client.post(f"{here}/niveau", data=data | {"sinds": ""})
    assert (refused.status_code, 'value="certificaat 114"' in refused.text) == (422, True)
    assert pages.client.post(f"{here}/niveau", data=data).status_code == 303
    text = pages.text("/traject/S001")
    assert "Competent sinds ma 1 juni 2026 (certificaat 114)" in text
    level = text.split("/niveau/")[1].split("/")[0]
    assert pages.client.post(f"{here}/niveau/{level}/weg").status_code == 303
    assert "nog geen</strong>" in pages.text("/traject/S001")


def test_drawings_and_dossier_are_given(pages: Pages) -> None:
    early = pages.client.get(f"{pages.here}/traject/S001/dossier.xlsx")
    assert (early.status_code, "<h1>" in early.text) == (409, True)
    assert kept(pages, "directie", 2) == 303
    pages.client.post(f"{pages.here}/traject/S001/baseline/indienen", data={"wie": "", "eenmaal": ""})
    for path, kind in (
        ("/traject/vooruitgang.svg", "image/svg+xml"),
        ("/traject/S001/vooruitgang.svg", "image/svg+xml"),
        ("/traject/S001/dossier.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ):
        answer = pages.client.get(pages.here + path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind), path


def test_dossier_can_be_read_and_printed(pages: Pages) -> None:
    assert pages.client.get(f"{pages.here}/traject/S001/dossier").status_code == 409
    assert kept(pages, "directie", 2, **{"b1.1": "verslag\nhttps://voorbeeld.be/x"}) == 303
    pages.client.post(f"{pages.here}/traject/S001/baseline/indienen", data={"wie": "", "eenmaal": ""})
    text = pages.text("/traject/S001/dossier")
    assert text.count('<dt class="bij">Bewijs</dt>') == 21
    assert 'lang="en">Personalisation of learning</span>' in text
    assert ("Nog niet ingevuld: 1 lesaanpak, " in text, "Beoordeeld: 3 van de 21." in text) == (True, True)
    assert text.count('<section class="kaart bij">') == 7
    assert "<strong>2</strong> op 4: regelmatig" in text
    assert CAVEAT in text
    assert '<dd class="bij">verslag</dd>' in text
    assert '<a href="https://voorbeeld.be/x" rel="noreferrer">' in text
    levels = [one.partition("</td>")[0] for one in text.split("<td>nog niet klaar</td>")[1:]]
    assert 0 < len(levels) <= 3
    assert all("Wat ontbreekt" in one or 'class="bij"' in one for one in levels)
    assert pages.browser("viewer").get(f"{pages.here}/traject/S001/dossier").status_code == 403


def test_viewer_reads_the_year_and_changes_nothing(pages: Pages) -> None:
    viewer = pages.browser("viewer")
    text = viewer.get(f"{pages.here}/traject/S001").text
    assert "Niveau nu" in text
    assert 'name="niveau"' not in text
    assert viewer.get(f"{pages.here}/traject").status_code == 200
    for path in ("/S001/niveau", "/S001/baseline", "/S001/baseline/indienen"):
        assert viewer.post(f"{pages.here}/traject{path}").status_code == 403


def test_evidence_without_a_rating_is_asked_about_and_nothing_typed_is_lost(pages: Pages) -> None:
    data = {"wie": "directie", "versie": "nieuw", "c1.1": "2", "b1.1": "verslag", "c7.2": "", "b7.2": "foto van de hal"}
    for action in ("", "/indienen"):
        refused = pages.client.post(f"{pages.here}/traject/S001/baseline{action}", data=data)
        assert refused.status_code == 422
        assert "Niet bewaard. Kijk na: 7.2." in refused.text
        mine = refused.text.partition('id="b7.2"')[2].partition("</fieldset>")[0]
        assert "<strong>Geef 7.2 een cijfer; er staat bewijs bij.</strong>" in mine
        assert "foto van de hal</textarea>" in mine
        assert "verslag</textarea>" in refused.text
        assert 'name="c1.1" value="2" checked' in refused.text
    assert "Al ingevuld door" not in pages.text("/traject/S001/baseline")


def test_submitting_keeps_first_what_stands_on_the_page(pages: Pages) -> None:
    assert kept(pages, "directie", 1) == 303
    text = pages.text("/traject/S001/baseline?wie=directie")
    form = text[text.index('<form method="post" action="' + pages.here + "/traject") :].partition("</form>")[0]
    assert f'formaction="{pages.here}/traject/S001/baseline/indienen"' in form
    assert "/indienen" not in text.replace(form, "")
    version = form.partition('name="versie" value="&#34;')[2].partition("&")[0]
    here = f"{pages.here}/traject/S001/baseline/indienen"
    data = {"wie": "directie", "eenmaal": "", "c1.1": "4", "c1.2": "4"}
    old = pages.client.post(here, data=data | {"versie": '"verouderd"'})
    assert (old.status_code, "Wat u typte staat er nog" in old.text) == (412, True)
    assert pages.client.post(here, data=data | {"versie": f'"{version}"'}).status_code == 303
    place = f"/v1/cohorts/{pages.cohort}/schools/S001/measurements/baseline"
    (told,) = pages.client.get(place).json()["submitted"]
    assert {one["criterion"]: one["rating"] for one in told["combined"]} == {"1.1": 4, "1.2": 4}


def test_who_filled_in_nothing_is_not_counted_by_submitting(pages: Pages) -> None:
    assert kept(pages, "directie", 1) == 303
    data = {"wie": "later", "versie": "nieuw", "eenmaal": "", "c1.1": "", "b1.1": ""}
    assert pages.client.post(f"{pages.here}/traject/S001/baseline/indienen", data=data).status_code == 303
    place = f"/v1/cohorts/{pages.cohort}/schools/S001/measurements/baseline"
    assert [one["rater"] for one in pages.client.get(place).json()["submitted"][0]["sheets"]] == ["directie"]


def test_address_with_spaces_is_kept_as_evidence_in_words(pages: Pages) -> None:
    assert kept(pages, "directie", 1, **{"b7.2": "http://ongeldig adres met spaties\nhttps://voorbeeld.be/x"}) == 303
    place = f"/v1/cohorts/{pages.cohort}/schools/S001/measurements/baseline/sheets/directie"
    (told,) = (one for one in pages.client.get(place).json()["ratings"] if one["criterion"] == "7.2")
    assert (told["evidence"], told["links"]) == (["http://ongeldig adres met spaties"], ["https://voorbeeld.be/x"])


def test_fault_in_evidence_is_told_beside_its_criterion(pages: Pages) -> None:
    data = {f"c{code}": "1" for code in CODES} | {"wie": "directie", "versie": "nieuw", "b7.2": "https://" + "x" * 600}
    refused = pages.client.post(f"{pages.here}/traject/S001/baseline", data=data)
    assert refused.status_code == 422
    assert '<p class="hulp" id="f7.2"><strong>Deze tekst is te lang: hoogstens 500 tekens.' in refused.text
    assert "Kijk na: 7.2." in refused.text


def test_sheet_begins_at_once_and_says_how_far_it_is(pages: Pages) -> None:
    text = pages.text("/traject/S001/baseline")
    assert 'name="wie" required maxlength="64" value="school"' in text
    assert "<strong>0 van 21</strong>" in text
    assert text.count('type="radio"') == 21 * 6
    assert kept(pages, " An  Peeters ", 1) == 303
    text = pages.text("/traject/S001/baseline")
    assert "<h2>Ingevuld door An Peeters</h2>" in text
    assert "<strong>3 van 21</strong>" in text
    assert "bewaard als ontwerp" in text


def test_what_is_kept_by_itself_tells_no_message_and_begins_no_empty_sheet(pages: Pages) -> None:
    here = f"{pages.here}/traject/S001/baseline"
    empty = pages.client.post(here, data={"wie": "school", "versie": "nieuw", "vanzelf": "1", "b1.1": ""})
    assert (empty.status_code, "set-cookie" in empty.headers) == (303, False)
    assert "Al ingevuld door" not in pages.text("/traject/S001/baseline")
    data = {"wie": "school", "versie": "nieuw", "vanzelf": "1", "c1.1": "2", "b1.1": ""}
    answer = pages.client.post(here, data=data)
    assert (answer.status_code, "set-cookie" in answer.headers) == (303, False)
    stale = pages.client.post(here, data=data | {"c1.1": "3"})
    assert stale.status_code == 412
    assert 'name="versie" value="nieuw"' in stale.text  # so that the next sending by itself overwrites nobody either


def test_next_school_that_has_not_measured_follows_in_one_click(pages: Pages) -> None:
    here = f"{pages.here}/traject/S001/baseline"
    assert "Volgende zonder nulmeting: Atheneum 2" in pages.text("/traject/S001/baseline")
    data = {"wie": "school", "versie": "nieuw", "eenmaal": "", "c1.1": "2", "verder": "S002"}
    answer = pages.client.post(f"{here}/indienen", data=data)
    assert answer.headers["location"] == f"{pages.here}/traject/S002/baseline"
    assert "De nulmeting van Atheneum 1 is ingediend en ligt vast." in pages.text("/traject/S002/baseline")
    assert "Volgende zonder nulmeting: Atheneum 1" not in pages.text("/traject/S003/baseline")


def test_word_that_a_school_has_something_not_at_all_stays(pages: Pages) -> None:
    place = f"/v1/cohorts/{pages.cohort}/schools/S001/measurements/baseline/sheets/directie"
    told = {"ratings": [{"criterion": "1.1", "value": 0, "absent": True}]}
    made = pages.client.put(place, json=told)
    assert 'name="a1.1" value="1"' in pages.text("/traject/S001/baseline")
    assert kept(pages, "directie", 0, made.headers["etag"], **{"a1.1": "1"}) == 303
    assert [one["absent"] for one in pages.client.get(place).json()["ratings"]] == [True, False, False]


def test_rating_that_is_none_is_refused_beside_its_criterion(pages: Pages) -> None:
    data = {"wie": "directie", "versie": "nieuw", "c1.1": "veel"}
    refused = pages.client.post(f"{pages.here}/traject/S001/baseline", data=data)
    assert (refused.status_code, "Geef 1.1 een cijfer van 0 tot 4." in refused.text) == (422, True)
