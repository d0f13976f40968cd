"""How much of a coordinator's own lists comes in: untouched, by a mapping of columns, and by answers about cells?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import matcher

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher import Cohort

Source = dict[str, bytes]


@dataclass(frozen=True)
class Figures:
    """Rows of a source, how many were good at each step, cells that are read, and those that asked an answer.

    `doubled` are rows of somebody who stands there again, and count once.
    """

    rows: int
    doubled: int
    untouched: int
    by_mapping: int
    by_answer: int
    cells: int
    asked: int

    @property
    def share(self) -> float:
        """Of the cells that are read, the share that needed no answer."""
        return 1 - self.asked / self.cells


def figures(files: Source, answers: Mapping[str, str] | None = None) -> Figures:
    """Read files as they are, with the columns that are proposed, and with all answers: proposals, and a person's.

    `answers` are those of a person, by the whole text of a cell.
    """
    first = matcher.read_cohort(files)
    told = matcher.proposed_columns(first)
    mapped = matcher.read_cohort(files, told=told)
    written = matcher.proposed_reading(mapped)
    for text, meant in (answers or {}).items():
        written = written.replace(f'# "{text}" = ""', f'"{text}" = "{meant}"')
    done = matcher.read_cohort({**files, matcher.READING_FILE: written.encode()})
    asked = {
        (one.file, one.sheet, one.row, one.column)
        for one in mapped.findings
        if one.severity == "error" and one.row and one.column
    }
    return Figures(
        rows=sum(len(table.rows) for table in mapped.tables),
        doubled=sum(one.code in ("same_person_twice", "same_row_twice") for one in done.findings),
        untouched=_good(first),
        by_mapping=_good(mapped),
        by_answer=_good(done),
        cells=sum(_cells(table.rows, table.columns) for table in mapped.tables),
        asked=len(asked),
    )


def _good(cohort: Cohort) -> int:
    return cohort.counts.schools + cohort.counts.mentors


def _cells(rows: tuple[object, ...], columns: Mapping[int, object]) -> int:
    told = (row.cells for row in rows)  # type: ignore[attr-defined]
    return sum(bool(cells[at].strip()) for cells in told for at in columns if at < len(cells))
