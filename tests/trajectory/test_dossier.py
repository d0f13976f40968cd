"""Can a school copy its dossier, with our caveat on it and no cell that runs?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from matcher.domain.dossier import Dossier, DossierTable
from matcher.domain.errors import InvalidValueError
from matcher.domain.label import criterion_name
from matcher.domain.vocabulary import ELEMENTS
from matcher.output.dossier_workbook import write_dossier
from matcher.trajectory.action_plan import ActionPlan, Deed, PlanGoal
from matcher.trajectory.baseline import Rating, RatingSheet
from matcher.trajectory.dossier import school_dossier
from matcher.trajectory.label import CAVEAT, LevelHeld
from matcher.trajectory.practice import Practice
from tests.trajectory.making import a_measurement, measured

if TYPE_CHECKING:
    from pathlib import Path

PLAN = ActionPlan(
    school="S001",
    goals=(
        PlanGoal(criterion="6.1", aim=2, owner="an", steps=(Deed(text="Bellen", due=date(2026, 12, 1)),)),
        PlanGoal(criterion="1.1", aim=3),
    ),
)
HELD = (LevelHeld(school="S001", level="Competent", since=date(2026, 1, 5), proof="certificaat 12", entered_by="an"),)


def test_dossier_holds_every_criterion_with_its_official_name() -> None:
    dossier = school_dossier("Atheneum", measured(c7_2=-1), PLAN, HELD)
    criteria, ready, plan, levels = dossier.tables
    assert len(criteria.rows) == 21
    assert criteria.rows[0][:2] == ("1.1", "Personalisation of learning")
    assert criteria.rows[0][4:7] == (2, "regelmatig", "2")
    assert criteria.rows[-1][4:6] == (None, "niet beoordeeld")
    assert ready.rows[0][:2] == ("Competent", "nog niet klaar")
    assert [row[0] for row in plan.rows] == ["1.1", "6.1"]
    assert levels.rows == (("Competent", date(2026, 1, 5), "certificaat 12", "an"),)


def test_school_that_is_ready_is_told_to_apply_and_no_more() -> None:
    rows = school_dossier("Atheneum", measured()).tables[1].rows
    assert rows[0] == ("Competent", "klaar om aan te vragen", "Er ontbreekt niets volgens deze regels.")


def test_workbook_opens_with_the_caveat_and_runs_nothing(tmp_path: Path) -> None:
    evil = Rating(criterion="1.1", value=1, evidence=("=HYPERLINK(1)", "+1"), links=("https://school.example",))
    dossier = school_dossier("=1+1", a_measurement(RatingSheet(rater="an", ratings=(evil,))), PLAN, HELD)
    write_dossier(dossier, tmp_path / "dossier.xlsx")
    book = load_workbook(tmp_path / "dossier.xlsx")
    assert book.sheetnames == ["Lees eerst", "Criteria", "Gereedheid", "Actieplan", "Niveau"]
    assert book["Lees eerst"]["B2"].value == CAVEAT
    assert [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []
    assert book["Criteria"]["J2"].value.startswith("'=HYPERLINK(1)")


@pytest.mark.parametrize("title", ["", "a" * 32, "a/b"])
def test_table_that_no_workbook_can_hold_is_refused(title: str) -> None:
    with pytest.raises(InvalidValueError):
        DossierTable(title=title, columns=(("a", 1),), rows=())


def test_uneven_row_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        DossierTable(title="a", columns=(("a", 1),), rows=((1, 2),))


def test_header_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    table = DossierTable(title="Blad", columns=(("=1+1", 10),), rows=(("=2+2",),))
    write_dossier(Dossier(title="=3+3", caveat="", tables=(table,)), tmp_path / "d.xlsx")
    book = load_workbook(tmp_path / "d.xlsx")
    cells = book["Blad"]["A1"], book["Blad"]["A2"], book["Lees eerst"]["A1"]
    assert [(cell.value, cell.data_type) for cell in cells] == [("'=1+1", "s"), ("'=2+2", "s"), ("'=3+3", "s")]


def test_practices_stand_per_key_element_with_what_the_measurement_names() -> None:
    sheet = RatingSheet(rater="an", ratings=(Rating(criterion="6.2", value=1, evidence=("foto's van het bezoek",)),))
    shown = Practice(
        element=6, what="Bedrijfsbezoek", criteria=("6.1", "6.2"), evidence="verslag", links=("https://s.example/b",)
    )
    dossier = school_dossier("Atheneum", a_measurement(sheet), practices=(shown,))
    table = dossier.tables[-1]
    assert [row[0] for row in table.rows] == [f"{number} {name}" for number, name in ELEMENTS.items()]
    row = dict(zip([name for name, _ in table.columns], table.rows[5], strict=True))
    assert row["Official name"] == "Connections"
    assert (row["Wat de school doet"], row["Bewijs"], row["Links"]) == (
        "Bedrijfsbezoek",
        "verslag",
        "https://s.example/b",
    )
    assert row["Criteria"] == "\n".join(map(criterion_name, ("6.1", "6.2")))
    assert row["Bewijs in de meting"] == "6.2 foto's van het bezoek"
    assert table.rows[0][2:] == ("", "", "", "", "")
    assert table.title not in {one.title for one in school_dossier("Atheneum", a_measurement(sheet)).tables}


@pytest.mark.parametrize(("element", "criteria"), [(0, ()), (8, ()), (6, ("1.1",)), (6, ("6.9",))])
def test_practice_of_no_element_or_of_others_criteria_is_refused(element: int, criteria: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValueError):
        Practice(element=element, what="iets", criteria=criteria)
