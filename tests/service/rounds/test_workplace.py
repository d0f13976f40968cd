"""Is the plan a place to work in: narrowed by its address, compared with the price first, undone deed by deed?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from service.rounds.plan.choices import Choices, choices_of
from service.rounds.plan.filters import SHEET, sheet_of
from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

MENTORS = {"M0001": "Jan Wouters", "M0002": "An Peeters", "M0003": "Bart Claes", "M0004": "Els Maes"}


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Have a round solved and studied."""
    found = Pages(database, children)
    found.solved()
    return found


def rows(text: str) -> list[str]:
    """Give the schools of the rows that are shown, a school as often as it has rows."""
    return re.findall(r'<tr data-rij id="koppel-[^"]+" data-school="([^"]+)"', text)


def locks(pages: Pages) -> set[tuple[str, str, str]]:
    """Give the agreements."""
    found = pages.client.get(f"/v1/cohorts/{pages.cohort}/locks").json()["items"]
    return {(one["school"], one["mentor"], one["kind"]) for one in found}


def listed(text: str) -> list[str]:
    """Give the deeds of the page that can be taken back, the newest first."""
    return re.findall(r'name="daad" value="([^"]+)"', text.partition('id="daden"')[2])


def pairs(pages: Pages) -> list[tuple[str, str]]:
    """Give the pairs of the plan."""
    return [(str(one["school"]), str(one["mentor"])) for one in pages.pairs()]


def test_each_choice_in_the_address_narrows_the_list(pages: Pages) -> None:
    everything = rows(pages.text("/plan"))
    assert len(everything) == len(pairs(pages)) == 4
    assert rows(pages.text("/plan?toon=open")) == []
    assert rows(pages.text("/plan?toon=vast")) == []
    assert rows(pages.text("/plan?toon=los")) == everything
    assert rows(pages.text("/plan?toon=onbevestigd")) == everything
    assert rows(pages.text("/plan?toon=kwetsbaar")) == everything  # every mentor is needed
    points = {str(one["school"]): int(str(one["points"])) for one in pages.pairs()}
    least = min(points.values())
    assert set(rows(pages.text(f"/plan?onder={least + 1}"))) == {key for key, one in points.items() if one == least}
    assert rows(pages.text(f"/plan?onder={least}")) == []
    assert rows(pages.text("/plan?provincie=Limburg&zoek=atheneum")) == rows(pages.text("/plan?provincie=Limburg"))
    assert rows(pages.text("/plan?soort=KSO")) == []
    assert rows(pages.text("/plan?toon=niets")) == everything  # a word that is none of ours narrows nothing
    told = pages.text("/plan?onder=veel")
    assert "«veel» is geen aantal punten. Vul een geheel getal van 0 tot 1.000 in." in told


def test_a_school_with_two_places_is_one_block(pages: Pages) -> None:
    text = pages.text("/plan")
    twice = next(school for school in rows(text) if rows(text).count(school) == 2)
    assert text.count('class="vervolg"') == 1
    assert "2 plaatsen, 2 ingevuld" in text
    first = text.index(f'data-school="{twice}"')
    assert text.index('class="vervolg"') > first


def test_choices_come_back_from_their_own_address() -> None:
    chosen = Choices(zoek="An & Co", toon=("open", "vast"), onder="700", volgorde="-punten", ronde="rnd_1")
    assert choices_of(chosen.tail()) == chosen
    assert chosen.tail(blad="2").endswith("blad=2")
    assert chosen.whole() == Choices(ronde="rnd_1", volgorde="-punten")
    assert not chosen.whole().narrows


def test_a_long_list_stands_on_sheets_and_a_school_is_not_cut() -> None:
    rows = [{"school": f"S{place // 3:03d}", "place": place} for place in range(2 * SHEET + 30)]
    first, second = sheet_of(rows, 1), sheet_of(rows, 2)
    assert (first.number, first.of) == (1, 3)
    assert len(first.rows) <= SHEET
    assert {one["school"] for one in first.rows}.isdisjoint(one["school"] for one in second.rows)
    assert sheet_of(rows, 99).number == 3
    assert [one["place"] for number in (1, 2, 3) for one in sheet_of(rows, number).rows] == list(range(len(rows)))
    assert sheet_of([], 1) == ([], 1, 1)


def test_a_whole_list_is_locked_and_taken_back_as_one_deed(pages: Pages) -> None:
    every = set(pairs(pages))
    told = pages.client.post(f"{pages.here}/plan/alles-vast?zoek=atheneum+3", data={"vanaf": "", "eenmaal": ""})
    assert told.status_code == 303
    high = {pair for pair in every if pair[0] == "S003"}
    assert len(high) == 2
    assert locks(pages) == {(*pair, "required") for pair in high}
    text = pages.text("/recent")
    assert f"{len(high)} afspraken samen" in text
    pages.client.post(f"{pages.here}/plan/alles-vast", data={"vanaf": "", "eenmaal": ""})
    assert len(locks(pages)) == len(every)
    deeds = listed(pages.text("/recent"))
    assert len(deeds) == 2
    assert pages.client.post(f"{pages.here}/recent/terug", data={"daad": deeds[1]}).status_code == 303
    assert locks(pages) == {(*pair, "required") for pair in every - high}
    text = pages.text("/recent")
    assert f"Teruggenomen: {len(high)} afspraken geschrapt." in text
    assert "intussen anders" in text
    again = listed(text)[0]  # taking back is a deed too
    pages.client.post(f"{pages.here}/recent/terug", data={"daad": again})
    assert len(locks(pages)) == len(every)
    pages.client.post(f"{pages.here}/recent/terug", data={"daad": "req_nooit"})
    assert "Daar is niets meer van over" in pages.text("/recent")


def test_nothing_to_lock_and_a_number_that_is_none_are_said(pages: Pages) -> None:
    refused = pages.client.post(f"{pages.here}/plan/alles-vast?zoek=e", data={"vanaf": "1001", "eenmaal": ""})
    assert refused.status_code == 422
    assert "Vul bij «vanaf» een aantal punten van 0 tot 1.000 in." in refused.text
    pages.client.post(f"{pages.here}/plan/alles-vast", data={"vanaf": "900", "eenmaal": ""})
    high = [one for one in pages.pairs() if int(str(one["points"])) >= 900]
    assert len(locks(pages)) == len(high)
    pages.client.post(f"{pages.here}/plan/alles-vast?zoek=niemand", data={"vanaf": "", "eenmaal": ""})
    assert "Er was niets vast te zetten" in pages.text("/plan")
    assert len(locks(pages)) == len(high)


def test_moving_a_mentor_tells_the_price_and_keeps_nothing_yet(pages: Pages) -> None:
    at = {mentor: school for school, mentor in pairs(pages)}
    mentor, school = next((one, at[other]) for one in at for other in at if at[one] != at[other])
    path = f"/verzet?mentor={mentor}&naar={school}"
    pages.text(path)
    pages.work()
    text = pages.text(path)
    assert "Dat kost " in text or "verandert" in text
    assert re.search(r"<li>Atheneum \d: [^<]+ wordt [^<]+</li>", text) is not None  # who moves
    assert locks(pages) == set()
    form = {"mentor": mentor, "soort": "required", "reden": "ouders vroegen het", "terug": "plan", "eenmaal": ""}
    told = pages.client.post(f"{pages.here}/plan/{school}/afspraak?toon=los", data=form)
    assert told.headers["location"] == f"{pages.here}/plan?toon=los"
    assert locks(pages) == {(school, mentor, "required")}
    row = pages.text("/plan")
    assert f"vanaf nu vast: {_name(row, mentor)}" in row  # the lock of another than who is there now


def _name(text: str, mentor: str) -> str:
    found = re.search(rf'data-mentor="{mentor}"[^>]*>(?:<a[^>]*>)?([^<]+?) ?<', text)
    assert found is not None
    return found[1].strip()


def test_mentors_stand_side_by_side_with_their_points(pages: Pages) -> None:
    school, mentor = pairs(pages)[0]
    text = pages.text(f"/naast/{school}")
    first = pages.pairs()[0]
    assert (first["school"], first["mentor"]) == (school, mentor)
    points = first["points"]
    assert f"<strong>{points}</strong>" in text.replace(".", "")
    assert "in dit plan" in text
    one = pages.client.get(f"/v1/cohorts/{pages.cohort}/mentors/{mentor}").json()
    used = sum(each["mentor"] == mentor for each in pages.pairs())
    assert f"grens: {one['max_minutes'] or 60} min" in text
    assert f'{used} <span class="klein">grens: {one["max_schools"]}</span>' in text
    assert len(re.findall(r'<input type="checkbox" name="mentor"', text)) == 4
    two = pages.text(f"/naast/{school}?mentor=M0001&mentor=M0002") if "M0001" in text else text
    assert two.count('aria-label="') >= 2
    assert pages.client.get(f"{pages.here}/naast/S999").status_code == 404


def test_a_note_is_kept_shown_and_not_overwritten_unseen(pages: Pages) -> None:
    school, mentor = pairs(pages)[0]
    text = pages.text(f"/plan/{school}")
    version = re.search(r'name="versie" value="([^"]+)"', text)
    assert version is not None
    tag = version[1].replace("&#34;", '"')
    data = {"mentor": mentor, "status": "agreed", "notitie": "belt in januari", "versie": tag}
    assert pages.client.post(f"{pages.here}/plan/{school}/notitie", data=data).status_code == 303
    text = pages.text("/plan?toon=notitie")
    assert rows(text) == [school]
    assert "akkoord" in text
    assert "belt in januari" in text
    stale = pages.client.post(f"{pages.here}/plan/{school}/notitie", data=data | {"notitie": "iets anders"})
    assert stale.status_code == 412
    assert "Nu staat er: «belt in januari»." in stale.text
    assert "iets anders</textarea>" in stale.text
    version = re.search(r'name="versie" value="([^"]+)"', stale.text)
    assert version is not None
    newer = data | {"notitie": "iets anders", "versie": version[1].replace("&#34;", '"')}
    assert pages.client.post(f"{pages.here}/plan/{school}/notitie", data=newer).status_code == 303
    assert "belt in januari" not in pages.text(f"/plan/{school}")
    viewer = pages.browser("viewer").get(f"{pages.here}/plan")
    assert viewer.status_code == 200
    assert "iets anders" not in viewer.text


def test_a_view_is_kept_for_oneself_or_for_everybody(pages: Pages) -> None:
    other = pages.browser("coordinator")
    for name, shared in (("Mijn open", ""), ("Van ons", "1")):
        data = {"naam": name, "iedereen": shared}
        assert pages.client.post(f"{pages.here}/weergaven?toon=los&onder=990&blad=3", data=data).status_code == 303
    mine, theirs = pages.text("/plan"), other.get(f"{pages.here}/plan").text
    assert '/plan?toon=los&amp;onder=990">Mijn open</a>' in mine
    assert "Mijn open" not in theirs
    assert "Van ons" in mine
    assert "Van ons" in theirs
    key = re.search(r'name="weergave_id" value="([^"]+)"', mine)
    assert key is not None
    assert pages.client.post(f"{pages.here}/weergaven/weg", data={"weergave_id": key[1]}).status_code == 303
    assert ">Mijn open</a>" not in pages.text("/plan")
    refused = pages.client.post(f"{pages.here}/weergaven?toon=los", data={"naam": " "})
    assert refused.status_code == 422
    assert 'class="melding fout' in refused.text


def test_the_plan_is_told_from_the_mentors_side_with_room(pages: Pages) -> None:
    text = pages.text("/plan?weergave=mentoren")
    for name in MENTORS.values():
        assert name in text
    assert "1 van " in text
    assert len(re.findall(r"<tr data-rij", text)) == 4
    few = pages.text("/plan?weergave=mentoren&zoek=wouters")
    assert len(re.findall(r"<tr data-rij", few)) == 1
    assert "Geen enkele mentor past bij wat u koos." in pages.text("/plan?weergave=mentoren&zoek=niemand")


def test_a_company_is_forbidden_at_a_school_with_the_price_first(pages: Pages) -> None:
    school, mentor = pairs(pages)[0]
    company = pages.client.get(f"/v1/cohorts/{pages.cohort}/mentors/{mentor}").json()["company"]
    path = f"{pages.here}/bedrijf"
    asked = {"bedrijf": company, "bij": school}
    assert pages.client.get(path, params=asked).status_code == 200
    pages.work()
    text = pages.client.get(path, params=asked).text
    assert locks(pages) == set()
    assert f"Ja, verbied {company} bij deze school" in text
    told = pages.client.post(path, data=asked | {"reden": "concurrent van de school", "eenmaal": ""})
    assert told.status_code == 303
    assert (school, mentor, "forbidden") in locks(pages)
    assert all(kind == "forbidden" and at == school for at, _, kind in locks(pages))
    assert pages.client.get(path, params={"bedrijf": "Bestaat niet", "bij": school}).status_code == 404


def test_a_company_is_listed_once_and_forbidden_whole_however_it_is_spelled(pages: Pages) -> None:
    base = f"/v1/cohorts/{pages.cohort}/mentors"
    first, second = pages.client.get(base).json()["items"][:2]
    for one, name in ((first, "Zaagsel"), (second, "ZAAGSEL nv")):
        tag = pages.client.get(f"{base}/{one['id']}").headers["etag"]
        body = {"company": name, "company_number": ""}
        changed = pages.client.patch(f"{base}/{one['id']}", json=body, headers={"If-Match": tag})
        assert changed.status_code == 200, changed.text
    text = pages.text("/plan")
    assert text.count('<option value="Zaagsel') + text.count('<option value="ZAAGSEL') == 1
    school = pairs(pages)[0][0]
    path = f"{pages.here}/bedrijf"
    told = pages.client.post(path, data={"bedrijf": "Zaagsel", "bij": school, "reden": "concurrent", "eenmaal": ""})
    assert told.status_code == 303
    assert {mentor for at, mentor, kind in locks(pages) if kind == "forbidden"} == {first["id"], second["id"]}


def test_the_next_step_stands_on_the_plan(pages: Pages) -> None:
    assert re.search(rf'href="{pages.here}/publiceren\?ronde=rnd_[^"]+" id="naar-publiceren"', pages.text("/plan"))
    assert "naar-publiceren" not in pages.browser("viewer").get(f"{pages.here}/plan").text
