"""Who meets whom in the learning network, in which round, and who meets again?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.season import Season
from matcher.domain.year import Year
from matcher.output.season_names import Directory
from matcher.output.svg import INK, LINE, READABLE, SHADES, SOFT_INK, TINTS, box, line, picture, shorten, words

WIDTH: Final = 1120.0
LABELS: Final = 304.0
TOP: Final = 78.0
LARGEST: Final = 30.0
ROOMY: Final = 22.0
"""From squares of this size on there are numbers in them, and at their heads."""
ONCE: Final = TINTS[3]
AGAIN: Final = SHADES[3]
BEFORE: Final = SHADES[1]


def meetings(year: Year) -> dict[tuple[str, str], tuple[int, ...]]:
    """Give the rounds in which two schools (ids in order) sit in one group."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for session in year.sessions:
        for pair in combinations(sorted(session.schools), 2):
            found[pair].append(session.round)
    return {pair: tuple(sorted(rounds)) for pair, rounds in sorted(found.items())}


def meeting_matrix(season: Season, year: Year) -> str:
    """Draw as SVG a square per two schools: the rounds in which they meet, and an accent where they met before."""
    schools = [one.id for one in season.participants]
    cell = min(LARGEST, (WIDTH - LABELS - 16) / max(1, len(schools)))
    side = cell * len(schools)
    met = meetings(year)
    again = sum(len(rounds) + season.history.get(pair, 0) > 1 for pair, rounds in met.items())
    possible = len(schools) * (len(schools) - 1) // 2
    story = (
        f"{len(met)} van de {counted(possible, 'paar', 'paren')} scholen ontmoeten elkaar, {again} "
        "daarvan meer dan eens."
    )
    marks = [
        words(16, 28, "Wie ontmoet wie", 18, font_weight="bold"),
        words(16, 48, story, 12, fill=SOFT_INK),
        *_names(season, schools, cell),
        *_grid(len(schools), cell, side),
        *_squares(season, met, {one: place for place, one in enumerate(schools)}, cell),
        *_legend(TOP + side + 26),
    ]
    return picture(WIDTH, TOP + side + 42, "Wie ontmoet wie", story, marks)


def _names(season: Season, schools: list[str], cell: float) -> Iterator[str]:
    names, size = Directory.of(season), READABLE
    if cell < size:
        yield words(16, TOP - 6, "Te veel scholen voor hun namen: wijs een vakje aan.", fill=SOFT_INK)
        return
    for place, key in enumerate(schools):
        y = TOP + (place + 0.5) * cell + size * 0.36
        label = shorten(names.school(key), LABELS - 44, size)
        label = shorten(season.participants[place].name, LABELS - 44, size) if label.endswith("…") else label
        yield words(LABELS - 28, y, label, size, text_anchor="end")
        yield words(LABELS - 6, y, str(place + 1), size, text_anchor="end", fill=SOFT_INK)
        x = LABELS + (place + 0.5) * cell
        if cell >= ROOMY:
            yield words(x, TOP - 6, str(place + 1), size, text_anchor="middle", fill=SOFT_INK)


def _grid(count: int, cell: float, side: float) -> Iterator[str]:
    for place in range(count + 1):
        yield line(LABELS, TOP + place * cell, LABELS + side, TOP + place * cell)
        yield line(LABELS + place * cell, TOP, LABELS + place * cell, TOP + side)
    for place in range(count):
        yield box(LABELS + place * cell, TOP + place * cell, cell, cell, fill=LINE)


def _squares(
    season: Season, met: Mapping[tuple[str, str], tuple[int, ...]], places: Mapping[str, int], cell: float
) -> Iterator[str]:
    names = Directory.of(season)
    for a, b in sorted({*met, *season.history}):
        if a not in places or b not in places:
            continue
        rounds, before = met.get((a, b), ()), season.history.get((a, b), 0)
        times = len(rounds) + before
        fill = AGAIN if rounds and times > 1 else ONCE if rounds else BEFORE
        text = " ".join(map(str, rounds)) + "·" * (before > 0)
        hint = f"{names.school(a)} en {names.school(b)}: {_in_words(rounds, before)}"
        for row, column in ((places[a], places[b]), (places[b], places[a])):
            yield from _square(row, column, cell, fill, (text, hint))


def _square(row: int, column: int, cell: float, fill: str, told: tuple[str, str]) -> Iterator[str]:
    text, hint = told
    x, y = LABELS + column * cell, TOP + row * cell
    yield box(x, y, cell, cell, hint, fill=fill, stroke=LINE, stroke_width=0.5)
    if cell >= ROOMY:
        short = text if len(text) * READABLE * 0.6 <= cell else "…"
        yield words(x + cell / 2, y + cell / 2 + READABLE * 0.36, short, READABLE, text_anchor="middle", fill=INK)


def _in_words(rounds: tuple[int, ...], before: int) -> str:
    now = f"ronde {' en '.join(map(str, rounds))}" if rounds else "niet dit jaar"
    return now + (f", vroeger al {before} keer" if before else "")


def _legend(y: float) -> Iterator[str]:
    labels = (
        (ONCE, "ontmoeten elkaar voor het eerst (het cijfer is de ronde)"),
        (AGAIN, "ontmoeten elkaar meer dan eens, vroegere jaren meegeteld"),
        (BEFORE, "ontmoetten elkaar enkel vroeger (·)"),
    )
    left = 16.0
    for fill, label in labels:
        yield box(left, y - 10, 14, 12, fill=fill, stroke=LINE, stroke_width=0.5)
        yield words(left + 20, y, label, fill=SOFT_INK)
        left += 44 + len(label) * 6.2
