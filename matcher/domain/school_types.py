"""Of which onderwijsvormen is a school that tells only its finalities? Our table, or a policy's own.

Finalities are the official axis since the reform, and are never derived from onderwijsvormen. The other way round, a
school without onderwijsvormen could not be matched with a mentor who wants some, so that they follow from a table which
says that it is ours: `matcher/reference/finaliteiten.csv`, and docs/decisions/0037-words-of-schools.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Final

from matcher.domain.policy import Policy
from matcher.domain.reference_table import reference_rows
from matcher.domain.school import School
from matcher.domain.vocabulary import FINALITIES, SCHOOL_TYPES

FINALITY_NAMES: Final[Mapping[str, str]] = {
    "doorstroom": "doorstroomfinaliteit",
    "dubbel": "dubbele finaliteit",
    "arbeidsmarkt": "arbeidsmarktfinaliteit",
}
"""What each is called in full."""

_ANY: Final = "*"


@cache
def _table() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    rows = reference_rows("finaliteiten.csv")
    return tuple(
        (row["finaliteit"], frozenset(row["velden"].split()), tuple(row["onderwijsvormen"].split())) for row in rows
    )


def types_of_finalities(
    finalities: Collection[str], fields: Collection[str], own: Mapping[str, Collection[str]]
) -> tuple[str, ...]:
    """Give the onderwijsvormen of finalities in STEM fields (none: in any); a policy's `own` table comes first."""
    found = {one for finality in finalities for one in own.get(finality) or _of_table(finality, frozenset(fields))}
    return tuple(one for one in SCHOOL_TYPES if one in found)


def _of_table(finality: str, fields: frozenset[str]) -> set[str]:
    rows = [(where, types) for name, where, types in _table() if name == finality]
    named = frozenset(one for where, _ in rows for one in where)
    rest = bool(fields - named)
    return {one for where, types in rows if not fields or where & fields or (rest and _ANY in where) for one in types}


def types_of(school: School, policy: Policy) -> tuple[str, ...]:
    """Give the onderwijsvormen of a school: those that it tells, else those of its finalities."""
    return school.school_types or types_of_finalities(school.finalities, school.fields, policy.finality_types)


def kind_words(school_types: Collection[str], finalities: Collection[str]) -> str:
    """Say what kind of school it is as the school told it: `TSO, BSO; dubbele finaliteit, arbeidsmarktfinaliteit`."""
    types = ", ".join(one for one in SCHOOL_TYPES if one in school_types)
    return "; ".join(filter(None, (types, ", ".join(FINALITY_NAMES[one] for one in FINALITIES if one in finalities))))
