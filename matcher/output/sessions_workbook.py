"""What does a coordinator open in Excel for the learning network? `sessies.xlsx`: the year from every side."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.plan import GoalValue
from matcher.domain.season import THEMES, Season
from matcher.domain.year import Rung, Session, Year
from matcher.output.book import Book, Value, new_book
from matcher.output.meeting_matrix import meetings
from matcher.output.season_names import Directory
from matcher.output.sheet import fill_sheet
from matcher.sessions.goals import GOAL_NAMES

DAY: Final = "ddd dd/mm/yyyy"
STATUS_WORDS: Final = {
    "proven": "bewezen best",
    "feasible": "niet bewezen best",
    "conflict": "niet mogelijk",
    "unfinished": "niet afgewerkt",
}
HOST_WORDS: Final = {"school": "school", "company": "bedrijf", "other": "andere", "online": "online"}

Row = tuple[Value, ...]


def write_sessions_workbook(path: Path, season: Season, year: Year) -> None:
    """Write the year for people; Dutch headers, a sheet a view, no cell that a spreadsheet could run."""
    names = Directory.of(season)
    with new_book(path) as book:
        _sessions(book, names, year)
        _schools(book, names, season, year)
        _hosts(book, season, year)
        _attendance(book, names, year)
        _travel(book, names, season, year)
        _meetings(book, names, season, year)
        _outcome(book, year)


def _when(session: Session) -> tuple[dt.date, str]:
    return session.day, f"{session.start:%H.%M}-{session.end:%H.%M}"


def _theme(session: Session) -> str:
    return THEMES.get(session.theme or "", "")


def _sessions(book: Book, names: Directory, year: Year) -> None:
    columns = [("Ronde", 7), ("Dag", 16), ("Uur", 13), ("Locatie", 32), ("Adres", 36), ("Thema", 22)]
    columns += [("Aantal scholen", 9), ("Scholen", 60), ("Mentoren", 44), ("Verhinderde mentoren", 30), ("Waarom", 60)]
    rows = (
        (
            *(one.round, *_when(one), names.host(one.host), names.place(one.host), _theme(one), len(one.schools)),
            ", ".join(map(names.school, one.schools)),
            ", ".join(map(names.guide, one.mentors)),
            ", ".join(map(names.guide, one.absent_mentors)),
            " ".join(one.reasons),
        )
        for one in year.sessions
    )
    fill_sheet(book, "Per ronde", columns, rows, dates=DAY)


def _schools(book: Book, names: Directory, season: Season, year: Year) -> None:
    columns = [("Schoolnummer", 14), ("School", 40), ("Ronde", 7), ("Dag", 16), ("Uur", 13), ("Locatie", 32)]
    columns += [("Adres", 36), ("Minuten enkele rit", 9), ("Samen met", 60), ("Eigen mentoren aanwezig", 36)]
    rows = [row for one in season.participants for row in _rows_of_school(names, one.id, one.mentors, year)]
    fill_sheet(book, "Per school", columns, rows, dates=DAY)


def _rows_of_school(names: Directory, key: str, mentors: tuple[str, ...], year: Year) -> list[Row]:
    """Give a school's sessions and absences in the order of the rounds."""
    rows: list[Row] = []
    for one in year.sessions:
        if key in one.schools:
            others = ", ".join(names.school(other) for other in one.schools if other != key)
            present = ", ".join(names.guide(mentor) for mentor in mentors if mentor in one.mentors)
            minutes = one.minutes[one.schools.index(key)]
            online = key in one.online
            place = (names.host(one.host), one.link or "online" if online else names.place(one.host))
            rows.append((key, names.school(key), one.round, *_when(one), *place, minutes, others, present))
    for absence in (one for one in year.absences if one.school == key):
        reason = f"afwezig: {absence.reason}"
        rows.append((key, names.school(key), absence.round, None, "", reason, "", None, "", ""))
    return sorted(rows, key=lambda row: int(str(row[2])))


def _hosts(book: Book, season: Season, year: Year) -> None:
    columns = [("Locatie", 32), ("Soort", 10), ("Gemeente", 22), ("Plaats voor scholen", 12), ("Hoogstens", 10)]
    columns += [("Sessies", 9), ("Wanneer", 50), ("Scholen ontvangen", 12)]
    received: dict[str, list[Session]] = defaultdict(list)
    for session in year.sessions:
        received[session.host].append(session)
    rows = [
        (
            *(one.name, HOST_WORDS[one.kind], one.municipality, one.capacity, one.max_times, len(received[one.id])),
            ", ".join(f"ronde {session.round}: {session.day:%d/%m/%Y}" for session in received[one.id]),
            sum(len(session.schools) for session in received[one.id]),
        )
        for one in season.hosts
        if one.kind != "online" or received[one.id]
    ]
    fill_sheet(book, "Per locatie", columns, sorted(rows, key=lambda row: (-int(str(row[5])), str(row[0]))))


def _attendance(book: Book, names: Directory, year: Year) -> None:
    """Write a list to sign, a page a session."""
    columns = [("Ronde", 7), ("Dag", 16), ("Uur", 13), ("Locatie", 32), ("Wie", 44), ("Als", 20)]
    columns += [("Contact", 30), ("Handtekening", 34)]
    rows: list[Row] = []
    breaks: list[int] = []
    for session in year.sessions:
        head = (session.round, *_when(session), names.host(session.host))
        rows += [(*head, *person, "") for person in _people(names, session)]
        breaks.append(len(rows) + 1)
    sheet = fill_sheet(book, "Aanwezigheid", columns, rows, dates=DAY, height=24)
    sheet.set_h_pagebreaks(breaks[:-1])


def _people(names: Directory, session: Session) -> Iterator[tuple[str, str, str]]:
    for key in session.schools:
        school = names.schools.get(key)
        yield (
            names.school(key),
            "school (online)" if key in session.online else "school",
            school.contact if school else "",
        )
    for mentor in session.mentors:
        yield names.guide(mentor), "mentor", "komt buiten zijn uren" if mentor in session.beyond_hours else ""
    for mentor in session.absent_mentors:
        yield names.guide(mentor), "mentor (verhinderd)", ""


def _travel(book: Book, names: Directory, season: Season, year: Year) -> None:
    """Write minutes one way per school and round, the most travelled school first."""
    rounds = [one.number for one in season.rounds]
    minutes: dict[str, dict[int, int]] = defaultdict(dict)
    for session in year.sessions:
        for key, time in zip(session.schools, session.minutes, strict=True):
            minutes[key][session.round] = time
    columns = [("Schoolnummer", 14), ("School", 40), *((f"Ronde {one}", 10) for one in rounds), ("Samen", 10)]
    schools = [(one.id, minutes[one.id]) for one in season.participants]
    rows = [(key, names.school(key), *map(own.get, rounds), sum(own.values())) for key, own in schools]
    rows.sort(key=lambda row: (-int(str(row[-1])), str(row[0])))
    totals = [sum(own.get(number, 0) for _, own in schools) for number in rounds]
    fill_sheet(book, "Reistijd", columns, [*rows, ("", "Alle scholen", *totals, sum(totals))])


def _meetings(book: Book, names: Directory, season: Season, year: Year) -> None:
    """Write every two schools that meet, those that meet again first."""
    columns = [("School", 40), ("School", 40), ("Rondes", 14), ("Vroeger", 10), ("Samen", 10), ("Opnieuw", 10)]
    met, rows = meetings(year), list[Row]()
    for pair in sorted({*met, *season.history}):
        rounds, before = met.get(pair, ()), season.history.get(pair, 0)
        again = "ja" if rounds and len(rounds) + before > 1 else ""
        both = (names.school(pair[0]), names.school(pair[1]))
        rows.append((*both, ", ".join(map(str, rounds)), before, len(rounds) + before, again))
    fill_sheet(book, "Ontmoetingen", columns, sorted(rows, key=lambda row: (row[5] != "ja", -int(str(row[4])))))


def _outcome(book: Book, year: Year) -> None:
    rows: list[Row] = [("Uitkomst", STATUS_WORDS[year.status], "")]
    if year.conflict:
        rows.append(("Waarom niet", year.conflict.sentence, ""))
        rows += [("Uitweg", remedy, "") for remedy in year.conflict.remedies]
    for goal in year.goals:
        proof = "bewezen: beter kan niet" if goal.proven else f"niet bewezen; grens {_words(goal.bound)}"
        rows.append((f"Doel: {GOAL_NAMES.get(goal.name, goal.name)}", _words(goal.value), proof))
    for before, rung in zip((None, *year.ladder), year.ladder, strict=False):
        travel = f"{counted(rung.worst_minutes, 'minuut', 'minuten')} voor de verste school, {rung.total_minutes} samen"
        proof = "bewezen" if rung.proven else "niet bewezen"
        rows.append(
            (
                f"Met {counted(rung.repeats, 'herhaling', 'herhalingen')}",
                travel,
                proof if before is None else _saved(before, rung),
            )
        )
    rows += [("Opmerking", note, "") for note in year.notes]
    rows += [
        ("Reistijden", year.travel_source, "enkele rit"),
        ("Vingerafdruk van de gegevens", year.inputs_hash, "SHA-256"),
        *((f"Versie: {name}", version, "") for name, version in sorted(year.versions.items())),
    ]
    fill_sheet(book, "Uitkomst", (("Wat", 40), ("Waarde", 70), ("Uitleg", 44)), rows)


def _saved(before: Rung, after: Rung) -> str:
    """Say what each repeat more than on the rung before saves in travel."""
    worst, total = (f"{one:.1f}".replace(".", ",").replace("-", "−") for one in after.saved_since(before))
    return f"elke herhaling erbij spaart {worst} minuten voor de verste school, {total} samen"


def _words(value: GoalValue | None) -> str | int:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "onbekend" if value is None else value
