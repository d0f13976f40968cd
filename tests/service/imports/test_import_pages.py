"""Can a coordinator mend what she imported: a cell, a column, and what stands there twice?"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from service.imports import store as imports
from service.imports.duplicates import with_choices
from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

SCHOOLS = """School nr;School;PC;Mail;Type school;Studierichtingen;Vrij
000201;Campus Een;3500;een@school.example;TSO;ict;vr
000202;Campus Twee;3600;twee@school.example;TSO;ict;vr
000201;Campus Eén;3500;geen adres;TSO;bouw;vr
"""
MENTORS = """Mentor nr;Voornaam;Familienaam;Mail;Firma;Sector;PC;Vrij
M1;An;Peeters;an@firma.example;Firma;ict;3500;vr
M2;Bart;Claes;bart@firma.example;Firma;ict;3500;vr
"""
MORE = {"proposal", "other_row", "table"}
TWICE = MENTORS.replace("Bart;Claes;bart@", "An;Peeters;an@")


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def handed_in(pages: Pages, schools: str = SCHOOLS, mentors: str = MENTORS) -> str:
    """Hand files in and have them read; give the address of the page."""
    files = {"scholen.csv": schools, "mentoren.csv": mentors}
    sent = [("bestanden", (name, text.encode(), "text/csv")) for name, text in files.items()]
    place = str(pages.client.post(f"{pages.here}/gegevens", files=sent).headers["location"])
    pages.work()
    return place.removeprefix(pages.here)


def mended(pages: Pages, place: str, **fields: str) -> str:
    """Send fields with the version of the page, have the files read again; give the page."""
    version = re.search(r'name="versie" value="([^"]*)"', pages.text(place))
    assert version is not None
    data = {"versie": html.unescape(version.group(1))} | fields
    assert pages.client.post(pages.here + place, data=data).status_code == 303
    pages.work()
    return pages.text(place)


def a_way(text: str, words: str) -> tuple[str, str]:
    """Give the field and the value of a choice that says this."""
    select = re.search(rf'<select name="(weg-\d+)"(?:(?!</select>).)*<option value="([^"]*)">{words}', text)
    assert select is not None, text
    return select.group(1), html.unescape(select.group(2))


def test_rows_with_one_number_are_merged_and_kept_after_all(pages: Pages) -> None:
    place = handed_in(pages)
    text = pages.text(place)
    assert "Rij 2 en rij 4 hebben hetzelfde nummer maar een andere inhoud." in text
    field, way = a_way(text, "houd rij 2, laat rij 4 weg")
    text = mended(pages, place, **{field: way})
    assert "1 verbetering toegepast." in text
    assert "2 scholen gelezen, 0 fouten" in text
    assert "Weggelaten</h2>" in text
    text = mended(pages, place, **{"houd-1": way})
    assert "hetzelfde nummer maar een andere inhoud" in text
    assert "Weggelaten</h2>" not in text


def test_number_that_stands_twice_can_be_mended_in_place(pages: Pages) -> None:
    place = handed_in(pages)
    cell = re.search(r'name="cel-(\d+)" value="([^"]*schoolnummer[^"]*)"', pages.text(place))
    assert cell is not None
    fields = {f"cel-{cell.group(1)}": html.unescape(cell.group(2)), f"tekst-{cell.group(1)}": "000203"}
    assert "3 scholen gelezen, 0 fouten" in mended(pages, place, **fields)


def test_row_that_goes_takes_its_other_mendings_along(pages: Pages) -> None:
    place = handed_in(pages)
    text = pages.text(place)
    row, field = re.search(r'name="cel-(\d+)" value="[^"]*geen adres[^"]*"', text), a_way(text, "houd rij 2")
    assert row is not None
    cell = html.unescape(row.group(0).partition('value="')[2].rstrip('"'))
    told = mended(pages, place, **{field[0]: field[1], f"cel-{row.group(1)}": cell, f"tekst-{row.group(1)}": "e@s.be"})
    assert "2 scholen gelezen, 0 fouten" in told


def test_one_person_under_two_numbers_is_asked_about_once(pages: Pages) -> None:
    text = pages.text(handed_in(pages, mentors=TWICE))
    assert "Dit e-mailadres staat ook op rij 2." in text
    assert text.count("houd rij 2, laat rij 3 weg") == 1
    assert "zie hierboven" in text


def test_own_header_is_named_beside_ours(pages: Pages) -> None:
    text = pages.text(handed_in(pages, SCHOOLS.replace("3600", "9999")))
    assert '<strong>PC</strong> <span class="klein">(postcode)</span>' in text
    assert "rij 3, Campus Twee" in text


def test_total_is_left_out_by_itself(pages: Pages) -> None:
    text = pages.text(
        handed_in(pages, SCHOOLS.replace("000201;Campus Eén;3500;geen adres;TSO;bouw;vr", "Totaal;2;;;;;"))
    )
    assert "2 scholen gelezen, 0 fouten" in text
    assert "«Totaal» telt op en is geen rij van de tabel." in text


def test_names_in_a_message_are_no_row_numbers() -> None:
    one = {"code": "looks_alike", "file": "a.csv", "sheet": None, "row": 9, "other_row": 4}
    told = with_choices([one | {"message": "«Rij 1 en rij 2» lijkt op «Zie op rij 3.» op rij 4."}])
    assert [(way["drop"], way["keep"]) for way in told[0]["choices"]] == [(9, 4), (4, 9)]


def cell(text: str, holds: str) -> tuple[str, str, str]:
    """Give the place, the hidden key and the text of a box whose key holds this."""
    box = re.search(rf'name="cel-(\w+)" value="([^"]*{holds}[^"]*)"><input name="tekst-\w+"[^>]* value="([^"]*)"', text)
    assert box is not None, text
    return box.group(1), html.unescape(box.group(2)), html.unescape(box.group(3))


def test_box_holds_the_whole_cell_once_for_all_that_is_said_of_it(pages: Pages) -> None:
    text = pages.text(handed_in(pages, SCHOOLS.replace("een@school.example;TSO", "een@school.example;TSSO / BZO")))
    place, key, proposed = cell(text, "onderwijsvormen")
    assert proposed == "TSO / BSO"
    assert len(re.findall('name="cel-[^>]*onderwijsvormen', text)) == 1
    assert "zie hierboven" in text
    assert '"proposal": "TSO / BSO"' in key
    assert place.isdecimal()


def test_proposals_count_with_their_own_button_and_typed_text_with_every_button(pages: Pages) -> None:
    place = handed_in(
        pages, SCHOOLS.replace("3500;geen adres;TSO", "9999;geen adres;TZO").replace("000201;Campus Eén", "000203;X")
    )
    text = pages.text(place)
    typed, proposed = cell(text, "postcode"), cell(text, "onderwijsvormen")
    fields = {f"cel-{typed[0]}": typed[1], f"tekst-{typed[0]}": "3500", f"cel-{proposed[0]}": proposed[1]}
    fields[f"tekst-{proposed[0]}"] = proposed[2]
    text = mended(pages, place, **fields)
    assert "1 verbetering toegepast." in text
    typed = cell(text, "onderwijsvormen")
    text = mended(pages, place, voorstellen="1", **{f"cel-{typed[0]}": typed[1], f"tekst-{typed[0]}": typed[2]})
    assert "3 scholen gelezen, 0 fouten" in text


def test_totals_row_is_left_out_and_kept_after_all(pages: Pages) -> None:
    place = handed_in(pages, SCHOOLS.replace("000201;Campus Eén;3500;geen adres;TSO;bouw;vr", "Samen;2;;;;;"))
    text = pages.text(place)
    box = re.search(r'<input type="checkbox" name="(weg-\d+)" value="([^"]*)"> <span>laat rij 4 weg', text)
    assert box is not None
    assert text.count("laat rij 4 weg") == 1
    text = mended(pages, place, **{box.group(1): html.unescape(box.group(2))})
    assert "2 scholen gelezen, 0 fouten" in text
    assert "scholen.csv, rij 4</span>" in text
    assert "0 fouten" not in mended(pages, place, **{"houd-1": html.unescape(box.group(2))})


def test_second_table_of_a_kind_is_not_read_where_she_says_so(pages: Pages) -> None:
    files = {
        "mentoren.csv": MENTORS,
        "oud 2025.csv": SCHOOLS,
        "scholen.csv": SCHOOLS.replace("000201;Campus Eén", "000203;X"),
    }
    sent = [("bestanden", (name, text.encode(), "text/csv")) for name, text in files.items()]
    place = str(pages.client.post(f"{pages.here}/gegevens", files=sent).headers["location"]).removeprefix(pages.here)
    pages.work()
    text = pages.text(place)
    choice = re.search(r'<select name="(weg-\d+)" aria-label="Welke tabel niet lezen".*?</select>', text)
    assert choice is not None
    assert re.findall("lees bestand ([^<]*) niet", choice.group(0)) == ["scholen.csv", "oud 2025.csv"]
    way = re.search(r'value="([^"]*)">lees bestand oud 2025.csv niet', choice.group(0))
    assert way is not None
    text = mended(pages, place, **{choice.group(1): html.unescape(way.group(1))})
    assert "3 scholen gelezen, 0 fouten" in text
    assert "oud 2025.csv, heel het bestand</span>" in text


def test_finding_tells_in_members_what_its_sentence_says(pages: Pages) -> None:
    place = handed_in(pages, SCHOOLS.replace("TSO;ict;vr\n000201", "TZO;ict;vr\n000201"), TWICE)
    number = place.rpartition("/")[2]
    found = pages.client.get(f"/v1/cohorts/{pages.cohort}/imports/{number}").json()["findings"]
    told = {(one["code"], one["row"]): (one["proposal"], one["other_row"]) for one in found}
    assert told["unknown_school_type", 3] == ("TSO", None)
    assert told["duplicate_id", 4] == ("", 2)
    assert told["duplicate_email", 3] == ("", 2)
    assert told["email", 4] == ("", None)


def test_import_that_was_read_before_findings_told_more_still_opens(pages: Pages, database: Database) -> None:
    place = handed_in(pages)
    number = place.rpartition("/")[2]
    with database.write() as transaction:
        row = imports.find(transaction, number)
        assert row is not None
        assert row.preview is not None
        old = [{name: one[name] for name in one if name not in MORE} for one in row.preview["findings"]]
        assert imports.change(transaction, row, preview=dict(row.preview) | {"findings": old})
    assert "Rij 2 en rij 4 hebben hetzelfde nummer maar een andere inhoud." in pages.text(place)
    found = pages.client.get(f"/v1/cohorts/{pages.cohort}/imports/{number}").json()["findings"]
    assert all(not MORE & one.keys() for one in found)


def test_imports_taken_over_and_waiting_are_listed(pages: Pages) -> None:
    good = SCHOOLS.replace("000201;Campus Eén", "000203;Campus Drie").replace("geen adres", "drie@school.example")
    waiting = handed_in(pages, good)
    taken: list[str] = []
    for _ in range(5):
        taken.append(place := handed_in(pages, good))
        address = f"/v1/cohorts/{pages.cohort}/imports/{place.rpartition('/')[2]}"
        tag = str(pages.client.get(address).headers["etag"])
        told = pages.client.post(f"{address}/commit", headers={"If-Match": tag})
        assert told.status_code == 200, told.text
    text = pages.text("/gegevens")
    shown, _, older = text.partition("Nog 2 keer eerder overgenomen")
    assert all(f'{pages.here}{one}"' in shown for one in (waiting, *taken[2:]))
    assert all(f'{pages.here}{one}"' not in shown and f'{pages.here}{one}"' in older for one in taken[:2])
