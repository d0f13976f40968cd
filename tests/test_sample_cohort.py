"""Is the sample cohort what its README says, and does it tell its story?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher import Lock, assign, certificate, read_cohort, round_to_document, solved
from matcher.domain.vocabulary import FLEMISH_PROVINCES, SCHOOL_TYPES
from tests.journeys.command import run

DATA = Path(__file__).parents[1] / "data"
README = (DATA.parent / "README.md").read_text(encoding="utf-8")
SAMPLE = read_cohort(DATA / "voorbeeld").given


def municipalities_without_mentor(given: object) -> list[str]:
    """Give where the schools of a round that get nobody are."""
    helped = {pair.school for pair in assign(given).pairs}
    return [school.municipality for school in given.schools if school.id not in helped]


def test_sample_reads_without_errors_or_warnings() -> None:
    findings = read_cohort(DATA / "voorbeeld").findings + read_cohort(DATA / "voorbeeld.xlsx").findings
    assert [str(one) for one in findings if one.severity != "note"] == []


def test_sample_is_the_same_round_as_csv_and_as_workbook() -> None:
    workbook = read_cohort(DATA / "voorbeeld.xlsx", policy_file=DATA / "voorbeeld" / "beleid.toml")
    assert round_to_document(workbook.given) == round_to_document(SAMPLE)


def test_sample_files_are_encoded_as_the_readme_says() -> None:
    schools, mentors = ((DATA / "voorbeeld" / name).read_bytes() for name in ("scholen.csv", "mentoren.csv"))
    assert "Zoë".encode("cp1252") in schools
    assert mentors.startswith(b"\xef\xbb\xbf")
    assert "Şafakoğlu".encode() in mentors
    assert schools.count(b"\r\n") == schools.count(b"\n") == 21


def test_sample_is_spread_over_flanders() -> None:
    assert (len(SAMPLE.schools), len(SAMPLE.mentors)) == (20, 45)
    assert Counter(school.province for school in SAMPLE.schools) == dict(
        zip(FLEMISH_PROVINCES, (6, 4, 4, 3, 3), strict=True)
    )
    assert {kind for school in SAMPLE.schools for kind in school.school_types} == set(SCHOOL_TYPES)
    assert sum(bool(school.baseline) for school in SAMPLE.schools) == 14


def test_sample_names_nobody_real() -> None:
    mails = [one.email for one in (*SAMPLE.schools, *SAMPLE.mentors)]
    assert [mail for mail in mails if not mail.endswith(".example")] == []
    assert [one.id for one in SAMPLE.mentors if one.company_number and not one.company_number.startswith("0000")] == []


def test_sample_plan_is_proven_and_helps_all_but_one_school() -> None:
    plan = assign(SAMPLE)
    assert plan.proven
    assert plan.value("places_filled") == (19, 2)
    assert {one.school: one.count for one in plan.open_places} == {"000108": 1, "000110": 1}


def test_sample_lacks_a_mentor_in_limburg_alone() -> None:
    assert municipalities_without_mentor(SAMPLE) == ["Tongeren-Borgloon"]
    willing = tuple(replace(one, max_schools=1) if one.id == "M016" else one for one in SAMPLE.mentors)
    assert municipalities_without_mentor(replace(SAMPLE, mentors=willing)) == []


@pytest.mark.parametrize(
    "eased",
    [{"max_schools_company": None}, {"not_with": ()}],
    ids=["the company's limit", "the child's school"],
)
def test_sample_costs_points_by_what_it_keeps_apart(eased: dict[str, object]) -> None:
    mentors = tuple(replace(one, **eased) for one in SAMPLE.mentors)
    assert assign(replace(SAMPLE, mentors=mentors)).value("points") > assign(SAMPLE).value("points")


@pytest.mark.parametrize(
    ("mentor", "new_pairs"),
    [("M028", {("000119", "M039")}), ("M008", {("000106", "M011"), ("000109", "M010")}), ("M014", set())],
)
def test_sample_is_repaired_after_a_drop_out(mentor: str, new_pairs: set[tuple[str, str]]) -> None:
    before = assign(SAMPLE)
    after = assign(replace(SAMPLE, previous=before, withdrawn={mentor: "andere baan"}))
    assert {(one.school, one.mentor) for one in after.pairs} - {
        (one.school, one.mentor) for one in before.pairs
    } == new_pairs


def test_readme_shows_pairs_of_the_real_plan() -> None:
    names = {one.id: one.name for one in (*SAMPLE.schools, *SAMPLE.mentors)}
    rows = [
        (names[one.school], names[one.mentor], str(one.points), str(one.travel_minutes)) for one in assign(SAMPLE).pairs
    ]
    shown = [line.split() for line in README.splitlines() if re.fullmatch(r" {4}\w.* \d{3,4} +\d{1,2}", line)]
    assert len(shown) == 4
    for words in shown:
        line = " ".join(words)
        assert [1 for school, mentor, *end in rows if school in line and mentor in line and words[-2:] == end] == [1]


def test_readme_shows_the_real_open_places() -> None:
    names = {one.id: one.name for one in SAMPLE.schools}
    lines = " ".join(README.split())  # a long reason stands on several lines
    for place in assign(SAMPLE).open_places:
        assert f"{names[place.school]}: {place.reason}" in lines


def test_sample_is_free_on_friday() -> None:
    assert [one.id for one in SAMPLE.mentors if not {"vr-vm", "vr-nm"} & set(one.half_days)] == []


def test_sample_has_a_pair_that_is_interchangeable(tmp_path: Path) -> None:
    """So that the feature is seen: printed after a round, in its workbook, in the proof and beside the plan."""
    asked = solved(SAMPLE, assign(SAMPLE))
    (free,) = certificate(asked).free
    pairs = {(one.school, one.mentor) for one in asked.plan.pairs}
    (there,) = [mentor for school, mentor in pairs if school == free.school]
    swapped = {*pairs} - {(free.school, there)} | {(free.school, free.mentor)}
    other = assign(replace(SAMPLE, locks=(*SAMPLE.locks, Lock(free.school, free.mentor, "required"))))
    assert {(one.school, one.mentor) for one in other.pairs} == swapped
    assert [goal.value for goal in other.goals] == [goal.value for goal in asked.plan.goals]
    found = run("round", DATA / "voorbeeld", "--out", tmp_path)
    assert "Inwisselbaar:" in found.out
    assert f"{asked.facts.school[free.school].name} kan even goed {asked.facts.mentor[free.mentor].name}" in found.out
    rows = [*load_workbook(tmp_path / "plan.xlsx")["Inwisselbaar"].iter_rows(min_row=2, values_only=True)]
    assert [row[:2] for row in rows] == [(free.school, free.mentor)]
