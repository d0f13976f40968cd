"""Are the empty files ready to be filled in, and never written over somebody's work?"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from matcher.criteria import criteria
from matcher.domain.errors import In2StemError
from matcher.domain.policy import GOALS, Policy
from matcher.domain.school_types import types_of_finalities
from matcher.domain.vocabulary import FINALITIES
from matcher.intake.cohort.policies import read_policy
from matcher.intake.cohort.rounds import read_cohort
from matcher.intake.template.book_sheets import book_sheets
from matcher.intake.template.template import policy_template, write_templates

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["afspraken.csv", "beleid.toml", "cohort.xlsx", "mentoren.csv", "scholen.csv"]


def test_templates_are_written_and_read_back_without_errors(tmp_path: Path) -> None:
    written = write_templates(tmp_path / "nieuw")
    assert sorted(path.name for path in written) == NAMES
    for source in (tmp_path / "nieuw", tmp_path / "nieuw" / "cohort.xlsx"):
        cohort = read_cohort(source)
        assert cohort.given is not None
        assert {finding.code for finding in cohort.findings if finding.severity != "note"} == {"empty_table"}


def test_csv_template_opens_in_belgian_excel(tmp_path: Path) -> None:
    write_templates(tmp_path)
    content = (tmp_path / "scholen.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfschoolnummer;vestigingsnummer;naam;postcode;")
    assert content.endswith(b";7.1;7.2\r\n")


def test_existing_file_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "mentoren.csv").write_text("van mij", encoding="utf-8")
    with pytest.raises(In2StemError, match=r"staat al mentoren\.csv"):
        write_templates(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mentoren.csv"]
    assert (tmp_path / "mentoren.csv").read_text(encoding="utf-8") == "van mij"


def test_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map").write_text("", encoding="utf-8")
    with pytest.raises(In2StemError, match="kan niet worden geschreven"):
        write_templates(tmp_path / "map")


def test_workbook_template_has_headers_lists_and_an_explanation(tmp_path: Path) -> None:
    write_templates(tmp_path)
    book = openpyxl.load_workbook(BytesIO((tmp_path / "cohort.xlsx").read_bytes()))
    assert book.sheetnames == [*book_sheets(), "Uitleg"]
    for sheet, told in book_sheets().items():
        assert [cell.value for cell in book[sheet][1]] == [one.name for one in told]
    lists = {rule.formula1 for rule in book["Mentoren"].data_validations.dataValidation}
    assert '"actief,reserve,uitgevallen"' in lists
    explained = [tuple(cell.value for cell in row[:2]) for row in book["Uitleg"].iter_rows(min_row=2)]
    assert explained == [(sheet, one.name) for sheet, told in book_sheets().items() for one in told]


def uncommented(text: str) -> str:
    """Take the hash from every line that is a setting."""
    return "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())


def test_policy_template_says_the_defaults() -> None:
    assert read_policy(policy_template().encode(), "beleid.toml", lambda _: None).policy == Policy()
    live = uncommented(policy_template()).replace("sectortabel =", "# ").replace("verplichte_sectoren =", "# ")
    found = read_policy(live.encode(), "beleid.toml", lambda _: None)
    assert found.findings == ()
    types = {one: types_of_finalities((one,), (), {}) for one in FINALITIES}
    weights = {one.key: one.weight for one in criteria() if one.weight}
    assert found.policy == Policy(weights=weights, goals=GOALS, finality_types=types)
    assert found.server == "http://localhost:5000"
