"""Do plans, records and years that were written before open, and say the same when asked the same?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.command import pairs_in, run
from tests.stored.stored import LATER, document, in_words_of_now, unnamed, unpacked

if TYPE_CHECKING:
    from pathlib import Path

TOLD: list[dict[str, Any]] = document("files/told.json")
PLAN_KEY = "2d8c90695fcfdd48b5b7a94a917df7d852b774257c16f14212b71def92464775"
OLDER = (
    "Nagerekend: koppels, redenen, punten, reistijden en doelen kloppen. Dat er geen beter plan is, rekent "
    "«certificate» voor.\nDit plan is van een oudere versie: de redenen bij open plaatsen zijn niet nagerekend.\n"
)
VONKENREGEN = "Techniekschool De Vonkenregen"
KARIM = "Belhadrouf 82 minuten wil rijden in plaats van 60 en ook in Limburg wil werken"
GENK = "elektromechanica en installatie, mechanica en lassen"
NEW = "zoek één mentor uit"
SHORTAGE = {
    "schools": ["000108", "000110"],
    "mentors": ["M014", "M015"],
    "asked": 3,
    "filled": 2,
    "sentence": "2 scholen in Limburg (Techniekschool De Vonkenregen, Vakschool Het Draaipunt) vragen samen 3 mentoren "
    "en delen 2 plaatsen (Els Kwartsteen, Deniz Şafakoğlu).",
    "remedies": [
        {"words": words, "places": 1, "effort": effort}
        for effort, words in (
            (40, "als Els Kwartsteen 2 scholen begeleidt in plaats van 1"),
            (50, "als Greet Houtmortel dit jaar toch 1 school begeleidt"),
            (
                52,
                f"{VONKENREGEN}: als Karim {KARIM}",
            ),
            (60, f"{NEW} bouw rond Tongeren-Borgloon (past bij bouw, hout en textiel)"),
            (60, f"{NEW} energie, water en afval rond Genk (past bij {GENK})"),
        )
    ],
}
"""A shortage as it is told now: drives of more than half as long again as the limit come after all others."""

ILSE = "Ilse Regenwaeter 57 minuten wil rijden in plaats van 40 en ook in Limburg wil werken"
BESIDE = {
    "schools": ["000107"],
    "mentors": ["M014", "M015"],
    "asked": 1,
    "filled": 0,
    "sentence": "College Kwartsheuvel in Limburg vraagt één mentor; er is geen plaats bij wie kan (Els Kwartsteen, "
    "Deniz Şafakoğlu). Wie bij een tekort hierboven nodig is, telt hier niet mee.",
    "remedies": [
        {"words": words, "places": 1, "effort": effort}
        for effort, words in (
            (16, "College Kwartsheuvel: als An Grutterinck 56 minuten wil rijden in plaats van 40"),
            (40, "als Deniz Şafakoğlu 2 scholen begeleidt in plaats van 1"),
            (40, "als Els Kwartsteen 2 scholen begeleidt in plaats van 1"),
            (47, f"College Kwartsheuvel: als {ILSE}"),
            (60, f"{NEW} ingenieurs en onderzoek rond Hasselt (past bij wetenschappen, bio-chemie)"),
        )
    ],
}
"""The second place that stays open, of which nothing was told."""

OTHERWISE = {
    "shortage cohorte --json": [SHORTAGE, BESIDE],
    "verify plan/plan.json --cohort cohorte": OLDER,
    "verify herstel/plan.json --cohort cohorte --previous plan/plan.json": OLDER,
    "price plan/plan.json --lock 000110:M001": (
        "Zoë Wimpelaar bij Vakschool Het Draaipunt vastleggen: dat gaat niet samen.\n"
        "    Zoë Wimpelaar bij Vakschool Het Draaipunt is vastgelegd, maar dat kan niet. Zoë Wimpelaar werkt niet in "
        "Limburg, wel in Antwerpen. 140 minuten rijden, meer dan de grens van 40. Zoë Wimpelaar wil ASO of TSO; de "
        "school is BSO.\n"
    ),
}
"""What is said otherwise now, by command: what of an older plan is not worked out; a conflict is a sentence of its
own, for sentences are not cut."""

ALSO = {
    "check cohorte": (
        "ter info beleid.toml, kolom reistijd.omwegfactor: Met omwegfactor en snelheid_km_u rekent dit beleid nog met "
        "de oudere schatting van de reistijd. Laat beide weg voor de schatting over de echte wegen.\n"
    ),
}
"""What is said more on standard error, by command: the stored policy asks for the older estimate of travel."""

IN_ITS_PLACE = {
    "ter info mentoren.csv, rij 17, kolom max_scholen («0»)": (
        "ter info scholen.csv, rij 14, kolom richtingen, Campus Schroefdraad («logistiek en transport; ICT»): "
        "«logistiek en transport» staat niet in de lijst van richtingen van nu; wij lezen het als logistiek (LO). "
        "Niets te doen, of schrijf de naam van nu.\n"
        "ter info mentoren.csv, rij 17, kolom max_scholen, Greet Houtmortel (Houtmortel & Dochters) («0»)"
    ),
}
"""What standard error says otherwise: a direction that is not in today's list is told, and who a row is."""

PLAINER = {
    "verify jaar/sessies.json": {
        "keren dat een gastheer opnieuw ontvangt ": "hoe vaak een gastheer nog eens ontvangt ",
        "scholen in een sessie met een thema dat hen past    ": "scholen in een sessie met een thema dat bij hen past",
    },
}
"""What standard output calls otherwise, by command: two goals of a year have plainer names, and count the same."""

TRUER = ("/open_places/0/reason", "/open_places/1/reason", "/inputs_hash")
"""What a plan that is made anew says otherwise: an open place is told with what keeps each other mentor away; the hash
is of a policy that knows the goals that came since."""

LAST_WORDS = "Nagerekend: 9 sessies, alles klopt.\n"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the stored files, in a folder where the commands are typed."""
    place = unpacked(tmp_path)
    monkeypatch.chdir(place)
    return place


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told["command"][:60])
@pytest.mark.usefixtures("files")
def test_command_says_of_stored_files_what_it_said_before(told: dict[str, Any]) -> None:
    done = run(*told["command"].split())
    out = done.out if isinstance(told["out"], str) else done.answer
    expected = OTHERWISE.get(told["command"], told["out"])
    for before, after in PLAINER.get(told["command"], {}).items():
        assert before in expected
        expected = expected.replace(before, after)
    err = ALSO.get(told["command"], "") + told["err"]
    for before, after in IN_ITS_PLACE.items():
        err = err.replace(before, after)
    assert (done.code, unnamed(*map(in_words_of_now, (expected, out))), done.err) == (told["code"], [], err)


def test_told_commands_ask_of_every_kind_of_file() -> None:
    asked = {name for told in TOLD for name in told["command"].split() if "/" in name}
    assert asked == {
        "plan/plan.json",
        "plan/dossier.json",
        "herstel/plan.json",
        "jaar/sessies.json",
        "award/award-dossier.json",
    }


@pytest.mark.parametrize(("before", "after"), [(b"Tandraderij", b"Tandraderik"), (b'"value":18672', b'"value":18673')])
def test_stored_record_verifies_until_it_changes(files: Path, before: bytes, after: bytes) -> None:
    record = files / "plan" / "dossier.json"
    assert run("verify", record, "--public-key", PLAN_KEY).code == 0
    content = record.read_bytes()
    record.write_bytes(content.replace(before, after, 1))
    assert record.read_bytes() != content
    changed = run("verify", record)
    assert (changed.code, "handtekening klopt niet" in changed.out) == (1, True)


def test_stored_award_is_not_verified_once_a_score_changes(files: Path) -> None:
    record = files / "award" / "award-dossier.json"
    record.write_bytes(record.read_bytes().replace(b'"value":9', b'"value":8', 1))
    assert run("verify", record).code == 1


def test_stored_cohort_gives_the_stored_plan_again(files: Path, tmp_path: Path) -> None:
    assert run("round", "cohorte", "--out", tmp_path / "plan").code == 0
    again, stored = (json.loads((one / "plan" / "plan.json").read_text("utf-8")) for one in (tmp_path, files))
    for one in (again, stored):  # with what it was computed is this machine's
        assert one.pop("versions").keys() >= {"python", "numpy"}
    assert [one for one in unnamed(in_words_of_now(stored), again) if one[0] not in TRUER] == []
    assert len(pairs_in(tmp_path / "plan")) == 21


def test_stored_plan_verifies_where_the_policy_asks_for_no_formula_of_travel(files: Path) -> None:
    policy = files / "cohorte" / "beleid.toml"
    kept = [line for line in policy.read_text("utf-8").splitlines() if not line.startswith(("omwegfactor", "snelheid"))]
    policy.write_text("\n".join(kept), encoding="utf-8")
    done = run("verify", "plan/plan.json", "--cohort", "cohorte")
    assert (done.code, done.out.startswith("Nagerekend")) == (0, True)


def test_stored_plan_is_repaired_as_before(files: Path, tmp_path: Path) -> None:
    done = run("rerun", "plan/plan.json", "--cohort", "cohorte", "--withdrawn", "M028", "--out", tmp_path / "plan")
    assert done.code == 0
    assert pairs_in(tmp_path / "plan") == pairs_in(files / "herstel")


def test_stored_year_is_planned_again_without_a_change(files: Path, tmp_path: Path) -> None:
    words = ("sessions", "cohorte", "--plan", "plan/plan.json", "--previous", "jaar/sessies.json", "--seconds", "2")
    assert run(*words, "--today", "2026-09-01", "--out", tmp_path / "jaar").code == 0
    again, stored = (json.loads((one / "jaar" / "sessies.json").read_text("utf-8")) for one in (tmp_path, files))
    told = [{name: one[name] for name in one if name not in LATER} for one in again["sessions"]]
    assert told == stored["sessions"]
    assert run("verify", tmp_path / "jaar" / "sessies.json").out.endswith(LAST_WORDS)


def test_stored_year_is_not_verified_once_a_session_moves(files: Path) -> None:
    year = files / "jaar" / "sessies.json"
    moved = json.loads(year.read_text("utf-8"))
    moved["sessions"][0]["schools"][0] = moved["sessions"][-1]["schools"][0]
    year.write_text(json.dumps(moved), encoding="utf-8")
    assert run("verify", year).code == 1
