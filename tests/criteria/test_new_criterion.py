"""Is a new criterion one file, from its column to its sentence?"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import matcher.criteria
from matcher.criteria import criteria
from matcher.intake.cohort.rounds import read_cohort
from matcher.intake.columns import catalogue as intake_columns
from matcher.intake.template.template import write_templates
from matcher.matching.assign import assign
from matcher.matching.verdicts import explain_pair, judge, objections
from service.cli import main
from tests.bad_inputs.cohorts import MENTOR, OTHER_MENTOR, OTHER_SCHOOL, SCHOOL, cohort_files, csv_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGE = '''
"""Do they speak a common language? A file that knows nothing of the rest of the program."""

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.domain.column import Column, Reading, choice_reader

NAMES = {"Nederlands": "nl", "NL": "nl", "Frans": "fr", "FR": "fr"}
READ_SEVERAL = choice_reader(NAMES, "unknown_language", "taal")


def read(text, policy):
    value, remarks = READ_SEVERAL(text, policy)
    return Reading(" ".join(value), remarks)


def of(one):
    return one.extra.get("languages", "nl")


class Language:
    key, label, weight = "language", "taal", 20
    columns = tuple(
        Column(
            sheet=sheet, name="talen", field="languages", read=read, synonyms=("taal",), meaning="Talen.", example="NL"
        )
        for sheet in ("Scholen", "Mentoren")
    )

    def judge(self, given, minutes):
        school_class, schools = classes(given.schools, of)
        mentor_class, mentors = classes(given.mentors, of)
        common = [[len(set(one.split()) & set(other.split())) for other in mentors] for one in schools]
        common = np.array(common, dtype=np.int64).reshape(len(schools), len(mentors))
        size = np.array([len(one.split()) for one in schools], dtype=np.int64)
        return Judgement(
            school_class=school_class,
            mentor_class=mentor_class,
            veto=common == 0,
            numerator=100 * common,
            school_denominator=size,
        )

    def looked_at(self, given, school, mentor, minutes):
        return {"common": len(set(of(school).split()) & set(of(mentor).split()))}

    def explain(self, given, school, mentor, minutes):
        return f"Spreekt {of(mentor).replace(' ', ' en ')}."

    def object_to(self, given, school, mentor, minutes):
        return "" if set(of(school).split()) & set(of(mentor).split()) else f"{mentor.name} spreekt geen {of(school)}."


CRITERION = Language()
'''


def _forget() -> None:
    sys.modules.pop("matcher.criteria.language", None)
    matcher.criteria.__dict__.pop("language", None)
    for cached in (criteria, intake_columns.columns):
        cached.cache_clear()


@pytest.fixture(autouse=True)
def _language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put one more file into the folder of the criteria, and take it away again."""
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria" / "language.py").write_text(LANGUAGE, encoding="utf-8")
    monkeypatch.setattr(matcher.criteria, "__path__", [*matcher.criteria.__path__, str(tmp_path / "criteria")])
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _files(policy: str = "") -> dict[str, bytes]:
    schools = [SCHOOL | {"TAAL": "NL, Frans"}, OTHER_SCHOOL | {"TAAL": "", "postcode": "9000"}]
    mentors = [MENTOR | {"Talen": "FR"}, OTHER_MENTOR | {"Talen": "nederlands"}]
    return cohort_files(csv_table(schools), csv_table(mentors)) | ({"beleid.toml": policy.encode()} if policy else {})


def test_criterion_is_found_among_the_others() -> None:
    assert [one.key for one in criteria()].count("language") == 1
    assert [one.key for one in criteria()] == sorted(one.key for one in criteria())


def test_its_column_is_read_checked_and_in_the_template(tmp_path: Path) -> None:
    given = read_cohort(_files()).given
    assert given is not None
    assert [one.extra for one in given.schools] == [{"languages": "nl fr"}, {}]
    assert [one.extra for one in given.mentors] == [{"languages": "fr"}, {"languages": "nl"}]
    bad = read_cohort(cohort_files(csv_table([SCHOOL | {"talen": "Franz"}])))
    assert [(one.code, one.column, one.remedy) for one in bad.findings if one.severity == "error"] == [
        ("unknown_language", "talen", "Bedoelde u «Frans»?")
    ]
    write_templates(tmp_path / "leeg")
    assert "talen" in (tmp_path / "leeg" / "mentoren.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(";")


def test_it_vetoes_scores_weighs_and_speaks() -> None:
    given = read_cohort(_files()).given
    assert given is not None
    verdicts = judge(given)
    assert verdicts.allowed.tolist() == [[True, True], [False, True]]
    without = judge(given, criteria=[one for one in criteria() if one.key != "language"])
    assert without.allowed.all()
    half = judge(
        replace(
            given, policy=replace(given.policy, weights={one.key: 0 for one in criteria() if one.key != "language"})
        )
    )
    assert half.points.tolist() == [[500, 500], [0, 1000]]
    school, mentor = given.schools[1], given.mentors[0]
    assert "Spreekt fr." in explain_pair(given, given.schools[0], mentor, 0)
    assert objections(given, school, mentor, 0) == (("language", "Jan Peeters spreekt geen nl."),)
    assert [(one.school, one.mentor) for one in assign(given).pairs] == [("034561", "M1"), ("034562", "M2")]


def test_it_goes_the_whole_way_through_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cohort = tmp_path / "cohorte"
    cohort.mkdir()
    for name, content in _files("[gewichten]\ntaal = 70\n").items():
        (cohort / name).write_bytes(content)
    assert main(["round", str(cohort), "--out", str(tmp_path / "plan")]) == 0
    assert "Spreekt nl." in capsys.readouterr().out
    with (tmp_path / "plan" / "verdicts.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert [row["vetoes"] for row in csv.DictReader(lines)] == ["", "", "language", ""]
    plan = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    assert plan["policy"]["weights"] == {"language": 70}
    assert main(["why", str(tmp_path / "plan" / "plan.json"), "034562", "M1"]) == 0
    assert "Kan niet: Jan Peeters spreekt geen nl." in capsys.readouterr().out
