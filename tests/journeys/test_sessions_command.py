"""Does `in2stem sessions` plan, repair and refuse the sample cohort's year as a coordinator expects?"""

from __future__ import annotations

import json
import re
import shutil
import signal
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

import matcher
from tests.eager_child import BRIEF
from tests.journeys.command import SAMPLE, beside, run
from tests.output.calendar_store import Store, read_events

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("seconds_of_a_processor")

BRIEFLY = pytest.mark.usefixtures("searched_briefly")
QUICK = ("--school-year", "2026", "--today", "2026-11-27", "--rounds", "2", "--group-size", "4", "--seconds", "4")


@pytest.fixture(scope="module")
def season(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plan two rounds once; nobody may change the folder."""
    folder = tmp_path_factory.mktemp("sessies")
    assert run("sessions", SAMPLE, "--plan", published / "plan.json", "--out", folder, *QUICK).code == 0
    return folder


def year_in(folder: Path) -> dict[str, object]:
    return json.loads((folder / "sessies.json").read_text(encoding="utf-8"))


def goals_in(folder: Path) -> dict[str, tuple[int, bool]]:
    return {one["name"]: (one["value"], one["proven"]) for one in year_in(folder)["goals"]}  # type: ignore[attr-defined]


def test_sessions_places_every_school_without_a_repeat(season: Path) -> None:
    sessions = year_in(season)["sessions"]
    assert sorted(len(one["schools"]) for one in sessions) == [4] * 10  # type: ignore[attr-defined]
    assert goals_in(season)["left_out"] == (0, True)
    assert goals_in(season)["repeats"] == (0, True)
    written = {path.name for path in season.iterdir()}
    assert written == {"sessies.json", "seizoen.json", "sessies.xlsx", "jaar.svg", "ontmoetingen.svg", "kalenders"}
    assert (season / "kalenders" / "alle.ics").read_bytes().count(b"BEGIN:VEVENT") == 10


@BRIEFLY
def test_a_host_that_drops_out_changes_only_its_sessions(season: Path, published: Path, tmp_path: Path) -> None:
    sessions = year_in(season)["sessions"]
    last = sessions[-1]  # type: ignore[index]
    assert date.fromisoformat(last["day"]).year == 2027
    arguments = ("--previous", season / "sessies.json", "--host-out", last["host"])
    answer = run("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path, *QUICK, *arguments)
    assert answer.code == 0
    lost = [one for one in sessions if one["host"] == last["host"]]  # type: ignore[union-attr]
    assert goals_in(tmp_path)["changed_sessions"] == (len(lost), True)
    assert goals_in(tmp_path)["changed_invitations"] == (sum(len(one["schools"]) for one in lost), True)
    assert "gewijzigde sessies" in answer.out


def test_an_unknown_host_and_an_impossible_year_are_refused(published: Path, tmp_path: Path) -> None:
    common = ("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path)
    answer = run(*common, *QUICK, "--host-out", "niemand")
    assert (answer.code, "Geen locatie met nummer of naam «niemand»." in answer.text) == (2, True)
    answer = run(*common, *beside(QUICK, "--today", "2026-09-01", "--rounds", "6", "--group-size", "1"))
    assert answer.code == 3
    assert "sessies nodig" in answer.out
    assert (tmp_path / "sessies.json").exists()
    assert (
        run(*common, *QUICK, "--host-out", "Zaal Het Proefvatt").err.strip().endswith("Bedoelde u «Zaal Het Proefvat»?")
    )


WRONG = {
    ("--group-size", "0"): "kies een groepsgrootte van 1 tot 20, niet 0",
    ("--group-size", "21"): "kies een groepsgrootte van 1 tot 20, niet 21",
    ("--plenary", "4"): "ronde 4 is er niet; kies uit 1 tot 2",
    ("--school-year", "99999"): "kies een jaar van 2001 tot 2099, niet 99999",
    ("--today", "31/02/2027"): "«31/02/2027» is geen datum",
    ("--school-year", "2027", "--previous"): "is van een ander schooljaar dan 2027-2028",
    ("--seed", "-1"): "--seed: «-1» kan niet; kies een geheel getal van 0 tot 2147483647",
    ("--seed", "2147483648"): "--seed: «2147483648» kan niet",
    ("--seconds", "-3"): "--seconds: «-3» kan niet; geef een aantal seconden groter dan 0",
    ("--seconds", "0"): "--seconds: «0» kan niet",
    ("--seconds", "nan"): "--seconds: «nan» kan niet",
    ("--seconds", "inf"): "--seconds: «inf» kan niet",
    ("--organizer", "Jan"): "«Jan» is geen e-mailadres",
    ("--organizer", "Voka, Limburg <an@voka.example>"): 'zo: "Voka, Limburg" <an@voka.example>',
    ("--organizer", "an@voka.example, jan@voka.example"): "een komma scheidt twee afzenders",
}


@pytest.mark.parametrize("arguments", WRONG)
def test_number_or_day_that_can_not_be_is_refused(
    arguments: tuple[str, ...], season: Path, published: Path, tmp_path: Path
) -> None:
    asked = [*arguments, str(season / "sessies.json")] if arguments[-1] == "--previous" else arguments
    common = ("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path / "uit")
    told = run(*common, *beside(QUICK, *asked))
    assert (told.code, WRONG[arguments] in told.err) == (2, True), told.text
    assert not (tmp_path / "uit").exists()


@BRIEFLY
def test_host_that_received_and_drops_out_is_told_and_mailed(season: Path, published: Path, tmp_path: Path) -> None:
    """The host is named as people name it, sessions of the first round have been, and calendars follow."""
    places = {one["id"]: one["name"] for one in json.loads((season / "seizoen.json").read_text())["hosts"]}
    sessions = year_in(season)["sessions"]
    held = [one for one in sessions if one["round"] == 1]  # type: ignore[union-attr]
    hit = next(one for one in sessions if one["round"] == 2)  # type: ignore[union-attr]
    common = ("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path)
    repair = ("--previous", season / "sessies.json", "--today", "31/01/2027", "--organizer", "Jan <jan@voka.example>")
    outs = [word for one in (held[0], hit) for word in ("--host-out", places[one["host"]])]
    told = run(*common, *beside(QUICK, *repair, *outs))
    assert told.code == 0, told.text
    assert [one for one in year_in(tmp_path)["sessions"] if one["round"] == 1] == held  # type: ignore[attr-defined]
    assert goals_in(tmp_path)["changed_sessions"] == (1, True)
    assert f"Gewijzigd in ronde 2: {places[hit['host']]} op " in told.out
    assert told.out.count("Gewijzigd in ronde") == 1
    (mails,) = (tmp_path / "berichten").iterdir()
    names = sorted(one.name for one in mails.iterdir())
    assert sum("-uitnodiging-" in name for name in names) == len(hit["schools"]) + len(hit["mentors"]) == len(names)
    assert {one.uid for name in names for one in read_events((mails / name).read_bytes())} == {hit["uid"]}
    earlier = {one.name: one.read_bytes() for one in (season / "kalenders").iterdir()}
    assert set(earlier) <= {one.name for one in (tmp_path / "kalenders").iterdir()}
    for path in sorted((tmp_path / "kalenders").iterdir()):
        store, fresh = Store(), Store()
        if path.name in earlier:  # a place that receives only now had none
            store.take_in(earlier[path.name])
        store.take_in(path.read_bytes())
        fresh.take_in(path.read_bytes())
        seen = [[(one.uid, one.start, one.location) for one in person.events] for person in (store, fresh)]
        assert seen[0] == seen[1]


def test_impossible_rerun_leaves_the_published_year_alone(season: Path, published: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(season, tmp_path / "jaar")
    before = (folder / "sessies.json").read_bytes()
    common = ("sessions", SAMPLE, "--plan", published / "plan.json", "--out", folder)
    (tmp_path / "dicht.csv").write_text("schoolnummer;van;tot\n000101;1/2/2027;28/2/2027\n", encoding="utf-8")
    again = ("--previous", folder / "sessies.json", "--blackouts", tmp_path / "dicht.csv", "--today", "2026-12-01")
    told = run(*common, *beside(QUICK, *again))
    assert (told.code, "blijft staan zoals het was" in told.out) == (3, True), told.text
    assert (folder / "sessies.json").read_bytes() == before


@BRIEFLY
def test_year_planned_anew_over_another_keeps_that_one(season: Path, published: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(season, tmp_path / "jaar")
    before = (folder / "sessies.json").read_bytes()
    told = run("sessions", SAMPLE, "--plan", published / "plan.json", "--out", folder, *QUICK, "--seed", "1")
    assert (told.code, "is nu sessies.vorig.json" in told.out) == (0, True), told.text
    assert (folder / "sessies.vorig.json").read_bytes() == before


@BRIEFLY
@pytest.mark.parametrize("now", [date(2027, 1, 20), date(2027, 9, 1)], ids=["in the year", "after it"])
def test_nothing_is_planned_in_days_that_went_by(
    now: date, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.terminal.season.sessions.today", lambda: now)
    common = ("--school-year", "2026", "--rounds", "1", "--seconds", "2")
    told = run("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path, *common)
    assert told.code == 0, told.text
    days = [date.fromisoformat(one["day"]) for one in year_in(tmp_path)["sessions"]]  # type: ignore[attr-defined]
    assert (min(days) < now) is (now.year == 2027 and now.month > 8)


def test_ctrl_c_keeps_the_best_year_and_says_that_it_was_stopped(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = matcher.plan_year

    def interrupted(*given: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever plan_year takes and gives
        signal.raise_signal(signal.SIGINT)
        return search(*given, **options)

    monkeypatch.setattr(matcher, "plan_year", interrupted)
    told = run("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path, *QUICK)
    notes = "\n".join(year_in(tmp_path)["notes"])  # type: ignore[arg-type]
    words = r"Gestopt na \d+ seconden?: langer zoeken kan een beter jaar geven\."
    assert (told.code, *(bool(re.search(words, one)) for one in (told.out, notes))) == (0, True, True), told.text


@BRIEFLY
def test_two_cohorts_share_no_event(season: Path, tmp_path: Path) -> None:
    smaller = shutil.copytree(SAMPLE, tmp_path / "andere")
    rows = (SAMPLE / "scholen.csv").read_bytes().splitlines(keepends=True)
    (smaller / "scholen.csv").write_bytes(b"".join(one for one in rows if not one.startswith(b"000120")))
    rows = (SAMPLE / "blokkeringen.csv").read_bytes().splitlines(keepends=True)
    (smaller / "blokkeringen.csv").write_bytes(b"".join(one for one in rows if not one.startswith(b"000120")))
    assert run("round", smaller, "--out", tmp_path / "plan").code == 0
    common = ("--plan", tmp_path / "plan" / "plan.json", "--out", tmp_path / "uit")
    assert run("sessions", smaller, *common, *beside(QUICK, "--seconds", "2")).code == 0
    uids = [{one["uid"] for one in year_in(folder)["sessions"]} for folder in (season, tmp_path / "uit")]  # type: ignore[attr-defined]
    assert uids[0].isdisjoint(uids[1])


@BRIEFLY
def test_what_is_certain_is_told_before_the_dates_and_the_ladder_prices_repeats(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How far each rung comes is asked in tests/sessions; here a brief search gives rungs enough to tell of."""
    monkeypatch.setattr(matcher, "sessions_ladder", partial(matcher.sessions_ladder, effort=BRIEF))
    common = ("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path)
    told = run(*common, "--ladder", *beside(QUICK, "--today", "2026-12-01", "--seconds", "60")).out
    assert told.index("zeven kunnen niet") < told.index("Ronde  Datum")
    assert "; elke herhaling erbij spaart " in told
    assert "kan niet onder " in told
    assert "None" not in told


@BRIEFLY
def test_ladder_that_had_no_time_says_so(published: Path, tmp_path: Path) -> None:
    common = ("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path)
    done = run(*common, "--ladder", *beside(QUICK, "--seconds", "3"))
    assert (done.code, "Geef met --seconds meer tijd voor de hele ladder." in done.err) == (0, True)


@BRIEFLY
def test_a_school_that_leaves_moves_no_more_than_its_own_chair(tmp_path: Path) -> None:
    """Seventeen schools sit in groups of five and six; sixteen could sit in two of eight."""
    header, *rows = (SAMPLE / "scholen.csv").read_text(encoding="cp1252").splitlines()[:18]
    days = ("--school-year", "2026", "--rounds", "3", "--seconds", "8")
    before = _year_of(tmp_path / "voor", [header, *rows], *days, "--today", "2026-09-01")
    sessions: list[dict[str, Any]] = year_in(before)["sessions"]  # type: ignore[assignment]
    assert {len(one["schools"]) for one in sessions} == {5, 6}
    hosts = {one["host"] for one in sessions if one["round"] > 1}
    over = min(one["day"] for one in sessions if one["round"] == 2)
    again = (*days, "--today", over, "--previous", before / "sessies.json")
    for row in (one for one in reversed(rows) if one.split(";")[0] not in hosts):
        after = _year_of(tmp_path / row[:8].replace(";", ""), [header, *(one for one in rows if one != row)], *again)
        if hosts <= hosts_in(after):
            break  # a host that leaves, be it the company of a mentor whom the plan spares now, moves all its guests
    else:
        pytest.fail("each school that leaves takes a host along")
    later = [one for one in year_in(after)["sessions"] if one["round"] > 1]  # type: ignore[attr-defined]
    assert {len(one["schools"]) for one in later} <= {4, 5, 6}
    assert goals_in(after)["changed_sessions"] == (2, True)
    assert goals_in(after)["changed_invitations"] == (0, True)


def hosts_in(folder: Path) -> set[str]:
    return {one["id"] for one in json.loads((folder / "seizoen.json").read_text(encoding="utf-8"))["hosts"]}


def _year_of(folder: Path, schools: list[str], *words: str | Path) -> Path:
    """Match these rows of schools with the sample's mentors and plan their year in the same folder."""
    besides = ("afspraken.csv", "seizoen.toml", "blokkeringen.csv")
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(*besides))
    (folder / "scholen.csv").write_text("\n".join(schools) + "\n", encoding="utf-8")
    assert run("round", folder, "--out", folder / "plan").code == 0
    year = run("sessions", folder, "--plan", folder / "plan" / "plan.json", "--out", folder, *words)
    assert year.code == 0, year.err
    return folder
