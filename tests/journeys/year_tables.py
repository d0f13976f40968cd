"""How does a test fill in the tables of a cohort's year, as a coordinator would in Excel?"""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from matcher import LABEL_CRITERIA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SAMPLE_YEAR = Path(__file__).parents[2] / "data" / "voorbeeld-traject"


def applied(folder: Path) -> Path:
    """Give a folder with the applications of the sample, and what the coordinator asks of the selection."""
    folder.mkdir(parents=True)
    for name in ("aanmeldingen.csv", "aanmeldingen-mentoren.csv", "selectie.toml", "jury.csv"):
        shutil.copy(SAMPLE_YEAR / name, folder / name)
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a table that the command wrote."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write_rows(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write a table as Excel keeps it; the first row names the columns."""
    listed = list(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, [*listed[0]], delimiter=";", lineterminator="\r\n")
        table.writeheader()
        table.writerows(listed)


def change_rows(path: Path, edit: Callable[[list[dict[str, str]]], object]) -> None:
    """Change a table in place."""
    rows = rows_of(path)
    edit(rows)
    write_rows(path, rows)


def write_ratings(path: Path, schools: Iterable[str], lift: int = 0) -> None:
    """Rate every criterion of these schools by two people: 0-2 drawn for each school, plus `lift`."""
    rows = []
    for school in schools:
        dice = random.Random(school)  # noqa: S311 - the same ratings every time
        for rater in ("directie", "leraar"):
            for code in LABEL_CRITERIA:
                value = min(4, dice.randint(0, 2) + lift)
                row = {"schoolnummer": school, "beoordelaar": rater, "criterium": code, "cijfer": value}
                rows.append({**row, "bewijs": "verslag" if value else ""})
    write_rows(path, rows)


def schools_of(folder: Path) -> list[str]:
    """Give the numbers of the cohort's schools."""
    return [row["schoolnummer"] for row in rows_of(folder / "cohorte" / "scholen.csv")]
