"""What does a coordinator read of a selection? Tables of who is in, who waits, why, and how it compares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from matcher.domain.dossier import Cell, Dossier, DossierTable
from matcher.trajectory.candidates import SELECTION_DIMENSIONS, SELECTION_GOAL_NAMES, Candidate, SelectionPool
from matcher.trajectory.selection import Choice, Outcome, Selection

CAVEAT: Final = (
    "Dit is een voorstel. De coördinator beslist; wie niet gekozen is, leest hier met welke gevolgen hij of zij wel"
    " gekozen was."
)
COLUMNS: Final = (
    *(("Schoolnummer", 14), ("Naam", 40), ("Provincie", 18), ("Onderwijsvormen", 18), ("Net", 8)),
    *(("Voorrang", 10), ("Plaats", 8), ("Waarom", 110)),
)
DIMENSION_NAMES: Final = {"province": "provincie", "school_type": "onderwijsvorm", "network": "net"}


def selection_dossier(pool: SelectionPool, selection: Selection) -> Dossier:
    """Put a selection's tables together: chosen, waiting, the others, goals, and groups beside the applications."""
    waiting = sorted((one for one in selection.choices if one.outcome == "waiting"), key=lambda one: one.place)
    tables = [
        _choices("Gekozen", pool, (one for one in selection.choices if one.outcome == "chosen")),
        _choices("Wachtlijst", pool, waiting),
    ]
    others: list[Outcome] = ["not_chosen"]
    if any(one.outcome in others for one in selection.choices):
        tables.append(_choices("Niet gekozen", pool, (one for one in selection.choices if one.outcome in others)))
    tables += [_groups(pool, selection.chosen), _goals(selection)]
    return Dossier(title="Selectie van scholen", caveat=CAVEAT, tables=tuple(tables))


def _choices(title: str, pool: SelectionPool, choices: Iterable[Choice]) -> DossierTable:
    known = {one.id: one for one in pool.candidates}
    rows = [_row(known[one.school], one) for one in choices]
    return DossierTable(title=title, columns=COLUMNS, rows=tuple(rows))


def _row(candidate: Candidate, choice: Choice) -> tuple[Cell, ...]:
    types = ", ".join(candidate.school_types)
    where = (candidate.id, candidate.name, candidate.province, types, candidate.network)
    return (*where, choice.priority, choice.place or None, choice.reason)


def selection_groups(pool: SelectionPool, chosen: Sequence[str]) -> tuple[tuple[str, str, int, int, str], ...]:
    """Count every group that applied: dimension and group in Dutch, applied, chosen, and the limits set on it."""
    rows = []
    for dimension, values in SELECTION_DIMENSIONS.items():
        for value in values:
            mine = [one for one in pool.candidates if value in one.values(dimension)]
            limits = [one for one in pool.policy.limits if (one.dimension, one.value) == (dimension, value)]
            inside = sum(one.id in chosen for one in mine)
            words = "; ".join(one.words for one in limits)
            rows += [(DIMENSION_NAMES[dimension], value, len(mine), inside, words)] if mine or limits else []
    return tuple(rows)


def _groups(pool: SelectionPool, chosen: Sequence[str]) -> DossierTable:
    columns = (("Groep", 16), ("Waarde", 20), ("Aangemeld", 12), ("Gekozen", 12), ("Grens", 40))
    note = "Een school met twee onderwijsvormen telt in beide groepen."
    return DossierTable(title="Groepen", columns=columns, rows=selection_groups(pool, chosen), note=note)


def _goals(selection: Selection) -> DossierTable:
    rows: list[tuple[Cell, ...]] = [
        (SELECTION_GOAL_NAMES[one.name], _whole(one.value), "bewezen" if one.proven else "beste gevonden")
        for one in selection.goals
    ]
    rows += [("opmerking", None, note) for note in selection.notes]
    return DossierTable(title="Doelen", columns=(("Doel", 34), ("Waarde", 10), ("Bewijs", 60)), rows=tuple(rows))


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
