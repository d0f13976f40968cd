"""Does the workbook's proof close when a spreadsheet adds it up, and fail when a figure is changed?"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from matcher.domain.policy import Policy
from matcher.matching.assign import assign
from matcher.matching.solved import solved
from matcher.output import certificate_pairs
from matcher.output.certificate_pairs import kept_pairs, write_certificate_pairs
from matcher.output.certificate_workbook import write_certificate
from matcher.questions.certificate import certificate
from tests.builders import a_mentor, a_round, a_school, required
from tests.random_rounds import random_round

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matcher.domain.round import Round


def _written(tmp_path: Path, given: Round) -> Path:
    asked = solved(given, assign(given))
    path = tmp_path / "bewijs.xlsx"
    write_certificate(path, asked, certificate(asked))
    return path


def _by_hand(path: Path) -> Callable[[str, str], Any]:
    """Work out the few formulas that the workbook uses; gives a look-up of a cell's value."""
    book = load_workbook(path)

    def value(sheet: str, cell: str) -> Any:  # noqa: ANN401
        content = book[sheet][cell].value
        return formula(sheet, content[1:]) if isinstance(content, str) and content.startswith("=") else content

    def cells(sheet: str, area: str) -> list[Any]:
        sheet, _, area = area.rpartition("!") if "!" in area else (sheet, "", area)
        first, last = area.split(":")
        if first.isalpha():
            first, last = f"{first}2", f"{last}{book[sheet].max_row}"
        return [value(sheet, one.coordinate) for row in book[sheet][first:last] for one in row]

    def formula(sheet: str, text: str) -> Any:  # noqa: ANN401
        names: dict[str, Any] = {
            "SUM": lambda *areas: sum(one for area in areas for one in area if isinstance(one, int)),
            "MAX": max,
            "AND": lambda *parts: all(parts),
            "IF": lambda test, yes, no: yes if test else no,
            "COUNTIF": lambda area, what: sum(one == what for one in area),
        }
        python = re.sub(r'(?<![<>=])=(?!=)|""', lambda found: "==" if found[0] == "=" else '""', text)
        python = re.sub(r"(?:\w+!)?[A-Z]+\d*:[A-Z]+\d*", lambda found: f"cells({sheet!r}, {found[0]!r})", python)
        pattern = r"(?<!['\"\w])(?:(\w+)!)?([A-Z]{1,2}\d+)(?!['\"\w:])"
        python = re.sub(pattern, lambda found: f"(value({found[1] or sheet!r}, {found[2]!r}) or 0)", python)
        python = python.replace("(value(", "(value(").replace('or 0)==""', "or 0)==0")
        quoted = re.sub(r"value\((\w+),", lambda found: f"value({found[1]!r},", python)
        return eval(quoted, {"cells": cells, "value": value, **names})  # noqa: S307 - our own few formulas

    return value


@pytest.mark.parametrize("seed", range(12))
def test_the_proof_closes_when_added_up(tmp_path: Path, seed: int) -> None:
    given = random_round(seed, 6, 10)
    policy = Policy(weights=given.policy.weights, goals=given.policy.goals)
    given = a_round(list(given.schools), list(given.mentors), policy=policy, previous=given.previous)
    path = _written(tmp_path, given)
    value = _by_hand(path)
    assert value("Som", "B11") == value("Som", "B12") == assign(given).value("points")
    assert value("Som", "B14") == 0
    assert value("Som", "B15") == "Bewezen: geen enkel plan heeft meer punten."


def test_the_proof_closes_with_required_pairs_and_company_groups(tmp_path: Path) -> None:
    schools = [a_school(1, mentors_wanted=3), a_school(2, mentors_wanted=2), a_school(3)]
    mentors = [
        a_mentor(n, company=f"B{n // 2}", company_key=f"b{n // 2}", max_schools_company=2, offer=(n % 7 + 1,))
        for n in range(1, 9)
    ]
    path = _written(tmp_path, a_round(schools, mentors, locks=(required("S001", "M003"),)))
    assert _by_hand(path)("Som", "B15") == "Bewezen: geen enkel plan heeft meer punten."


def test_a_changed_figure_breaks_the_proof(tmp_path: Path) -> None:
    path = _written(tmp_path, a_round(2, 3))
    for sheet, cell, change in (("Koppels", "D2", 5), ("Som", "B12", 1)):
        book = load_workbook(path)
        book[sheet][cell].value += change
        book.save(tmp_path / "changed.xlsx")
        assert _by_hand(tmp_path / "changed.xlsx")("Som", "B15") == "Dit bewijs klopt niet."


def test_a_rule_that_is_no_network_gets_a_bound_and_no_proof(tmp_path: Path) -> None:
    mentors = [a_mentor(n, half_days=(half,)) for n, half in enumerate(("ma-vm", "di-vm", "di-vm"))]
    given = a_round([a_school(1, mentors_wanted=2)], mentors, policy=Policy(share_half_day=True))
    book = load_workbook(_written(tmp_path, given))
    assert book.sheetnames[0] == "Grens"
    words = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "bewijs" not in words.lower()


def test_a_swap_that_all_would_like_is_named_with_what_blocks_it() -> None:
    schools = [a_school(1, fields=("TE",)), a_school(2, fields=("BO",))]
    mentors = [
        a_mentor(1, sectors=("bouw",), not_with=("S002",)),
        a_mentor(2, sectors=("technologie",), not_with=("S001",)),
    ]
    given = a_round(schools, mentors)
    ring = certificate(solved(given, assign(given))).rings[0]
    assert ring.schools == ("S001", "S002")
    assert "belangenconflict" in ring.blocked_by


def test_pairs_that_cost_nothing_are_named_interchangeable() -> None:
    given = a_round([a_school(1)], 2)
    asked = solved(given, assign(given))
    free = certificate(asked).free
    assert {free[0].mentor, asked.plan.pairs[0].mentor} == {"M001", "M002"}


def test_of_many_pairs_those_closest_to_their_prices_stay_and_the_sums_stay_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate_pairs, "MOST_ROWS", 10)
    monkeypatch.setattr(certificate_pairs, "BEST", 2)
    kinds = [("technologie",), ("bouw",), ("chemie",), ("ict",), ("voeding",)]
    given = a_round([a_school(n) for n in range(1, 5)], [a_mentor(n, sectors=kinds[n % 5]) for n in range(1, 9)])
    asked = solved(given, assign(given))
    proof = certificate(asked)
    assert proof.duals is not None
    kept = kept_pairs(asked, proof.duals)
    assert 8 <= len(kept) < len(proof.duals.open_pairs)
    write_certificate(tmp_path / "bewijs.xlsx", asked, proof, "bewijs-koppels.csv")
    value = _by_hand(tmp_path / "bewijs.xlsx")
    assert value("Som", "B15") == "Bewezen: geen enkel plan heeft meer punten."
    book = load_workbook(tmp_path / "bewijs.xlsx")
    assert book["Koppels"].max_row == 1 + len(kept)
    (told,) = [one.value for one in book["Uitleg"]["A"] if "bewijs-koppels.csv" in str(one.value)]
    assert f"Geen van de andere {len(proof.duals.open_pairs) - len(kept)} komt" in told
    write_certificate_pairs(tmp_path / "koppels.csv", asked, proof.duals)
    with (tmp_path / "koppels.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == len(proof.duals.open_pairs)
    assert {row["Klopt?"] for row in rows} == {"klopt"}
    room = [int(row["Prijzen samen"]) - int(row["Waarde"]) for row in rows]
    others = sorted(set(range(len(rows))) - set(kept.tolist()))
    assert f"{min(room[one] for one in others)} punt" in told
    for school in {row["School"] for row in rows}:
        mine = [one for one in range(len(rows)) if rows[one]["School"] == school]
        left = [room[one] for one in mine if one in others]
        assert max(sorted(room[one] for one in mine)[:2]) <= min(left, default=10**9)
