"""How is a plan told? A table, the open places, and in plain words what is proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import matcher
from service.terminal.printing import MOST_ROWS, say, say_table


def print_plan(
    given: matcher.Round, plan: matcher.Plan, free: Sequence[Mapping[str, Any]] = (), whole: str = "met --json"
) -> None:
    """Print a plan for people; `free` are the pairs with which it is as good, `whole` says where all of it is."""
    schools = {one.id: one for one in given.schools}
    mentors = {one.id: one for one in given.mentors}
    rows = []
    for pair in plan.pairs:
        school, mentor = schools[pair.school], mentors[pair.mentor]
        mark = " (vast)" if pair.locked else ""
        who = f"{mentor.name}{mark}"
        numbers = str(pair.points), str(pair.travel_minutes)
        rows.append((school.name, school.municipality, who, mentor.company, *numbers))
    say("")
    if rows:
        headers = ("School", "Gemeente", "Mentor", "Bedrijf", "Punten", "Min")
        say_table(headers, rows, right=("Punten", "Min"), whole=whole)
        say("", "Waarom:")
    else:
        say(matcher.nothing_words(given))
    for pair in plan.pairs[:MOST_ROWS]:
        say(f"  {schools[pair.school].name}, {mentors[pair.mentor].name}: {' '.join(pair.reasons)}")
    if plan.open_places:
        say("", "Open plaatsen:")
        for place in plan.open_places:
            count = "" if place.count == 1 else f" ({matcher.counted(place.count, 'plaats', 'plaatsen')})"
            say(f"  {schools[place.school].name}{count}: {place.reason}")
    if free:
        say("", "Inwisselbaar:", *(f"  {one['words']}" for one in free))
    say(
        "",
        *matcher.goal_lines(plan),
        f"Reistijden: {plan.travel_source}.",
        *plan.notes,
        "",
    )


def print_conflict(conflict: matcher.Conflict) -> None:
    """Print why no plan is possible and what can be done."""
    say("Er is geen plan mogelijk.", f"  {conflict.sentence}", "Wat kan:", *(f"  - {one}" for one in conflict.remedies))


def lock_lines(asked: matcher.Solved, price: matcher.LockPrice) -> list[str]:
    """Say what agreements cost together against the plan on the table and who moves, one line each."""
    told = f"{', en '.join(_lock_words(asked, one) for one in price.locks)}: {matcher.price_words(price)}."
    return [told, *_clash(price), *move_lines(asked, price)]


def new_lock_lines(asked: matcher.Solved, price: matcher.LockPrice) -> list[str]:
    """Say what an agreement costs against the plan that the same round gives without it, which is on no table."""
    if price.conflict is not None:
        return lock_lines(asked, price)
    cost = matcher.price_phrase(price.losses)
    return [f"{_lock_words(asked, price.lock)}: {cost}, tegenover dezelfde ronde zonder deze afspraak."]


def _lock_words(asked: matcher.Solved, lock: matcher.Lock) -> str:
    school, mentor = asked.facts.school[lock.school].name, asked.facts.mentor[lock.mentor].name
    return f"{mentor} bij {school} {'vastleggen' if lock.kind == 'required' else 'verbieden'}"


def _clash(price: matcher.LockPrice) -> list[str]:
    return [] if price.conflict is None else [f"    {price.conflict.sentence}"]


def move_lines(asked: matcher.Solved, price: matcher.LockPrice) -> list[str]:
    """Say who moves, one line a school."""
    return [f"    {matcher.move_words(asked.facts, move)}" for move in price.moves]
