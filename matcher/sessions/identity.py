"""Which event of a calendar is this session? The same one as before, moved; or a new one; or one that is gone.

A session goes by what stays when it moves: its round and most of its schools, never its host or date.
An event is never used again once it is cancelled, for calendars drop what has an older `sequence`.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Final
from uuid import UUID, uuid5

from matcher.domain.season import Season
from matcher.domain.year import Session

NAMESPACE: Final = UUID("6f0d2a0c-3b1e-5d5c-9a53-1b7a3f0b9d11")
"""Ours, once drawn; a season's events are named within it (UUIDs of version 5, RFC 9562)."""


def identify(season: Season, sessions: Sequence[Session]) -> tuple[tuple[Session, ...], tuple[Session, ...]]:
    """Give the sessions with uid, sequence and revision, in order, and those cancelled so far.

    Against the season's `previous` year a session that nothing changed about keeps all three; one that
    changed keeps its uid and rises; a session without forerunner gets a uid that was never used.
    """
    old = season.previous.sessions if season.previous else ()
    earlier = season.previous.cancelled if season.previous else ()
    ordered = sorted(sessions, key=_order)
    pairs = _forerunners(old, ordered)
    used = {one.uid for one in (*old, *earlier)}
    found: list[Session] = []
    for place, session in enumerate(ordered):
        if place in pairs:
            found.append(_carry_over(pairs[place], session, season.stamp))
        else:
            found.append(replace(session, uid=_new_uid(season.id, session.round, used), revised=season.stamp))
            used.add(found[-1].uid)
    kept = {one.uid for one in found}
    gone = tuple(_rise(one, one, season.stamp) for one in old if one.uid not in kept)
    return tuple(sorted(found, key=_order)), (*earlier, *sorted(gone, key=_order))


def _order(session: Session) -> tuple[object, ...]:
    return (session.round, session.day, session.start, session.host, session.schools)


def _forerunners(old: Sequence[Session], new: Sequence[Session]) -> dict[int, Session]:
    """Pair new sessions with old ones of their round, those that share most schools first."""
    likeness = [
        (len(set(before.schools) & set(after.schools)), before.host == after.host, before.day == after.day, i, j)
        for i, before in enumerate(old)
        for j, after in enumerate(new)
        if before.round == after.round and not set(before.schools).isdisjoint(after.schools)
    ]
    taken: set[int] = set()
    pairs: dict[int, Session] = {}
    for *_, i, j in sorted(likeness, key=lambda one: (*(-part for part in one[:3]), _order(old[one[3]]), one[4])):
        if i not in taken and j not in pairs:
            taken.add(i)
            pairs[j] = old[i]
    return pairs


def _new_uid(season: str, number: int, used: Container[str]) -> str:
    candidates = (str(uuid5(NAMESPACE, f"{season}/{number}/{serial}")) for serial in count(1))
    return next(uid for uid in candidates if uid not in used)


def _content(session: Session) -> tuple[object, ...]:
    place = (session.host, session.day, session.half_day, session.start, session.end)
    people = (session.schools, session.online, session.mentors, session.absent_mentors)
    return (*place, session.link, *people, session.theme)


def _carry_over(old: Session, new: Session, stamp: datetime) -> Session:
    if _content(old) == _content(new):
        kept = replace(new, uid=old.uid, sequence=old.sequence, revised=old.revised)
        left = {"left_schools": old.left_schools, "left_mentors": old.left_mentors, "left_hosts": old.left_hosts}
        return replace(kept, **left)  # type: ignore[arg-type]
    return replace(
        _rise(old, new, stamp),
        left_schools=_left(old.left_schools, old.schools, new.schools),
        left_mentors=_left(old.left_mentors, old.invited_mentors, new.invited_mentors),
        left_hosts=_left(old.left_hosts, (old.host,), (new.host,)),
    )


def _left(before: Sequence[str], old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({*before, *old} - set(new)))


def _rise(old: Session, new: Session, stamp: datetime) -> Session:
    later = stamp if old.revised is None else max(stamp, old.revised + timedelta(seconds=1))
    return replace(new, uid=old.uid, sequence=old.sequence + 1, revised=later)
