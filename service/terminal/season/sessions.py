"""From a published plan to a year of sessions: `sessions`."""

from __future__ import annotations

import hashlib
import time
from argparse import Namespace, _SubParsersAction
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import matcher
from service.terminal.argparse_dutch import DutchParser, does_nothing
from service.terminal.exit_codes import EXIT_CONFLICT, EXIT_INPUT, EXIT_NO_PLAN
from service.terminal.files import read_plan, read_season_beside, read_year, write_text
from service.terminal.interrupt import stop_on_interrupt
from service.terminal.plan.given import load
from service.terminal.printing import progress_bar, say, say_error, say_findings, say_json
from service.terminal.season.sizes import resized, rounds_of, without_hosts
from service.terminal.season.words import print_conflict, print_year
from service.terminal.values import add_seconds, read_count, read_day, read_seed, read_sender, today

YEAR_FILE, SEASON_FILE, KEPT_FILE = "sessies.json", "seizoen.json", "sessies.vorig.json"
LADDER_PART = 0.4
"""Of the time, where a ladder is asked too."""

LADDER_CUT = "De tijd was op voor alle herhalingen geprijsd waren. Geef met --seconds meer tijd voor de hele ladder."

MOST_WRITING = 2.0
"""Seconds kept at most for writing, where the planning did not keep them."""

FIRST_MONTH = 8
"""From August on a season is planned for the school year that starts."""

FIRST_YEAR, LAST_YEAR = 2001, 2099
"""School years for which the rules of the calendar hold: those of the decree of 2001."""


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command to the command line."""
    one = commands.add_parser("sessions", help="plan de sessies van het lerend netwerk voor een heel jaar")
    one.add_argument("cohort", metavar="COHORTE", type=Path, help="map of werkmap met scholen en mentoren")
    one.add_argument("--plan", metavar="PLAN", type=Path, required=True, help="plan.json met de koppels")
    one.add_argument("--out", metavar="MAP", type=Path, required=True, help="map waarin de sessies komen")
    one.add_argument("--policy", metavar="BESTAND", type=Path, help="beleid.toml")
    one.add_argument("--rounds", metavar="AANTAL", type=read_count, default=3, help="aantal rondes (standaard 3)")
    one.add_argument("--group-size", metavar="AANTAL", type=int, help="scholen per groep (standaard 6 tot 7)")
    one.add_argument(
        "--plenary", metavar="RONDE", type=int, action="append", default=[], help="ronde met alle scholen (mag vaker)"
    )
    margin = "hoeveel %% de verste school meer mag reizen als dat alle scholen samen reistijd spaart"
    margin += " (standaard %(default)s)"
    one.add_argument("--travel-margin", metavar="PROCENT", type=int, default=matcher.TRAVEL_MARGIN, help=margin)
    one.add_argument("--travel-first", action="store_true", help="minder reizen gaat voor vaker mengen")
    one.add_argument("--school-year", metavar="JAAR", type=int, help="jaar waarin het schooljaar begint")
    one.add_argument("--locations", metavar="BESTAND", type=Path, help="locaties.csv (standaard die in de cohorte)")
    one.add_argument("--blackouts", metavar="BESTAND", type=Path, help="blokkeringen.csv (standaard die in de cohorte)")
    words = "seizoen.toml met vensters, thema's, vaste sessies, afwezigen (standaard die in de cohorte)"
    one.add_argument("--season", metavar="BESTAND", type=Path, help=words)
    one.add_argument("--previous", metavar="BESTAND", type=Path, help="sessies.json dat al verstuurd is")
    one.add_argument(
        "--host-out", metavar="LOCATIE", action="append", default=[], help="gastheer die uitvalt (mag vaker)"
    )
    words = "wat voor deze dag lag, is geweest; er wordt niets meer gepland (standaard vandaag)"
    one.add_argument("--today", metavar="DATUM", type=read_day, help=words)
    words = "afzender, als «Naam <adres>»: schrijf ook uitnodigingen en afzeggingen om te mailen"
    one.add_argument("--organizer", metavar="AFZENDER", type=read_sender, help=words)
    one.add_argument("--ladder", action="store_true", help="toon wat elke herhaalde ontmoeting aan reistijd spaart")
    add_seconds(one)
    one.add_argument("--seed", metavar="GETAL", type=read_seed, default=0, help="startgetal van de zoektocht")
    one.add_argument("--json", action="store_true", help="druk het jaar af als JSON")
    one.set_defaults(run=run_sessions)


def run_sessions(options: Namespace) -> int:
    """Read, plan, check, write and print, all of it within the seconds that are asked."""
    began = time.monotonic()
    cohort = load(options.cohort, options.policy)
    season = _season(cohort.given, options) if cohort.given is not None else None
    if season is None:
        return EXIT_INPUT
    with progress_bar("Sessies") as progress, stop_on_interrupt() as stop:
        left = options.seconds - (time.monotonic() - began)
        part = 1 - LADDER_PART if options.ladder else 1
        year = matcher.plan_year(season, progress=progress, stop=stop, seconds=part * left)
        if options.ladder and year.sessions:
            until = began + options.seconds - min(MOST_WRITING, LADDER_PART * left / 2)
            ladder = matcher.sessions_ladder(season, progress=progress, stop=lambda: stop() or time.monotonic() > until)
            year = replace(year, ladder=ladder)
            if time.monotonic() > until:
                say_error(LADDER_CUT)
    return _deliver(season, year, options)


def _season(given: matcher.Round, options: Namespace) -> matcher.Season | None:
    """Put cohort, places, blackouts and options together; None where a file has errors."""
    year = _checked_year(given, options)
    hosts: tuple[matcher.Host, ...] = ()
    findings: list[matcher.Finding] = []
    content = _beside(options.cohort, options.locations, "locaties.csv", "Locaties")
    if content is not None:
        hosts, findings = matcher.read_locations(given, content)
    plan = read_plan(options.plan)
    blackouts = None
    content = _beside(options.cohort, options.blackouts, "blokkeringen.csv", "Blokkeringen")
    if content is not None:
        blackouts, more = matcher.read_blackouts(given, hosts, content, year)
        # A place whose own row is wrong is not unknown: only its row is told.
        wrong = any(one.severity == "error" for one in findings)
        findings = [*findings, *(one for one in more if not (wrong and one.code == "unknown_host"))]
    say_findings([one for one in findings if one.severity != "note"])
    if any(one.severity == "error" for one in findings):
        return None
    previous, before = sent = _published(options, year)
    day = _today(options, year, again=previous is not None)
    season = matcher.make_season(
        given,
        plan,
        hosts,
        blackouts,
        before=before,
        id=previous.season if previous else _season_id(given, year),
        school_year=year,
        rounds=rounds_of(len(given.schools), year, options, day, sent),
        first="travel" if options.travel_first else "mixing",
        travel_margin=options.travel_margin,
        previous=previous,
        today=day,
        stamp=datetime.now(UTC).replace(microsecond=0),
        seed=options.seed,
    )
    season, missing = matcher.season_with_roads_beside(season, options.cohort)
    say_findings(missing)
    return _with_options(_with_file(season, options), before, options)


def _with_options(
    season: matcher.Season | None, before: matcher.Season | None, options: Namespace
) -> matcher.Season | None:
    """Size the rounds for those who are present, and take away the hosts that drop out."""
    if season is None:
        return None
    rounds = tuple(resized(season, before, one, options.group_size) for one in season.rounds)
    sized = replace(season, rounds=rounds, hosts=without_hosts(season, options.host_out))
    return matcher.with_online_places(sized)


def _checked_year(given: matcher.Round, options: Namespace) -> int:
    """Give the school year; raise InvalidValueError for numbers that no year of this cohort can have."""
    year: int = options.school_year or _school_year(options.today or today())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise matcher.InvalidValueError(f"--school-year: kies een jaar van {FIRST_YEAR} tot {LAST_YEAR}, niet {year}.")
    size, schools = options.group_size, len(given.schools)
    if not schools:
        raise matcher.InvalidValueError("Er zijn geen scholen. Vul scholen.csv aan.")
    if size is not None and not 1 <= size <= schools:
        raise matcher.InvalidValueError(f"--group-size: kies een groepsgrootte van 1 tot {schools}, niet {size}.")
    if size is not None and {*range(1, options.rounds + 1)} <= {*options.plenary}:
        raise does_nothing("--group-size", "Alle rondes zijn met alle scholen samen.")
    wrong = [one for one in options.plenary if not 1 <= one <= options.rounds]
    if wrong:
        raise matcher.InvalidValueError(f"--plenary: ronde {wrong[0]} is er niet; kies uit 1 tot {options.rounds}.")
    return year


def _today(options: Namespace, school_year: int, *, again: bool) -> date | None:
    """Give the day before which nothing is planned any more; None for a school year that is looked back on."""
    if options.today is not None:
        return options.today  # type: ignore[no-any-return]
    return today() if again else matcher.first_session_day(today(), school_year)


def _season_id(given: matcher.Round, year: int) -> str:
    """Name a season so that it stays the same from run to run and two cohorts never share an event."""
    schools = "\n".join(sorted(one.id for one in given.schools))
    return f"in2stem-{year}-{hashlib.sha256(schools.encode()).hexdigest()[:8]}"


def _published(options: Namespace, school_year: int) -> tuple[matcher.Year | None, matcher.Season | None]:
    """Read the year that was sent and, where it stands beside, the season that it was made from."""
    if options.previous is None:
        return None, None
    year = read_year(options.previous)
    first, last = date(school_year, 9, 1), date(school_year + 1, 8, 31)
    if year.sessions and not any(first <= one.day <= last for one in year.sessions):
        raise matcher.InvalidValueError(
            f"{options.previous} is van een ander schooljaar dan {school_year}-{school_year + 1}. "
            "Noem het in seizoen.toml onder eerdere_jaren, of geef het jaar met --school-year."
        )
    if not (options.previous.parent / SEASON_FILE).is_file():
        return year, None
    before = read_season_beside(options.previous)
    return year, before if before.id == year.season else None


def _with_file(season: matcher.Season, options: Namespace) -> matcher.Season | None:
    """Add what the season file asks, if there is one; None where it has errors."""
    book = None if options.season is not None else matcher.book_with_sheet(options.cohort, "Seizoen")
    if book is not None:
        season, findings = matcher.with_season_sheet(season, book.read_bytes(), book.name)
        say_findings([one for one in findings if one.severity != "note"])
        if any(one.severity == "error" for one in findings):
            return None
    content = _beside(options.cohort, options.season, "seizoen.toml")
    if content is None:
        return season
    folder = options.season.parent if options.season is not None else options.cohort

    def opener(name: str) -> bytes | None:
        return (folder / name).read_bytes() if (folder / name).is_file() else None

    name = "seizoen.toml" if options.season is None else options.season.name
    asked, findings = matcher.with_season_file(season, content, opener, name)
    say_findings([one for one in findings if one.severity != "note"])
    if any(one.severity == "error" for one in findings):
        return None
    fault = next((fault for pin in asked.pins if (fault := matcher.pin_fault(asked, pin))), None)
    if fault is not None:
        raise matcher.InvalidValueError(f"{name}: {fault}")
    return asked


def _school_year(today: date) -> int:
    return today.year if today.month >= FIRST_MONTH else today.year - 1


def _beside(cohort: Path, named: Path | None, name: str, sheet: str = "") -> bytes | None:
    """Read a named file, else the one in the cohort's folder, else the workbook that has the sheet; None for none."""
    path = named or cohort / name
    if named is not None or path.is_file():
        return path.read_bytes()
    book = matcher.book_with_sheet(cohort, sheet) if sheet else None
    return None if book is None else book.read_bytes()


def _deliver(season: matcher.Season, year: matcher.Year, options: Namespace) -> int:
    document = matcher.year_to_document(year)
    kept = _kept(options, year)
    writers = _writers(season, year, options, matcher.dumps(document)) | kept
    written = matcher.write_together(options.out, writers) if writers else ()
    if options.json:
        say_json(document)
    elif year.conflict is not None:
        print_conflict(year.conflict)
    elif not year.sessions:
        say("Gestopt voor er een jaar was. Geef meer tijd met --seconds.")
    else:
        print_year(season, year)
        say(
            f"Geschreven in {options.out}: {matcher.counted(len(written), 'bestand', 'bestanden')}, "
            f"waaronder {YEAR_FILE} en sessies.xlsx."
        )
    if kept and not options.json:
        say(f"Het jaar dat er stond, is nu {KEPT_FILE}. Was het al verstuurd? Herstel het dan met --previous.")
    if not writers and not options.json:
        say(f"Het jaar in {options.out / YEAR_FILE} blijft staan zoals het was.")
    return EXIT_CONFLICT if year.conflict is not None else 0 if year.sessions else EXIT_NO_PLAN


def _kept(options: Namespace, year: matcher.Year) -> dict[str, Callable[[Path], object]]:
    """Give what keeps the year that stands there, where this one takes its place without repairing it."""
    there = options.out / YEAR_FILE
    if not year.sessions or options.previous is not None or not _holds_sessions(there):
        return {}
    old = there.read_bytes()
    return {KEPT_FILE: lambda path: path.write_bytes(old)}


def _writers(
    season: matcher.Season, year: matcher.Year, options: Namespace, text: str
) -> dict[str, Callable[[Path], object]]:
    """Give what writes each file; nothing where there is no year and one already stands there."""
    writers: dict[str, Callable[[Path], object]] = {YEAR_FILE: lambda path: write_text(path, text)}
    if not year.sessions:
        return {} if _holds_sessions(options.out / YEAR_FILE) else writers
    faults = matcher.check_year(season, year)
    if faults:
        raise AssertionError(f"het jaar kwam niet door de controle: {faults[0]}")
    beside = matcher.dumps(matcher.season_to_document(season))
    writers |= {
        SEASON_FILE: lambda path: write_text(path, beside),
        "sessies.xlsx": lambda path: matcher.write_sessions_workbook(path, season, year),
        "jaar.svg": lambda path: write_text(path, matcher.year_view(season, year)),
        "ontmoetingen.svg": lambda path: write_text(path, matcher.meeting_matrix(season, year)),
    }
    for name, content in matcher.feeds(season, year, sender=options.organizer).items():
        place = name if "/" in name else f"kalenders/{name}"
        writers[place] = lambda path, content=content: path.write_bytes(content)  # type: ignore[misc]
    return writers


def _holds_sessions(path: Path) -> bool:
    """Tell whether a year lies there that may have been sent already."""
    try:
        return path.is_file() and bool(read_year(path).sessions)
    except matcher.In2StemError:
        return False
