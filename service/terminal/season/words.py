"""How is a year of sessions told on a terminal? What is certain first, then dates, what they reach, what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import matcher
from service.terminal.printing import say, say_table


def print_conflict(conflict: matcher.Conflict) -> None:
    """Say why there is no year, and the ways out."""
    say("Er is geen jaar mogelijk.", f"  {conflict.sentence}", "Wat kan:")
    say(*(f"  - {one}" for one in conflict.remedies))


def print_year(season: matcher.Season, year: matcher.Year) -> None:
    """Tell a year: what is certain comes before the dates."""
    hosts = {one.id: one.name for one in season.hosts}
    say(*year.notes)
    rows: list[tuple[str, ...]] = []
    for one in year.sessions:
        when = f"{one.day:%d/%m/%Y}", one.half_day
        rows.append((str(one.round), *when, hosts[one.host], str(len(one.schools)), str(max(one.minutes))))
    headers = ("Ronde", "Datum", "Halve dag", "Bij", "Scholen", "Verste (min)")
    say_table(headers, rows, right=("Ronde", "Scholen", "Verste (min)"))
    schools = {one.id: one.name for one in season.participants}
    say(*(f"Afwezig in ronde {one.round}: {schools[one.school]} ({one.reason})." for one in year.absences))
    goals = [(matcher.session_goal_name(one.name), str(one.value), _proof(one)) for one in year.goals]
    say_table(("Doel", "Waarde", "Bewijs"), goals, right=("Waarde",))
    say(*_ladder(year), *_changed(season, year, hosts))


def _proof(goal: matcher.Goal) -> str:
    if goal.proven:
        return "bewezen"
    if not (isinstance(goal.bound, int) and isinstance(goal.value, int)):
        return "niet bewezen"
    return f"kan niet {'onder' if goal.bound < goal.value else 'boven'} {goal.bound}"


def _ladder(year: matcher.Year) -> Iterator[str]:
    """Tell the rungs from never twice to nearby, and what each repeat more saves."""
    for one, saved in zip(year.ladder, _saved(year), strict=True):
        count = matcher.counted(one.repeats, "herhaling", "herhalingen")
        message = (
            f"{count}: verste school {matcher.counted(one.worst_minutes, 'minuut', 'minuten')}, "
            f"samen {one.total_minutes}"
        )
        yield f"{message}{saved}."


def _saved(year: matcher.Year) -> list[str]:
    """Say per rung what each repeat beyond the rung before saves, the first one nothing."""
    found = [""] if year.ladder else []
    for before, after in pairwise(year.ladder):
        worst, total = after.saved_since(before)
        found.append(f"; elke herhaling erbij spaart {_minutes(worst)} minuten voor de verste, {_minutes(total)} samen")
    return found


def _minutes(number: float) -> str:
    return f"{number:.1f}".replace(".", ",").replace("-", "−")


def _changed(season: matcher.Season, year: matcher.Year, hosts: Mapping[str, str]) -> Iterator[str]:
    """Tell what a rerun did to the sessions that were sent: moved, with others, new, gone."""
    if season.previous is None:
        return
    names = {one.id: one.name for one in season.participants} | {one.id: one.name for one in season.guides}
    for one in matcher.session_changes(season.previous, year):
        number = one.session.round
        if one.before is None:
            yield f"Nieuw in ronde {number}: {_place(one.session, hosts)}."
        elif one.after is None:
            yield f"Geschrapt in ronde {number}: {_place(one.before, hosts)}."
        else:
            where = f" wordt {_place(one.after, hosts)}" if one.moves else ""
            yield f"Gewijzigd in ronde {number}: {_place(one.before, hosts)}{where}{_whom(one, names)}."


def _whom(one: matcher.SessionChange, names: Mapping[str, str]) -> str:
    """Say who is invited no longer or as well, and what else becomes otherwise."""
    parts = [
        (", zonder ", [*one.schools_out, *one.mentors_out]),
        (", met ", [*one.schools_in, *one.mentors_in]),
    ]
    told = "".join(words + " en ".join(names.get(key, key) for key in keys) for words, keys in parts if keys)
    told += ", met een ander thema" if one.theme_changes else ""
    return told + (", andere mentoren kunnen komen" if one.presence_changes else "")


def _place(one: matcher.Session, hosts: Mapping[str, str]) -> str:
    return f"{hosts.get(one.host, one.host)} op {one.day:%d/%m/%Y} ({one.half_day})"
