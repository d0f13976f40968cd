"""What of the previous plan holds on? Who left, agreements made by command, reserves in service; and the ways back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from matcher.domain.errors import InvalidValueError
from matcher.domain.lock import Lock
from matcher.domain.plan import Plan
from matcher.domain.round import NO_REASON, Round

SO_ALREADY = "Hier verandert niets: vraag het niet opnieuw."
NOTHING_NOTED = "Er is geen vorig plan met zoiets in: geef ook het vorige plan."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one command asks: who leaves (id to reason), agreements, reserves put in service, and what is taken back.

    `back` are mentors (ids) who left and return; `unlocked` pairs (school, mentor) whose agreements no longer hold.
    """

    withdrawn: Mapping[str, str] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()
    activated: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    unlocked: tuple[tuple[str, str], ...] = ()


def carried_on(given: Round, previous: Plan | None, asked: Asked) -> Round:
    """Give the round that follows on a previous plan: what the data say, what the plan holds, and what is asked.

    An agreement in the data or the command goes before one about the same pair in the plan. Required agreements of
    who left rest: they hold again once the mentor is back. Raises InvalidValueError where something that is taken
    back is not there, who is put in service does not stand by, and where what is asked would change nothing.
    """
    _refuse_idle(given, previous, asked)
    withdrawn = {**given.withdrawn, **_still_away(given, previous, asked), **asked.withdrawn}
    locks = (*given.locks, *_still_agreed(given, previous, asked), *asked.locks)
    resting = tuple(
        one for one in locks if one.kind == "required" and one.mentor in withdrawn and one not in asked.locks
    )
    return replace(
        given,
        locks=tuple(one for one in locks if one not in resting),
        resting=resting,
        withdrawn=withdrawn,
        activated=_in_service(given, previous, asked),
        previous=previous,
    )


def _refuse_idle(given: Round, previous: Plan | None, asked: Asked) -> None:
    """Raise InvalidValueError for what is so already, and for what is asked both ways."""
    for one, reason in asked.withdrawn.items():
        _refuse_no_withdrawal(one, reason, given, previous, asked)
    in_service = () if previous is None else previous.activated
    for one in asked.activated:
        if one in in_service:
            raise InvalidValueError(f"Mentor {one} is in het vorige plan al ingezet. {SO_ALREADY}")
    for school, mentor in asked.unlocked:
        if (school, mentor) in _pairs(asked.locks):
            message = f"Over {school} met {mentor} vraagt u een nieuwe afspraak: die vervangt de vorige vanzelf."
            raise InvalidValueError(message)
    agreed = (*given.locks, *(() if previous is None else previous.locks))
    away = {*asked.withdrawn, *({} if previous is None else previous.withdrawn)}
    for lock in asked.locks:
        if lock.mentor not in away and any(_says_the_same(one, lock) for one in agreed):
            kind = "vast" if lock.kind == "required" else "verboden"
            raise InvalidValueError(f"{lock.school} met {lock.mentor} is al {kind}. {SO_ALREADY}")


def _refuse_no_withdrawal(one: str, reason: str, given: Round, previous: Plan | None, asked: Asked) -> None:
    """Raise InvalidValueError for a mentor who left already, or of whom the opposite is asked too."""
    before = {} if previous is None else previous.withdrawn
    if one in asked.back:
        raise InvalidValueError(f"Mentor {one} kan niet tegelijk uitvallen en terugkomen: kies er één.")
    if one in asked.activated:
        raise InvalidValueError(f"Mentor {one} kan niet tegelijk uitvallen en ingezet worden: kies er één.")
    if any(mentor.id == one and mentor.status == "withdrawn" for mentor in given.mentors):
        raise InvalidValueError(f"Mentor {one} staat in de gegevens al als uitgevallen. {SO_ALREADY}")
    if one in before and reason in ("", before[one]):
        raise InvalidValueError(f"Mentor {one} is in het vorige plan al uitgevallen. {SO_ALREADY}")


def _says_the_same(there: Lock, asked: Lock) -> bool:
    """Tell whether an agreement that is there says all that is asked: the pair, the kind, the reason, the override."""
    same = (there.school, there.mentor, there.kind) == (asked.school, asked.mentor, asked.kind)
    return same and asked.reason in ("", there.reason) and there.override >= asked.override


def _still_away(given: Round, previous: Plan | None, asked: Asked) -> dict[str, str]:
    """Give who left in the previous plan and is not back; whom only a row had left comes back by the row."""
    before = {} if previous is None else dict(previous.withdrawn)
    by_row = {one.id for one in given.mentors if one.status == "withdrawn"}
    for one in asked.back:
        if one in by_row:
            message = f"Mentor {one} staat in de gegevens als uitgevallen: zet de status daar weer op actief."
            raise InvalidValueError(message)
        if one not in before:
            message = f"Mentor {one} is niet uitgevallen in het vorige plan. {'' if previous else NOTHING_NOTED}"
            raise InvalidValueError(message.strip())
    known = {one.id for one in given.mentors} - by_row
    return {
        one: reason for one, reason in before.items() if one in known and one not in asked.back and reason != NO_REASON
    }


def _still_agreed(given: Round, previous: Plan | None, asked: Asked) -> tuple[Lock, ...]:
    """Give the agreements of the previous plan about pairs that are still there and of which nothing newer is said."""
    before = () if previous is None else (*previous.locks, *previous.resting)
    told = _pairs(given.locks)
    for school, mentor in asked.unlocked:
        if (school, mentor) in told:
            message = f"De afspraak over {school} met {mentor} staat in de gegevens: schrap ze daar."
            raise InvalidValueError(message)
        if (school, mentor) not in _pairs(before):
            message = f"Over {school} met {mentor} staat geen afspraak in het vorige plan."
            raise InvalidValueError(f"{message} {'' if previous else NOTHING_NOTED}".strip())
    schools, mentors = {one.id for one in given.schools}, {one.id for one in given.mentors}
    newer = told | _pairs(asked.locks) | set(asked.unlocked)
    return tuple(
        one
        for one in before
        if one.school in schools and one.mentor in mentors and (one.school, one.mentor) not in newer
    )


def _in_service(given: Round, previous: Plan | None, asked: Asked) -> tuple[str, ...]:
    reserves = {one.id for one in given.mentors if one.status == "reserve"}
    before = () if previous is None else previous.activated
    for one in asked.activated:
        if one not in reserves:
            raise InvalidValueError(f"Mentor {one} staat niet in reserve: alleen wie in reserve staat, wordt ingezet.")
    return tuple(sorted(reserves & {*before, *asked.activated}))


def _pairs(locks: Iterable[Lock]) -> set[tuple[str, str]]:
    return {(one.school, one.mentor) for one in locks}
