"""Is step 1 of an import its columns, asked once, kept for the next file, and given out as `lezen.toml`?"""

from __future__ import annotations

import html
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

import matcher
from service.imports.column_names import heading
from tests import kept_lists
from tests.service.imports.test_import_pages import MENTORS, SCHOOLS, handed_in, mended
from tests.service.planned import Pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from service.database.engine import Database
    from service.worker.child import Children

GOOD = SCHOOLS.replace("000201;Campus Eén", "000203;Campus Drie").replace("geen adres", "drie@school.example")
LONG = "Welke richtingen biedt uw school aan, dit schooljaar en ook het volgende, met de namen van de richtingen zelf"
ASKED = GOOD.replace("PC", "Plek").replace("Mail", "Kleur").replace("Studierichtingen", LONG)


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def selects(text: str) -> dict[str, str]:
    """Give the choice of each column that the page shows, by the name of its field."""
    found = re.findall(r'<select name="(kop[^"]*)"[^>]*>(.*?)</select>', text, re.DOTALL)
    chosen = {name: re.search(r'<option value="([^"]*)" selected>', options) for name, options in found}
    return {html.unescape(name): one.group(1) if one else "" for name, one in chosen.items()}


def toml_of(pages: Pages) -> str:
    """Give the file as it can be downloaded."""
    answer = pages.client.get(f"{pages.here}/gegevens/lezen.toml")
    assert answer.headers["content-disposition"] == 'attachment; filename="lezen.toml"'
    return str(answer.text)


def test_columns_come_first_each_with_cells_and_a_proposal(pages: Pages) -> None:
    text = pages.text(handed_in(pages, ASKED))
    assert 'aria-current="step">Stap 1: de kolommen (2 vragen)</a>' in text
    assert 'id="na-te-kijken"' not in text
    assert "<code>3500</code><br><code>3600</code>" in text
    assert '<option value="aantal_mentoren">aantal mentoren</option>' in text
    assert selects(text) == {
        "kop|Scholen|schoolnummer|School nr": "schoolnummer",
        "kop|Scholen|naam|School": "naam",
        "kop|Scholen|?|Plek": "postcode",
        "kop|Scholen|?|Kleur": "",
        "kop|Scholen|onderwijsvormen|Type school": "onderwijsvormen",
        f"kop|Scholen|?|{LONG}": "richtingen",
        "kop|Scholen|beschikbaarheid|Vrij": "beschikbaarheid",
        **{name: one for name, one in selects(text).items() if name.startswith("kop|Mentoren|")},
    }


def test_what_was_chosen_leads_to_the_cells_and_is_kept_for_the_next_file(pages: Pages, tmp_path: Path) -> None:
    place = handed_in(pages, ASKED.replace("3600", "9999"))
    text = mended(pages, place, **selects(pages.text(place)) | {"kop|Scholen|?|Plek": "postcode"})
    assert "Stap 2: de cellen</a>" in text
    assert "Dit is geen Belgische postcode." in text.partition('id="na-te-kijken"')[2]
    again = pages.text(handed_in(pages, ASKED))
    assert "3 scholen gelezen, 0 fouten" in again
    assert 'aria-current="step">Stap 2: de cellen</a>' in again
    told = {"Plek": "postcode", "Kleur": "", LONG: "richtingen"}
    assert tomllib.loads(toml_of(pages))["kolommen"] == {"Scholen": told}
    for name, content in {"scholen.csv": ASKED, "mentoren.csv": MENTORS, "lezen.toml": toml_of(pages)}.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    cohort = matcher.read_cohort(tmp_path)
    assert (cohort.given is not None, cohort.counts.schools, cohort.counts.warnings) == (True, 3, 0)


def test_thrown_away_import_leaves_what_was_said_of_columns(pages: Pages) -> None:
    place = handed_in(pages, ASKED)
    text = mended(pages, place, **selects(pages.text(place)))
    version = html.unescape(re.search(r'name="versie" value="([^"]*)"', text)[1])  # type: ignore[index]
    assert pages.client.post(f"{pages.here}{place}/weg", data={"versie": version}).status_code == 303
    assert "3 scholen gelezen, 0 fouten" in pages.text(handed_in(pages, ASKED))


def test_file_of_ours_that_comes_along_is_followed_and_kept(pages: Pages) -> None:
    ours = f'[kolommen.Scholen]\nPlek = "postcode"\nKleur = ""\n"{LONG}" = "richtingen"\n'
    ours += '[waarden.Mentoren.postcode]\n"hier" = "3500"\n'
    files = {"scholen.csv": ASKED, "mentoren.csv": MENTORS.replace("3500", "hier"), "lezen.toml": ours}
    sent = [("bestanden", (name, text.encode(), "text/csv")) for name, text in files.items()]
    place = str(pages.client.post(f"{pages.here}/gegevens", files=sent).headers["location"])
    pages.work()
    assert "2 mentoren, 0 afspraken en 3 scholen gelezen, 0 fouten" in pages.text(place.removeprefix(pages.here))
    again = pages.text(handed_in(pages, ASKED, MENTORS.replace("3500", "hier")))
    assert "3 scholen gelezen, 0 fouten" in again
    assert tomllib.loads(toml_of(pages)) == tomllib.loads(ours)


def test_column_that_is_missing_points_at_the_choice(pages: Pages) -> None:
    text = pages.text(handed_in(pages, GOOD, MENTORS.replace("Firma;Sector", "Waar;Sector")))
    assert "De kolom bedrijf ontbreekt." in text
    assert "Staat dit in een kolom hieronder, kies het daar" in text
    assert "in2stem template" not in text


def test_column_that_was_left_out_can_be_read_after_all(pages: Pages) -> None:
    place = handed_in(pages, ASKED)
    mended(pages, place, **selects(pages.text(place)) | {"kop|Scholen|?|Kleur": ""})
    text = pages.text(f"{place}?stap=kolommen")
    assert selects(text)["kop|Scholen||Kleur"] == ""
    text = mended(pages, place, **{"kop|Scholen||Kleur": "e-mail"})
    assert tomllib.loads(toml_of(pages))["kolommen"]["Scholen"]["Kleur"] == "e-mail"


def test_step_without_a_change_goes_on_to_the_cells(pages: Pages) -> None:
    place = handed_in(pages, GOOD)
    text = pages.text(f"{place}?stap=kolommen")
    version = html.unescape(re.search(r'name="versie" value="([^"]*)"', text)[1])  # type: ignore[index]
    fields = selects(text) | {"versie": version, "stap": "kolommen"}
    answer = pages.client.post(pages.here + place, data=fields)
    assert answer.headers["location"] == f"{pages.here}{place}?stap=cellen"


def test_proposed_column_is_chosen_already(pages: Pages) -> None:
    text = pages.text(handed_in(pages, GOOD, MENTORS.replace("Sector;PC", "Sector;Postkode")))
    assert selects(text)["kop|Mentoren|?|Postkode"] == "postcode"


def test_column_without_a_title_is_named_by_its_letters_and_can_be_chosen(pages: Pages) -> None:
    place = handed_in(pages, GOOD, mentors=MENTORS.replace("Sector;PC", "Sector;"))
    text = pages.text(place)
    field = re.search(r'<select name="tekst-(\w+)" aria-label="Wat staat er in kolom G\?"', text)
    assert field is not None
    key = re.search(rf'name="cel-{field.group(1)}" value="([^"]*)"', text)
    assert key is not None
    told = {f"cel-{field.group(1)}": html.unescape(key.group(1)), f"tekst-{field.group(1)}": "postcode"}
    assert "2 mentoren" in mended(pages, place, **told)


def test_columns_of_days_are_told_as_read_together(pages: Pages) -> None:
    days = GOOD.replace(";Vrij", ";ma;di;wo").replace(";vr\n", ";x;vm;\n")
    text = pages.text(f"{handed_in(pages, days)}?stap=kolommen")
    assert text.count("samen met de andere dagen") == 3
    assert selects(text)["kop|Scholen|beschikbaarheid|di"] == "beschikbaarheid"


def test_same_text_is_asked_once_and_its_answer_holds_for_every_row_and_file(pages: Pages) -> None:
    odd = GOOD.replace("TSO", "vakschool")
    place = handed_in(pages, odd)
    text = pages.text(place)
    assert "3 rijen</summary>" in text
    assert "rij 2, Campus Een<br>" in text
    boxes = re.findall(r'name="cel-(\w+)" value="([^"]*vakschool[^"]*)"', text)
    assert len(boxes) == 1
    field = {f"cel-{boxes[0][0]}": html.unescape(boxes[0][1]), f"tekst-{boxes[0][0]}": "TSO"}
    assert "3 scholen gelezen, 0 fouten" in mended(pages, place, **field)
    assert "3 scholen gelezen, 0 fouten" in pages.text(handed_in(pages, odd))
    assert tomllib.loads(toml_of(pages))["waarden"]["Scholen"]["onderwijsvormen"] == {"vakschool": "TSO"}


def test_rows_with_the_same_text_are_left_out_together(pages: Pages) -> None:
    place = handed_in(pages, GOOD.replace("3500", "9999"))
    text = pages.text(place)
    box = re.search(r'name="(weg-\d+)"\s+value="([^"]*)"> <span>laat deze 2 rijen weg', text)
    assert box is not None
    assert "1 school gelezen, 0 fouten" in mended(pages, place, **{box.group(1): html.unescape(box.group(2))})


def test_answer_is_taken_back_with_null(pages: Pages) -> None:
    place = handed_in(pages, GOOD.replace("3600", "9999"))
    address = f"/v1/cohorts/{pages.cohort}/imports/{place.rpartition('/')[2]}"
    one = {"table": "Scholen", "column": "postcode", "text": "9999"}
    for value, errors in (("3600", 0), (None, 1)):
        tag = {"If-Match": pages.client.get(address).headers["etag"]}
        body = {"answers": [one | {"value": value}]}
        assert pages.client.patch(address, json=body, headers=tag).status_code == 202
        pages.work()
        assert pages.client.get(address).json()["counts"]["errors"] == errors


@pytest.mark.parametrize("source", [kept_lists.workbook, kept_lists.open_workbook, kept_lists.crm, kept_lists.form])
def test_list_as_people_keep_it_comes_in_by_one_choice_of_columns_and_one_pass_of_answers(
    pages: Pages, source: Callable[[], dict[str, bytes]]
) -> None:
    sent = [("bestanden", (name, content, "text/csv")) for name, content in source().items()]
    place = str(pages.client.post(f"{pages.here}/gegevens", files=sent).headers["location"]).removeprefix(pages.here)
    pages.work()
    text = pages.text(place)
    text = mended(pages, place, **selects(text)) if 'id="kolommen-kiezen"' in text else text
    boxes = re.findall(r'name="(cel-\d+)" value="([^"]*)"><input name="(tekst-\d+)"[^>]* value="([^"]*)"', text)
    fields = {
        name: html.unescape(value) for cell, key, box, told in boxes for name, value in ((cell, key), (box, told))
    }
    fields = {name: kept_lists.ANSWERS.get(value, value) for name, value in fields.items()}
    text = mended(pages, place, voorstellen="1", **fields) if fields else text
    assert "10 mentoren, 0 afspraken en 10 scholen gelezen, 0 fouten" in text


def test_who_is_erased_takes_kept_answers_along_and_headers_stay(pages: Pages) -> None:
    ours = '[kolommen.Scholen]\nPlek = "postcode"\n[waarden.Mentoren.naam]\n"Kris K." = "Kris Kras"\n'
    files = {"scholen.csv": GOOD.replace("PC", "Plek"), "mentoren.csv": MENTORS, "lezen.toml": ours}
    pages.client.post(f"{pages.here}/gegevens", files=[("bestanden", (n, t.encode())) for n, t in files.items()])
    pages.work()
    assert "Kris Kras" in toml_of(pages)
    members = pages.client.get(f"/v1/cohorts/{pages.cohort}/schools").json()["items"]
    assert pages.client.post(f"/v1/cohorts/{pages.cohort}/schools/{members[0]['id']}/erase").status_code == 200
    assert tomllib.loads(toml_of(pages)) == {"kolommen": {"Scholen": {"Plek": "postcode"}}}


def test_columns_are_read_in_words_and_sent_by_their_name(pages: Pages) -> None:
    assert [heading(one) for one in ("max_scholen_bedrijf", "e-mail", "1.1", "Mijn_kop")] == [
        "max scholen bedrijf",
        "e-mail",
        "1.1 Leren op maat",
        "Mijn_kop",
    ]
    text = pages.text("/gegevens")
    assert "<strong>aantal mentoren</strong>" in text
    assert "aantal_mentoren" not in text
