"""Does what is proposed for one value of a cell keep the others?"""

from __future__ import annotations

import pytest

from tests.bad_inputs.cohorts import the, with_mentor, with_school


@pytest.mark.parametrize(
    ("cell", "told", "whole"),
    [
        ("provincies", "Antwerpen; Limbrug", "Antwerpen; Limburg"),
        ("provincies", "Antwerpn,Limbrug", "Antwerpen,Limburg"),
        ("sectoren", "Bouw / chemi", "Bouw / chemie"),
        ("onderwijsvormen", "TSO, BZO", "TSO, BSO"),
        ("beschikbaarheid", "ma-vm; dinsdagnamidag", "ma-vm; dinsdagnamiddag"),
        ("beschikbaarheid", "ma-vm en dinsdagnamidag", "ma-vm en dinsdagnamiddag"),
    ],
)
def test_proposal_for_one_of_several_values_keeps_the_others(cell: str, told: str, whole: str) -> None:
    found = [one for one in with_mentor(**{cell: told}).findings if one.column == cell]
    assert {(one.remedy, one.value) for one in found} == {(f"Bedoelde u «{whole}»?", told)}
    assert not [one for one in with_mentor(**{cell: whole}).findings if one.column == cell]


def test_proposal_for_one_study_direction_keeps_the_others() -> None:
    finding = the(with_school(richtingen="EM; Electromechanika"), "unknown_field")
    assert finding.remedy == "Bedoelde u «EM; elektromechanica»?"


def test_proposal_in_a_cell_that_is_too_long_to_repeat_names_the_part() -> None:
    finding = the(with_mentor(provincies="Antwerpen; " * 40 + "Limbrug"), "unknown_province")
    assert finding.remedy == "Bedoelde u «Limburg» voor «Limbrug»?"
