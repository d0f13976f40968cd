"""What is different in a year after its repair? Session by session: when, where, and who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matcher.domain.year import Session, Year

ChangeKind = Literal["new", "changed", "cancelled"]


@dataclass(frozen=True, slots=True)
class SessionChange:
    """A session as it was and as it is now; one of both is missing where it is new or cancelled."""

    before: Session | None
    after: Session | None

    @property
    def kind(self) -> ChangeKind:
        """Tell whether the session is new, changed or cancelled."""
        return "new" if self.before is None else "cancelled" if self.after is None else "changed"

    @property
    def session(self) -> Session:
        """The session as it is now, or was where it is cancelled."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of both is there
        return found

    @property
    def moves(self) -> bool:
        """Whether the day, the hours or the host become others."""
        return _place(self.before) != _place(self.after)

    @property
    def theme_changes(self) -> bool:
        """Whether a session that stays gets another theme."""
        return self.before is not None and self.after is not None and self.before.theme != self.after.theme

    @property
    def presence_changes(self) -> bool:
        """Whether of the mentors who stay invited others can come."""
        if self.before is None or self.after is None:
            return False
        stay = set(self.before.invited_mentors) & set(self.after.invited_mentors)
        return stay & set(self.before.mentors) != stay & set(self.after.mentors)

    @property
    def schools_in(self) -> tuple[str, ...]:
        """The schools that are invited now and were not before."""
        return _more(_schools(self.after), _schools(self.before))

    @property
    def schools_out(self) -> tuple[str, ...]:
        """The schools that were invited and no longer are."""
        return _more(_schools(self.before), _schools(self.after))

    @property
    def mentors_in(self) -> tuple[str, ...]:
        """The mentors who are invited now and were not before."""
        return _more(_mentors(self.after), _mentors(self.before))

    @property
    def mentors_out(self) -> tuple[str, ...]:
        """The mentors who were invited and no longer are."""
        return _more(_mentors(self.before), _mentors(self.after))


def session_changes(before: Year, after: Year) -> tuple[SessionChange, ...]:
    """List what a year changes against the one before, in the order of round and day; what stays is left out.

    A session is the same one where its event in a calendar is (`uid`); it changed where that event rose.
    """
    old = {one.uid: one for one in before.sessions}
    kept = {one.uid for one in after.sessions}
    found = [SessionChange(old.get(one.uid), one) for one in after.sessions if _differs(old.get(one.uid), one)]
    found += [SessionChange(one, None) for one in before.sessions if one.uid not in kept]
    return tuple(sorted(found, key=lambda one: (one.session.round, one.session.day, one.session.uid)))


def _differs(old: Session | None, new: Session) -> bool:
    return old is None or new.sequence > old.sequence


def _place(one: Session | None) -> tuple[object, ...]:
    return (one.day, one.half_day, one.start, one.end, one.host) if one else ()


def _schools(one: Session | None) -> tuple[str, ...]:
    return one.schools if one else ()


def _mentors(one: Session | None) -> tuple[str, ...]:
    return one.invited_mentors if one else ()


def _more(these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in these if one not in those)
