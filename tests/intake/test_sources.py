"""Which files of a folder make up a cohort, and is its policy found?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import matcher.criteria
from matcher.domain.column import Column, read_text
from matcher.intake.cohort.rounds import read_cohort
from matcher.intake.columns import catalogue as intake_columns
from tests.bad_inputs.cohorts import MENTOR, OTHER_MENTOR, SCHOOL, cohort_files, csv_table, the, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECTORS = """sector;naam;nace_bel_2025;WE;TE;BC;IC;EM;ME;BO;HT;VT;AV;ZO;LO
spel;Spelontwikkeling;58.2;1;2;0;3;0;0;0;0;0;0;0;0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with scholen.csv and mentoren.csv."""
    for name, content in cohort_files().items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_upload_of_a_whole_folder_leaves_out_what_is_for_the_sessions() -> None:
    files = cohort_files() | {"locaties.csv": b"naam;postcode\n", "seizoen.toml": b"thema = 1\n"}
    cohort = read_cohort(files)
    assert cohort.given == read_cohort(cohort_files()).given
    assert [one.file for one in cohort.findings if one.code == "file_ignored"] == ["locaties.csv", "seizoen.toml"]


def test_folder_files_paths_contents_and_workbook_give_the_same_round(folder: Path) -> None:
    (folder.parent / "boek.xlsx").write_bytes(workbook())
    sources = (folder, str(folder), sorted(folder.iterdir()), cohort_files(), folder.parent / "boek.xlsx")
    rounds = [read_cohort(source).given for source in sources]
    assert rounds[0] is not None
    assert all(one == rounds[0] for one in rounds)


def test_files_of_the_contract_win_from_others_in_the_folder(folder: Path) -> None:
    (folder / "scholen (oud).csv").write_text(csv_table([SCHOOL | {"naam": "Oud"}]), encoding="utf-8")
    (folder / "verdicts.csv").write_text("school,mentor,allowed,points\n", encoding="utf-8")
    (folder / "cohort.xlsx").write_bytes(workbook())
    cohort = read_cohort(folder)
    assert cohort.given is not None
    assert cohort.given.schools[0].name == SCHOOL["naam"]
    assert the(cohort, "file_ignored").place == "cohort.xlsx"


def test_renamed_files_are_recognised_by_their_headers(folder: Path) -> None:
    expected = read_cohort(folder).given
    (folder / "scholen.csv").rename(folder / "export1.csv")
    (folder / "mentoren.csv").rename(folder / "export2.TXT")
    (folder / "notities.csv").write_text("datum;wat\n1/9;gebeld\n", encoding="utf-8")
    cohort = read_cohort(folder)
    assert cohort.given == expected
    assert the(cohort, "not_a_table").place == "notities.csv"


def test_workbook_in_a_folder_is_read_past_our_own_plan(tmp_path: Path) -> None:
    for name in ("ronde.xlsx", "plan.xlsx", "~$ronde.xlsx"):
        (tmp_path / name).write_bytes(workbook() if name == "ronde.xlsx" else b"iets anders")
    assert read_cohort(tmp_path).counts.schools == 2


def test_policy_of_the_folder_is_read_and_another_takes_its_place(folder: Path) -> None:
    (folder / "beleid.toml").write_text("[grenzen]\nmax_reistijd = 45\n", encoding="utf-8")
    other = folder.parent / "ander.toml"
    other.write_text('[grenzen]\nmax_reistijd = 30\n[reistijd]\nserver = "http://localhost:5000/"\n', encoding="utf-8")
    first, second = read_cohort(folder), read_cohort(folder, policy_file=other)
    assert first.given is not None
    assert second.given is not None
    assert (first.given.policy.max_minutes, first.server) == (45, "")
    assert (second.given.policy.max_minutes, second.server) == (30, "http://localhost:5000")


def test_uploads_of_one_name_are_both_read() -> None:
    files = cohort_files()
    cohort = read_cohort({"a/x.csv": files["scholen.csv"], "b/x.csv": files["mentoren.csv"]})
    assert (cohort.counts.schools, cohort.counts.mentors) == (2, 2)


def test_missing_policy_file_is_a_finding(folder: Path) -> None:
    assert the(read_cohort(folder, policy_file=folder / "weg.toml"), "not_readable").file == "weg.toml"


def test_own_sector_table_beside_the_policy_is_read_before_the_mentors(folder: Path) -> None:
    (folder / "eigen.csv").write_text(SECTORS, encoding="utf-8")
    (folder / "beleid.toml").write_text(
        'sectortabel = "eigen.csv"\n[regels]\nverplichte_sectoren = ["Spelontwikkeling"]\n', encoding="utf-8"
    )
    mentors = csv_table([MENTOR | {"sectoren": "spel"}])
    (folder / "mentoren.csv").write_text(mentors, encoding="utf-8")
    given = read_cohort(folder).given
    assert given is not None
    assert [sector.code for sector in given.policy.sectors] == ["spel"]
    assert given.policy.required_sectors == ("spel",)
    assert given.mentors[0].sectors == ("spel",)


def test_counts_are_told_in_one_line() -> None:
    assert str(read_cohort(cohort_files()).counts) == "2 mentoren, 0 afspraken en 2 scholen gelezen, 0 fouten"
    bad = read_cohort(cohort_files(mentors=csv_table([MENTOR, OTHER_MENTOR | {"postcode": "1"}])))
    expected = "1 mentor, 0 afspraken en 2 scholen gelezen, 1 fout (1 rij onbruikbaar)"
    assert str(bad.counts) == expected
    prose = read_cohort({"README.md": b"# Hallo\n\nGeen tabel.\n"}).counts
    assert str(prose) == f"Nog niets gelezen, {prose.errors} fouten"


def test_agreements_name_their_pair_and_reason() -> None:
    table = "Schoolnummer;Mentornummer;Soort;Reden\n034561;M1;vast;kennen elkaar\n034561;M2;Verboden;\n"
    given = read_cohort(cohort_files() | {"afspraken.csv": table.encode()}).given
    assert given is not None
    assert [(lock.mentor, lock.kind, lock.reason) for lock in given.locks] == [
        ("M1", "required", "kennen elkaar"),
        ("M2", "forbidden", ""),
    ]


@pytest.fixture
def hobby(monkeypatch: pytest.MonkeyPatch) -> Iterator[Column]:
    """Add a criterion whose column has no attribute of its own."""
    column = Column(sheet="Mentoren", name="hobby", field="hobby", read=read_text, meaning="Wat de mentor graag doet.")
    model = matcher.criteria.criteria()[0]
    extra = type("Hobby", (), {"key": "hobby", "label": "hobby", "weight": 5, "columns": (column,)})()
    monkeypatch.setattr(intake_columns, "criteria", lambda: (model, *matcher.criteria.criteria()[1:], extra))
    intake_columns.columns.cache_clear()
    yield column
    monkeypatch.undo()
    intake_columns.columns.cache_clear()


def test_column_of_a_new_criterion_goes_to_extra(hobby: Column) -> None:
    mentors = csv_table([MENTOR | {hobby.name.upper(): "zeilen"}, OTHER_MENTOR | {hobby.name.upper(): ""}])
    given = read_cohort(cohort_files(mentors=mentors)).given
    assert given is not None
    assert [mentor.extra for mentor in given.mentors] == [{"hobby": "zeilen"}, {}]
    assert replace(given.mentors[0], extra={}) == read_cohort(cohort_files()).given.mentors[0]  # type: ignore[union-attr]
