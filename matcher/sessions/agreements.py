"""What was agreed about two schools, and does a year hold it? Counted from the sessions, without a solver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.criteria.wording import listed
from matcher.domain.agreement import Agreement
from matcher.domain.season import Season
from matcher.domain.year import Session
from matcher.sessions.groups import absences_of, held_sessions


def agreement_text(season: Season, one: Agreement) -> str:
    """Say what is agreed, with the reason: the start of a sentence, without its full stop."""
    names = {school.id: school.name for school in season.participants}
    both = " en ".join(names[school] for school in one.schools)
    what = "moeten elkaar ontmoeten" if one.kind == "meet" else "zitten nooit samen in een groep"
    return f"{both} {what}{f' ({one.reason})' if one.reason else ''}"


def meetings_of(season: Season, one: Agreement, sessions: Sequence[Session]) -> list[Session]:
    """List the sessions in which both schools sit; a plenary is no meeting of two."""
    plenary = {each.number for each in season.rounds if each.plenary}
    return [each for each in sessions if each.round not in plenary and set(one.schools) <= set(each.schools)]


def agreement_words(season: Season, sessions: Sequence[Session]) -> list[str]:
    """Say of every agreement in which rounds the schools meet."""
    return [
        f"{agreement_text(season, one)}: {_outcome([each.round for each in meetings_of(season, one, sessions)])}."
        for one in season.agreements
    ]


def _outcome(rounds: Sequence[int]) -> str:
    if not rounds:
        return "ze zien elkaar in geen enkele groep"
    when = f"ronde {rounds[0]}" if len(rounds) == 1 else f"de rondes {listed([str(one) for one in rounds])}"
    return f"ze zien elkaar in {when}"


def broken_agreements(season: Season, sessions: Sequence[Session]) -> Iterator[str]:
    """Name every agreement that the sessions break; what has been held breaks none."""
    held = {(one.round, one.schools) for one in held_sessions(season)}
    for one in season.agreements:
        met = meetings_of(season, one, sessions)
        if one.kind == "meet" and not met:
            yield f"{agreement_text(season, one)}: dat gebeurt niet."
        for each in met if one.kind == "apart" else ():
            if (each.round, each.schools) not in held:
                yield f"Ronde {each.round}, {each.host}: {agreement_text(season, one)}."


def can_meet(season: Season, one: Agreement) -> bool:
    """Tell whether two schools met in a session that was held, or are both free for a group in some round."""
    held = held_sessions(season)
    if meetings_of(season, one, held):
        return True
    gone = {(each.school, each.round) for each in absences_of(season)}
    gone |= {(school, each.round) for each in held for school in each.schools}
    rounds = [each.number for each in season.rounds if not each.plenary]
    return any(all((school, number) not in gone for school in one.schools) for number in rounds)
