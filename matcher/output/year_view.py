"""What does the year of the learning network look like on one page? Months, holidays, exams and sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.period import MONTHS, dutch_day
from matcher.domain.season import THEMES, Season, SessionRound
from matcher.domain.vocabulary import DAYS
from matcher.domain.year import Session, Year
from matcher.output.season_names import Directory
from matcher.output.svg import EDGES, LINE, PAPER, READABLE, SOFT_INK, TINTS, box, line, picture, shorten, words
from matcher.output.svg import SHADES as GROUNDS
from matcher.sessions.calendar import SATURDAY, exam_reason, free_reason

WIDTH: Final = 1120
LEFT: Final = 78
TOP: Final = 62
CELL: Final = 28.0
ROW: Final = 40.0
COLUMNS: Final = 37
MOST_LETTERS: Final = 3
"""So many letters fit the square of a day."""
LIST_COLUMNS: Final = 3
LIST_LINE: Final = 20
SHADES: Final = dict(zip(("weekend", "holiday", "exams"), GROUNDS, strict=False))


def year_view(season: Season, year: Year) -> str:
    """Draw the year as SVG: a row per month from September to June, and a list of sessions by round."""
    by_round = _by_round(year)
    numbers = {one.number: place for place, one in enumerate(season.rounds)}
    lists, height = _lists(season, by_round, numbers, TOP + 10 * ROW + 44)
    title = f"Lerend netwerk {season.school_year}-{season.school_year + 1}"
    story = (
        f"{counted(len(year.sessions), 'sessie', 'sessies')} in "
        f"{counted(len(by_round), 'ronde', 'rondes')} voor {counted(len(season.participants), 'school', 'scholen')}."
    )
    marks = [
        words(16, 28, title, 18, font_weight="bold"),
        words(WIDTH - 16, 28, story, 12, fill=SOFT_INK, text_anchor="end"),
        *_week_heads(),
        *(one for place in range(10) for one in _month(season, year, numbers, place)),
        *_legend(TOP + 10 * ROW + 18),
        *lists,
    ]
    return picture(WIDTH, height, title, story, marks)


def _by_round(year: Year) -> dict[int, list[Session]]:
    found: dict[int, list[Session]] = defaultdict(list)
    for session in year.sessions:
        found[session.round].append(session)
    return dict(sorted(found.items()))


def _week_heads() -> Iterator[str]:
    short = (*DAYS, "za", "zo")
    for column in range(COLUMNS):
        yield words(LEFT + (column + 0.5) * CELL, TOP - 6, short[column % 7], fill=SOFT_INK, text_anchor="middle")


def _month(season: Season, year: Year, numbers: dict[int, int], place: int) -> Iterator[str]:
    """Draw month number `place` of the school year, September being 0."""
    first = date(season.school_year + (place > 3), (place + 8) % 12 + 1, 1)  # noqa: PLR2004 - January is 4
    top = TOP + place * ROW
    yield words(16, top + 24, MONTHS[first.month - 1])
    sessions: dict[date, list[Session]] = defaultdict(list)
    for session in year.sessions:
        sessions[session.day].append(session)
    day = first
    while day.month == first.month:
        left = LEFT + (first.weekday() + day.day - 1) * CELL
        yield from _day(season, day, left, top)
        yield from _sessions(sessions[day], numbers, left, top)
        day += timedelta(days=1)


def _day(season: Season, day: date, left: float, top: float) -> Iterator[str]:
    reason, exams = free_reason(day, season.free), exam_reason(day, None)
    kind = "weekend" if day.weekday() >= SATURDAY else "holiday" if reason else "exams" if exams else ""
    hint = f"{dutch_day(day)}: {reason or exams}" if reason or exams else ""
    yield box(left, top, CELL, ROW - 4, hint, fill=SHADES.get(kind, PAPER), stroke=LINE, stroke_width=0.5)
    yield words(left + 3, top + 12, str(day.day), fill=SOFT_INK)


def _sessions(found: Sequence[Session], numbers: dict[int, int], left: float, top: float) -> Iterator[str]:
    """Draw one badge per round with a session on this day: the round, and how many groups meet."""
    rounds = sorted({one.round for one in found})
    height = 19.0 / max(1, len(rounds))
    for place, number in enumerate(rounds):
        groups = sum(one.round == number for one in found)
        hue = numbers.get(number, 0) % len(TINTS)
        y = top + 16 + place * height
        hint = f"ronde {number}: {groups} {'groep' if groups == 1 else 'groepen'}"
        yield box(left + 2, y, CELL - 4, height, hint, fill=TINTS[hue], stroke=EDGES[hue], stroke_width=1, rx=3)
        text = f"{number}×{groups}" if groups > 1 else f"R{number}"
        if len(rounds) == 1 and len(text) <= MOST_LETTERS:
            middle = y + height / 2 + READABLE * 0.36
            yield words(left + CELL / 2, middle, text, READABLE, text_anchor="middle", font_weight="bold")


def _legend(y: float) -> Iterator[str]:
    labels = (("weekend", "weekend"), ("holiday", "vakantie of vrije dag"), ("exams", "gewone examenweken"))
    left = float(LEFT)
    for kind, label in labels:
        yield box(left, y - 10, 14, 12, fill=SHADES[kind], stroke=LINE, stroke_width=0.5)
        yield words(left + 20, y, label, fill=SOFT_INK)
        left += 40 + len(label) * 7
    yield words(left, y, "R1 = een groep van ronde 1, 1×3 = drie groepen op die dag", fill=SOFT_INK)


def _lists(
    season: Season, by_round: dict[int, list[Session]], numbers: dict[int, int], top: float
) -> tuple[list[str], float]:
    """List the sessions of each round in columns; give the marks and the height that the page needs."""
    names, rounds = Directory.of(season), {one.number: one for one in season.rounds}
    wide = (WIDTH - 32) / LIST_COLUMNS
    marks: list[str] = []
    items = list(by_round.items())
    for start in range(0, len(items), LIST_COLUMNS):
        band = items[start : start + LIST_COLUMNS]
        for column, (number, sessions) in enumerate(band):
            left = 16 + column * wide
            marks += _list_of_round(names, rounds.get(number), sessions, numbers.get(number, 0), (left, top, wide - 14))
        top += (max(len(sessions) for _, sessions in band) + 2) * LIST_LINE
    return marks, top + 4


def _list_of_round(
    names: Directory,
    given: SessionRound | None,
    sessions: Sequence[Session],
    place: int,
    room: tuple[float, float, float],
) -> Iterator[str]:
    left, top, wide = room
    theme = THEMES.get(given.theme or "", "") if given else ""
    hue = place % len(TINTS)
    yield box(left, top - 13, wide, LIST_LINE, fill=TINTS[hue], rx=3)
    head = f"Ronde {sessions[0].round}{f': {theme}' if theme else ''}"
    yield words(left + 6, top + 1, shorten(head, wide, 12), 12, font_weight="bold")
    for number, session in enumerate(sessions, 1):
        y = top + number * LIST_LINE + 2
        when = f"{DAYS[session.day.weekday()]} {session.day:%d/%m} {session.start:%H.%M}"
        count = counted(len(session.schools), "school", "scholen")
        yield words(left + 6, y, when)
        yield words(left + 108, y, shorten(names.host(session.host), wide - 108 - 70, 12))
        yield words(left + wide - 4, y, count, fill=SOFT_INK, text_anchor="end")
        yield line(left, y + 5, left + wide, y + 5)
