"""Does `in2stem round` say of every broken cohort where and what to do, and write all or nothing?"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from matcher import Plan, assign, read_cohort
from tests.bad_inputs.broken import BROKEN
from tests.bad_inputs.cohorts import MENTOR, OTHER_MENTOR, OTHER_SCHOOL, SCHOOL, cohort_files, csv_table
from tests.journeys.command import WRITTEN, names_in, pairs_in, run, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.command import Run


@pytest.mark.parametrize("name", BROKEN)
def test_broken_cohort_is_told_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    case = BROKEN[name]
    cohort = write_files(tmp_path / "cohorte", case.files)
    out = tmp_path / "uit"
    found = run("round", cohort, "--out", out)
    assert (found.code, names_in(out)) == ((2, []) if case.refused else (0, WRITTEN))
    told = [one for one in run("check", cohort, "--json").answer["findings"] if one["code"] == case.code]
    assert told
    assert (told[0]["severity"] == "error") is case.refused
    assert told[0]["remedy"]
    if told[0]["severity"] != "note":
        assert case.place in found.err
        assert told[0]["message"] in found.err
        assert told[0]["remedy"] in found.err
    assert max(len(line) for line in found.err.splitlines()) < 1_000


def test_refused_cohort_leaves_an_older_plan_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "uit"
    assert run("round", write_files(tmp_path / "goed", cohort_files()), "--out", out).code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert run("round", write_files(tmp_path / "slecht", BROKEN["59 postcode"].files), "--out", out).code == 2
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '=HYPERLINK("http://x","y")', "@SUM(1)", "-1+1", "[red]x"]
)
def test_markup_and_formulas_pass_through_as_text(name: str, tmp_path: Path) -> None:
    table = csv_table([SCHOOL | {"naam": name}, OTHER_SCHOOL])
    found = run("round", write_files(tmp_path / "cohorte", cohort_files(schools=table)), "--out", tmp_path / "uit")
    assert found.code == 0
    assert name in found.out


def test_name_over_two_lines_is_put_on_one(tmp_path: Path) -> None:
    table = csv_table([SCHOOL | {"naam": "Atheneum\nDe Linde"}, OTHER_SCHOOL])
    found = run("round", write_files(tmp_path / "cohorte", cohort_files(schools=table)), "--out", tmp_path / "uit")
    assert "Atheneum De Linde" in found.out


@pytest.mark.parametrize("empty", [("schools",), ("mentors",), ("schools", "mentors")])
def test_empty_cohort_has_nothing_to_do(empty: tuple[str, ...], tmp_path: Path) -> None:
    header = {"schools": ";".join(SCHOOL) + "\r\n", "mentors": ";".join(MENTOR) + "\r\n"}
    cohort = write_files(tmp_path / "cohorte", cohort_files(**{table: header[table] for table in empty}))
    found = run("round", cohort, "--out", tmp_path / "uit")
    assert (found.code, pairs_in(tmp_path / "uit")) == (0, [])
    missing = " en ".join({"schools": "scholen", "mentors": "mentoren"}[one] for one in empty)
    assert f"Er valt niets te koppelen: er zijn geen {missing}." in found.out
    assert run("verify", tmp_path / "uit" / "plan.json", "--cohort", cohort).code == 0


@pytest.mark.parametrize("changes", [{"max_scholen": "0"}, {"status": "uitgevallen"}, {"status": "reserve"}])
def test_mentors_who_are_there_and_do_not_help_are_not_called_absent(changes: dict[str, str], tmp_path: Path) -> None:
    mentors = csv_table([MENTOR | {"status": ""} | changes, OTHER_MENTOR | {"status": ""} | changes])
    found = run("round", write_files(tmp_path / "c", cohort_files(mentors=mentors)), "--out", tmp_path / "uit")
    assert "Er valt niets te koppelen: geen enkele mentor helpt nu een school." in found.out
    assert "geen mentoren" not in found.out


def test_cohort_without_mentors_names_no_others(tmp_path: Path) -> None:
    empty = cohort_files(mentors=";".join(MENTOR) + "\r\n")
    found = run("round", write_files(tmp_path / "c", empty), "--out", tmp_path / "uit")
    assert "Er zijn geen mentoren in deze ronde." in found.out
    assert "andere mentoren" not in found.out


def test_rerun_in_which_every_school_changes_speaks_of_no_others(tmp_path: Path) -> None:
    cohort = write_files(tmp_path / "c", cohort_files())
    run("round", cohort, "--out", tmp_path / "uit")
    gone = [word for mentor in ("M1", "M2") for word in ("--withdrawn", mentor)]
    found = run("rerun", tmp_path / "uit" / "plan.json", "--cohort", cohort, *gone)
    assert re.search(r"schol?en? veranderen?\.|school verandert\.", found.out)
    assert "andere houden" not in found.out


def locked(tmp_path: Path, *rows: tuple[str, str, str], mentors: list[dict[str, str]] | None = None) -> Run:
    """Run the round with agreements in `afspraken.csv`."""
    table = csv_table([dict(zip(("schoolnummer", "mentornummer", "soort"), row, strict=True)) for row in rows])
    near = OTHER_SCHOOL | {"postcode": "9000"}
    files = cohort_files(csv_table([SCHOOL, near]), csv_table(mentors or [MENTOR, OTHER_MENTOR]))
    cohort = write_files(tmp_path / "cohorte", files | {"afspraken.csv": table.encode()})
    return run("round", cohort, "--out", tmp_path / "uit")


@pytest.mark.parametrize(
    ("rows", "changes", "words"),
    [
        ([("034561", "M1", "vast"), ("034561", "M1", "verboden")], {}, "Jan Peeters bij Atheneum De Linde is tegelijk"),
        ([("034561", "M1", "vast"), ("034562", "M1", "vast")], {}, "Jan Peeters kan er hoogstens 1"),
        ([("034561", "M1", "vast"), ("034561", "M2", "vast")], {}, "Atheneum De Linde vraagt er hoogstens 1"),
        ([("034561", "M1", "vast")], {"status": "uitgevallen"}, "Jan Peeters is uitgevallen"),
        ([("034561", "M1", "vast")], {"status": "reserve"}, "Jan Peeters staat in reserve"),
        ([("034561", "M1", "vast")], {"max_scholen": "0"}, "begeleidt dit jaar niemand"),
        ([("034561", "M1", "vast")], {"onderwijsvormen": "KSO"}, "Jan Peeters wil KSO"),
        ([("034561", "M1", "vast")], {"postcode": "3500"}, "meer dan de grens van 60"),
        ([("034561", "M1", "vast")], {"beschikbaarheid": "vr"}, "geen enkele halve dag samen vrij"),
    ],
)
def test_contradiction_names_the_smallest_set_and_the_ways_out(
    rows: list[tuple[str, str, str]], changes: dict[str, str], words: str, tmp_path: Path
) -> None:
    mentors = [MENTOR | changes, dict.fromkeys(changes, "") | OTHER_MENTOR]
    found = (
        locked(tmp_path, *rows, ("034562", "M2", "vast"), mentors=mentors)
        if len(rows) == 1
        else locked(tmp_path, *rows, mentors=mentors)
    )
    assert (found.code, names_in(tmp_path / "uit")) == (3, ["plan.json"])
    assert words in found.out
    assert "Wat kan:" in found.out
    plan = json.loads((tmp_path / "uit" / "plan.json").read_text(encoding="utf-8"))
    assert [(one["school"], one["mentor"]) for one in plan["conflict"]["locks"]] == [row[:2] for row in rows]


def test_round_that_can_fill_no_place_says_which_rules_keep_everybody_away(tmp_path: Path) -> None:
    mentors = [one | {"onderwijsvormen": "KSO"} for one in (MENTOR, OTHER_MENTOR)]
    cohort = write_files(tmp_path / "cohorte", cohort_files(mentors=csv_table(mentors)))
    found = run("round", cohort, "--out", tmp_path / "uit")
    assert (found.code, pairs_in(tmp_path / "uit")) == (0, [])
    plan = json.loads((tmp_path / "uit" / "plan.json").read_text(encoding="utf-8"))
    assert [(one["school"], one["count"]) for one in plan["open_places"]] == [("034561", 1), ("034562", 1)]
    assert all("onderwijsvorm" in one["reason"] for one in plan["open_places"])


def test_plan_of_data_that_changed_since_does_not_verify_and_reruns(tmp_path: Path) -> None:
    cohort = write_files(tmp_path / "cohorte", cohort_files())
    assert run("round", cohort, "--out", tmp_path / "uit").code == 0
    late = MENTOR | {"mentornummer": "M3", "bedrijf": "Derde BV", "voornaam": "Bo"}
    write_files(
        cohort,
        cohort_files(
            mentors=csv_table(
                [MENTOR | {"status": "uitgevallen"}, OTHER_MENTOR | {"status": ""}, late | {"status": ""}]
            )
        ),
    )
    stale = run("verify", tmp_path / "uit" / "plan.json", "--cohort", cohort)
    assert (stale.code, "niet meer die waarvan dit plan gemaakt is" in stale.out) == (1, True)
    again = run("rerun", tmp_path / "uit" / "plan.json", "--cohort", cohort, "--out", tmp_path / "nieuw")
    assert again.code == 0
    verify = run(
        *("verify", tmp_path / "nieuw" / "plan.json", "--cohort", cohort),
        *("--previous", tmp_path / "uit" / "plan.json"),
    )
    assert verify.code == 0


def test_command_and_library_give_the_same_plan(tmp_path: Path) -> None:
    cohort = write_files(tmp_path / "cohorte", cohort_files())
    assert run("round", cohort, "--out", tmp_path / "uit").code == 0
    plan: Plan = assign(read_cohort(cohort).given)  # type: ignore[arg-type]
    assert pairs_in(tmp_path / "uit") == [(one.school, one.mentor, one.points) for one in plan.pairs]
