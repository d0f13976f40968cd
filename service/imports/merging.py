"""What becomes of a cohort when an import is committed, and of what people changed by hand since the last one?

Three are compared: the last import that was committed, the cohort as it is now, and the new import. What the file
changed is taken from the file; what a person changed is kept; where both changed the same, the file is followed
and the change is told. Who was added by hand stays, and who was removed by hand stays away. A table that did not come
in says nothing: its side stays as it is now, and is compared with the last import that did bring it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import matcher
from service.cohorts.members import store as members
from service.cohorts.members.store import MemberRow, Side
from service.database.engine import Transaction
from service.imports import store as imports
from service.rounds.given import locks_store

Action = Literal["added", "changed", "removed", "kept", "left_out"]
TOUCHED: tuple[Action, ...] = ("added", "changed", "removed")
TOGETHER = (
    ("postcode", "municipality", "province", "chamber", "position"),
    ("company", "company_key", "company_number"),
)
"""Fields that follow from each other change together."""

TABLES: Final[Mapping[Side, str]] = {"school": "Scholen", "mentor": "Mentoren"}
AGREEMENTS: Final = "Afspraken"
MEASURED: Final = "Nulmeting"
"""A table that changes schools without saying which there are."""

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of one school or mentor; `overruled` are fields that a person changed and the file too."""

    side: Side
    id: str
    action: Action
    version: int
    fields: tuple[str, ...] = ()
    overruled: tuple[str, ...] = ()


@dataclass(slots=True)
class Merged:
    """The cohort as it would become, what that changes, and who and what there was before."""

    changes: list[Change] = field(default_factory=list)
    documents: dict[Side, list[Document]] = field(default_factory=dict)
    locks: tuple[matcher.Lock, ...] = ()
    before: dict[Side, dict[str, Document]] = field(default_factory=dict)
    locks_before: tuple[matcher.Lock, ...] = ()

    @property
    def touched(self) -> dict[str, int]:
        """Who is changed by the import, each with the version that stands now (0: not there)."""
        return {f"{one.side}:{one.id}": one.version for one in self.changes if one.action in TOUCHED}

    @property
    def given(self) -> matcher.Round:
        """The people and agreements as a round."""
        return matcher.Round(
            schools=tuple(matcher.school_from_document(one) for one in self.documents["school"]),
            mentors=tuple(matcher.mentor_from_document(one) for one in self.documents["mentor"]),
            locks=self.locks,
        )


def brought(preview: Mapping[str, Any]) -> frozenset[str]:
    """Tell which tables of a cohort the files held."""
    return frozenset(one["table"] for one in preview["tables"])


def merged(transaction: Transaction, cohort: str, preview: Mapping[str, Any]) -> Merged:
    """Compare an import with the cohort; what is looked at stays as it is until the end of the transaction."""
    incoming, tables = matcher.round_from_document(preview["given"]), brought(preview)
    bases = _Bases(transaction, cohort)
    result = Merged()
    for side, table in TABLES.items():
        rows = {row.id: row for row in members.held(transaction, side, cohort)}
        result.before[side] = {key: dict(row.document) for key, row in rows.items()}
        if table not in tables and not (side == "school" and MEASURED in tables):
            result.documents[side] = [dict(row.document) for row in rows.values()]
            continue
        new, old = _documents(side, incoming), _documents(side, bases.of(table))
        result.documents[side] = []
        for key in sorted({*rows, *new}):
            _merge_one(result, side, rows.get(key), new.get(key), old.get(key))
    result.locks = _merged_locks(transaction, cohort, incoming if _tells_locks(tables) else None, bases, result)
    return result


def _tells_locks(tables: Collection[str]) -> bool:
    """Whether files say which agreements there are: schools and mentors without agreements say that there are none."""
    return AGREEMENTS in tables or {*TABLES.values()} <= {*tables}


class _Bases:
    """What the last import said that brought a table, read once."""

    def __init__(self, transaction: Transaction, cohort: str) -> None:
        self._previews = imports.committed_previews(transaction, cohort)
        self._seen: list[tuple[frozenset[str], Mapping[str, Any]]] = []

    def of(self, table: str) -> matcher.Round | None:
        """Give the round of the last import that brought a table; None where none did, or it was erased."""
        for tables, given in self._read():
            if table in tables or (table == AGREEMENTS and _tells_locks(tables)):
                return matcher.round_from_document(given)
        return None

    def _read(self) -> Iterator[tuple[frozenset[str], Mapping[str, Any]]]:
        yield from self._seen
        for preview in self._previews:
            if preview is None:
                return
            self._seen.append((brought(preview), preview["given"]))
            yield self._seen[-1]


def _documents(side: Side, given: matcher.Round | None) -> dict[str, Document]:
    if given is None:
        return {}
    if side == "school":
        return {one.id: matcher.school_to_document(one) for one in given.schools}
    return {one.id: matcher.mentor_to_document(one) for one in given.mentors}


def _merge_one(result: Merged, side: Side, row: MemberRow | None, new: Document | None, old: Document | None) -> None:
    """Decide on one school or mentor: as it is now, as the file has it, as the last file had it."""
    now = None if row is None else dict(row.document)
    outcome, overruled = _outcome(now, new, old)
    action = _action(now, new, outcome)
    if outcome is not None:
        result.documents[side].append(outcome)
    if action is None:
        return
    key = str((new or now or {})["id"])
    fields = _differing(now or {}, outcome or {}) if action == "changed" else ()
    version = 0 if row is None else row.version
    result.changes.append(Change(side=side, id=key, action=action, version=version, fields=fields, overruled=overruled))


def _outcome(
    now: Document | None, new: Document | None, old: Document | None
) -> tuple[Document | None, tuple[str, ...]]:
    if new is None:
        return (None if now == old else now), ()
    if now is None:
        return (None if new == old else new), ()
    if old is None:
        return new, ()
    return _by_field(now, new, old)


def _by_field(now: Document, new: Document, old: Document) -> tuple[Document, tuple[str, ...]]:
    """Take from the file what the file changed, and keep the rest."""
    outcome, overruled = dict(now), []
    single = [(name,) for name in new if not any(name in group for group in TOGETHER)]
    for group in (*TOGETHER, *single):
        ours, theirs, before = ([one.get(name) for name in group] for one in (now, new, old))
        if theirs != before:
            outcome |= {name: new[name] for name in group if name in new}
            overruled += [group[0]] if ours not in (before, theirs) else []
    return outcome, tuple(overruled)


def _action(now: Document | None, new: Document | None, outcome: Document | None) -> Action | None:
    if outcome == now:
        if now is None:
            return "left_out"
        return None if now == new else "kept"
    if now is None:
        return "added"
    return "removed" if outcome is None else "changed"


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(name for name in {*one, *other} if one.get(name) != other.get(name)))


def _merged_locks(
    transaction: Transaction, cohort: str, incoming: matcher.Round | None, bases: _Bases, result: Merged
) -> tuple[matcher.Lock, ...]:
    """Keep agreements made by hand, take over what the file added or dropped, and leave out who is gone.

    Without `incoming` the files say nothing of agreements, and all stay whose school and mentor do.
    """

    def by_pair(made: Sequence[matcher.Lock]) -> dict[tuple[str, str, str], matcher.Lock]:
        return {(one.school, one.mentor, one.kind): one for one in made}

    result.locks_before = tuple(row.value for row in locks_store.listed(transaction, cohort))
    now = by_pair(result.locks_before)
    both = now
    if incoming is not None:
        base = bases.of(AGREEMENTS)
        new, old = by_pair(incoming.locks), by_pair(base.locks if base is not None else ())
        added = {key: one for key, one in new.items() if key not in now and key not in old}
        both = added | {key: one for key, one in now.items() if key in new or key not in old}
    schools, mentors = ({one["id"] for one in result.documents[side]} for side in ("school", "mentor"))
    return tuple(one for one in both.values() if one.school in schools and one.mentor in mentors)
