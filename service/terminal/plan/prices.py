"""What does every possible pair cost? The cheapest for who reads, all for who goes on with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import matcher
from service.terminal.printing import MOST_ROWS, progress_bar, say, say_csv, say_json_rows, say_table

HEADERS = ("school", "mentor", "possible", "in_plan", "moves")


def print_all_prices(asked: matcher.Solved, *, as_json: bool, as_csv: bool) -> int:
    """Print the pairs that cost least, or every price as JSON or CSV, one by one; give the exit code."""
    if as_json:
        say_json_rows(asdict(one) for one in matcher.each_price(asked))
        return 0
    if as_csv:
        goals = ("places_filled", *asked.problem.goals)
        say_csv((*HEADERS, *goals), _lines(asked, goals))
        return 0
    with progress_bar("Prijzen"):
        found = matcher.cheapest_prices(asked, MOST_ROWS)
    school, mentor = asked.facts.school, asked.facts.mentor
    rows = [
        (school[one.school].name, mentor[one.mentor].name, matcher.loss_words(one.losses), str(one.moves))
        for one in found
    ]
    say_table(("School", "Mentor", "Verschil", "Verschuivingen"), rows, right=("Verschuivingen",))
    outside = asked.problem.pairs - int(asked.chosen.sum())
    if outside > MOST_ROWS:
        told = matcher.counted(outside, "koppel", "koppels")
        shown = f"Dit zijn de {matcher.counted(len(rows), 'koppel', 'koppels')} die het minst kosten"
        say(f"{shown}, van {told} buiten het plan. Alle: met --csv of --json.")
    return 0


def _lines(asked: matcher.Solved, goals: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    """Yield a line a pair; of the places what is lost on each level, with bars between."""
    return ((*_who(one), *(_cell(one.losses[name]) for name in goals)) for one in matcher.each_price(asked))


def _who(one: matcher.Price) -> tuple[object, ...]:
    return one.school, one.mentor, int(one.possible), int(one.in_plan), one.moves


def _cell(loss: matcher.GoalValue) -> object:
    return "|".join(map(str, loss)) if isinstance(loss, tuple) else loss
