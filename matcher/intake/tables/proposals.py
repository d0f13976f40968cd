"""Which column does a header probably mean that is not known: by a name in it, a misspelling, or what its cells say?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from matcher.domain.column import Column, plain
from matcher.domain.policy import Policy
from matcher.intake.reading.grid import GridRow
from matcher.intake.tables.table_kind import TableKind, words_of

_FEWEST_LETTERS: Final = 4
"""A shorter name inside a longer header says nothing."""

_FEWEST_SHORT: Final = 3
"""Fewer letters of an abbreviation may stand for anything."""

_NUMBERS: Final = frozenset({"nr", "nummer", "id", "code", "no", "n°", "#"})
"""Headers that may mean the number of whatever a row holds."""

_CELLS: Final = 30
_MOSTLY: Final = 0.8
_NONSENSE: Final = "qx wz"


class Proposal(NamedTuple):
    """A column that a header may mean; `sure` for a misspelling, `by_cells` where the cells give it away."""

    column: Column
    sure: bool = False
    by_cells: bool = False


def proposed(
    header: Sequence[str], kind: TableKind, named: Mapping[int, Column], rows: Sequence[GridRow], asked: Iterable[int]
) -> dict[int, Proposal]:
    """Propose a column for each of the places `asked`, no column twice nor one that is named already."""
    found = by_names(header, kind, named, asked)
    taken = [*named.values(), *(one.column for one in found.values())]
    for index in asked:
        if index not in found and (column := _by_cells(index, kind, taken, rows)):
            found[index] = Proposal(column, by_cells=True)
            taken.append(column)
    return found


def by_names(
    header: Sequence[str], kind: TableKind, named: Mapping[int, Column], asked: Iterable[int]
) -> dict[int, Proposal]:
    """Propose columns by the headers alone: misspellings first, then names that a header holds."""
    found: dict[int, Proposal] = {}
    taken = list(named.values())
    for propose in (_number, _misspelt, _abbreviated, _containing):
        for index in asked:
            if index not in found and (proposal := propose(header[index], kind, taken)):
                found[index] = proposal
                taken.append(proposal.column)
    return found


def _misspelt(header: str, kind: TableKind, taken: Sequence[Column]) -> Proposal | None:
    column = kind.likely_column(header, taken)
    return None if column is None else Proposal(column, sure=True)


def _abbreviated(header: str, kind: TableKind, taken: Sequence[Column]) -> Proposal | None:
    """Find the shortest known name that a header with points is short for: `Gem.`, `Max. reist.`, `Inst.nr.`."""
    words = re.findall(r"([^\W_]+)(\.?)", header)
    if sum(len(word) for word, _ in words) < _FEWEST_SHORT or not any(point for _, point in words):
        return None
    long = re.compile("".join(re.escape(plain(word)) + (r"\w*" if point else "") for word, point in words))
    found = [
        (len(plain(name)), place)
        for place, one in enumerate(kind.columns)
        for name in (one.name, *one.synonyms)
        if one not in taken and long.fullmatch(plain(name))
    ]
    return Proposal(kind.columns[min(found)[1]]) if found else None


def _containing(header: str, kind: TableKind, taken: Sequence[Column]) -> Proposal | None:
    """Find the first known name that stands as whole words in a header, the longest of those that begin there."""
    words = words_of(header)
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            column = kind.by_words.get(words[start:end])
            if column is not None and column not in taken and len("".join(words[start:end])) >= _FEWEST_LETTERS:
                return Proposal(column)
    return None


def _number(header: str, kind: TableKind, taken: Sequence[Column]) -> Proposal | None:
    column = next((one for one in kind.columns if one.field == "id"), None)
    return Proposal(column) if column is not None and column not in taken and plain(header) in _NUMBERS else None


def _by_cells(index: int, kind: TableKind, taken: Sequence[Column], rows: Sequence[GridRow]) -> Column | None:
    """Find a column that must be there, of a closed list, whose reader takes nearly every cell below."""
    texts = [row.cells[index].strip() for row in rows if index < len(row.cells) and row.cells[index].strip()][:_CELLS]
    if len(texts) < 2:  # noqa: PLR2004 - one cell proves nothing
        return None
    for column in kind.columns:
        if column.must and column not in taken and _fails(column, _NONSENSE):
            good = sum(not _fails(column, text) for text in texts)
            if good >= _MOSTLY * len(texts):
                return column
    return None


def _fails(column: Column, text: str) -> bool:
    return any(one.severity == "error" for one in column.read(text, Policy()).remarks)
