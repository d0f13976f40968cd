"""From a published plan to a year of sessions: `sessions`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import matcher
from service.commands.cohort import EXIT_CONFLICT, EXIT_INPUT, EXIT_NO_PLAN, load, stop_on_interrupt
from service.commands.files import read_plan, read_year, write_text
from service.printing import progress_bar, say, say_findings, say_json, say_table

if TYPE_CHECKING:
    from argparse import Namespace, _SubParsersAction
    from collections.abc import Callable

    from matcher import Host, Round, Season, Year
    from service.dutch import DutchParser

YEAR_FILE, SEASON_FILE = "sessies.json", "seizoen.json"
FIRST_MONTH = 8
"""From August on a season is planned for the school year that starts."""


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command to the command line."""
    one = commands.add_parser("sessions", help="plan de sessies van het lerend netwerk voor een heel jaar")
    one.add_argument("cohort", metavar="COHORTE", type=Path, help="map of werkmap met scholen en mentoren")
    one.add_argument("--plan", metavar="PLAN", type=Path, required=True, help="plan.json met de koppels")
    one.add_argument("--out", metavar="MAP", type=Path, required=True, help="map waarin de sessies komen")
    one.add_argument("--policy", metavar="BESTAND", type=Path, help="beleid.toml")
    one.add_argument("--rounds", metavar="AANTAL", type=int, default=3, help="aantal rondes (standaard 3)")
    one.add_argument("--group-size", metavar="AANTAL", type=int, help="scholen per groep (standaard 6 tot 7)")
    one.add_argument("--plenary", metavar="RONDE", type=int, action="append", default=[], help="ronde met alle scholen")
    margin = "hoeveel %% de verste school meer mag reizen als dat alle scholen samen reistijd spaart (standaard 18)"
    one.add_argument("--travel-margin", metavar="PROCENT", type=int, default=18, help=margin)
    one.add_argument("--travel-first", action="store_true", help="minder reizen gaat voor vaker mengen")
    one.add_argument("--school-year", metavar="JAAR", type=int, help="jaar waarin het schooljaar begint")
    one.add_argument("--locations", metavar="BESTAND", type=Path, help="locaties.csv (standaard die in de cohorte)")
    one.add_argument("--blackouts", metavar="BESTAND", type=Path, help="blokkeringen.csv (standaard die in de cohorte)")
    words = "seizoen.toml met vensters, thema's, vaste sessies, afwezigen (standaard die in de cohorte)"
    one.add_argument("--season", metavar="BESTAND", type=Path, help=words)
    one.add_argument("--previous", metavar="BESTAND", type=Path, help="sessies.json dat al verstuurd is")
    one.add_argument("--host-out", metavar="LOCATIE", action="append", default=[], help="gastheer die uitvalt")
    one.add_argument("--today", metavar="DATUM", type=date.fromisoformat, help="sessies voor deze dag zijn geweest")
    one.add_argument("--ladder", action="store_true", help="toon wat elke herhaalde ontmoeting aan reistijd spaart")
    one.add_argument("--seconds", metavar="AANTAL", type=float, default=60, help="langste rekentijd (standaard 60)")
    one.add_argument("--seed", metavar="GETAL", type=int, default=0, help="startgetal van de zoektocht")
    one.add_argument("--json", action="store_true", help="druk het jaar af als JSON")
    one.set_defaults(run=run_sessions)


def run_sessions(options: Namespace) -> int:
    """Read, plan, check, write and print."""
    cohort = load(options.cohort, options.policy)
    season = _season(cohort.given, options) if cohort.given is not None else None
    if season is None:
        return EXIT_INPUT
    with progress_bar("Sessies") as progress, stop_on_interrupt() as stop:
        year = matcher.plan_year(season, progress=progress, stop=stop, seconds=options.seconds)
        if options.ladder and year.sessions:
            year = replace(year, ladder=matcher.sessions_ladder(season, progress=progress, stop=stop))
    return _deliver(season, year, options)


def _season(given: Round, options: Namespace) -> Season | None:
    """Put cohort, places, blackouts and options together; None where a file has errors."""
    year = options.school_year or _school_year(options.today or datetime.now(UTC).date())
    hosts: tuple[Host, ...] = ()
    findings: list[matcher.Finding] = []
    content = _beside(options.cohort, options.locations, "locaties.csv")
    if content is not None:
        hosts, findings = matcher.read_locations(given, content)
    plan = read_plan(options.plan)
    blackouts = None
    content = _beside(options.cohort, options.blackouts, "blokkeringen.csv")
    if content is not None:
        blackouts, more = matcher.read_blackouts(given, hosts, content, year)
        # A place whose own row is wrong is not unknown: only its row is told.
        wrong = any(one.severity == "error" for one in findings)
        findings = [*findings, *(one for one in more if not (wrong and one.code == "unknown_host"))]
    say_findings([one for one in findings if one.severity != "note"])
    if any(one.severity == "error" for one in findings):
        return None
    previous = read_year(options.previous) if options.previous is not None else None
    season = matcher.make_season(
        given,
        plan,
        hosts,
        blackouts,
        id=previous.season if previous else f"in2stem-{year}",
        school_year=year,
        rounds=_rounds(len(given.schools), year, options),
        first="travel" if options.travel_first else "mixing",
        travel_margin=options.travel_margin,
        previous=previous,
        today=options.today,
        stamp=datetime.now(UTC).replace(microsecond=0),
        seed=options.seed,
    )
    asked = _with_file(season, options)
    return None if asked is None else replace(asked, hosts=_without_hosts(asked.hosts, options.host_out))


def _with_file(season: Season, options: Namespace) -> Season | None:
    """Add what the season file asks, if there is one; None where it has errors."""
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
    return replace(asked, rounds=tuple(_resized(asked, one, options.group_size) for one in asked.rounds))


def _resized(season: Season, one: matcher.SessionRound, size: int | None) -> matcher.SessionRound:
    """Give a round with absent schools the group sizes nearest to the wish in which those present fit."""
    away = sum(absence.round == one.number for absence in season.absences)
    present = len(season.participants) - away
    if not away or present < 1:
        return one
    smallest, largest = matcher.group_sizes(present, size) if size else matcher.group_sizes(present)
    return replace(one, smallest=smallest, largest=largest)


def _school_year(today: date) -> int:
    return today.year if today.month >= FIRST_MONTH else today.year - 1


def _beside(cohort: Path, named: Path | None, name: str) -> bytes | None:
    """Read a named file, else the one that lies in the cohort's folder, if any."""
    path = named or cohort / name
    return path.read_bytes() if named is not None or path.is_file() else None


def _rounds(schools: int, year: int, options: Namespace) -> tuple[matcher.SessionRound, ...]:
    sizes = matcher.group_sizes(schools, options.group_size) if options.group_size else matcher.group_sizes(schools)
    rounds = matcher.default_rounds(year, options.rounds, *sizes)
    return tuple(replace(one, plenary=one.number in options.plenary) for one in rounds)


def _without_hosts(hosts: tuple[Host, ...], gone: list[str]) -> tuple[Host, ...]:
    unknown = [key for key in gone if key not in {one.id for one in hosts}]
    if unknown:
        raise matcher.InvalidValueError(f"Locatie {unknown[0]} is niet gekend.")
    return tuple(replace(one, max_times=0) if one.id in gone else one for one in hosts)


def _deliver(season: Season, year: Year, options: Namespace) -> int:
    document = matcher.year_to_document(year)
    text = matcher.dumps(document)
    writers: dict[str, Callable[[Path], object]] = {YEAR_FILE: lambda path: write_text(path, text)}
    if year.sessions:
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
        for name, content in matcher.feeds(season, year).items():
            writers[f"kalenders/{name}"] = lambda path, content=content: path.write_bytes(content)  # type: ignore[misc]
    written = matcher.write_together(options.out, writers)
    if options.json:
        say_json(document)
    elif year.conflict is not None:
        say("Er is geen jaar mogelijk.", f"  {year.conflict.sentence}", "Wat kan:")
        say(*(f"  - {one}" for one in year.conflict.remedies))
    elif not year.sessions:
        say("Gestopt voor er een jaar was.")
    else:
        _print(season, year)
        say(f"Geschreven in {options.out}: {len(written)} bestanden, waaronder {YEAR_FILE} en sessies.xlsx.")
    return EXIT_CONFLICT if year.conflict is not None else 0 if year.sessions else EXIT_NO_PLAN


def _print(season: Season, year: Year) -> None:
    hosts = {one.id: one.name for one in season.hosts}
    rows: list[tuple[str, ...]] = []
    for one in year.sessions:
        when = f"{one.day:%d/%m/%Y}", one.half_day
        rows.append((str(one.round), *when, hosts[one.host], str(len(one.schools)), str(max(one.minutes))))
    headers = ("Ronde", "Datum", "Halve dag", "Bij", "Scholen", "Verste (min)")
    say_table(headers, rows, right=("Ronde", "Scholen", "Verste (min)"))
    goals = [
        (matcher.session_goal_name(one.name), str(one.value), "bewezen" if one.proven else f"grens {one.bound}")
        for one in year.goals
    ]
    say_table(("Doel", "Waarde", "Bewijs"), goals, right=("Waarde",))
    for rung in year.ladder:
        say(f"{rung.repeats} herhalingen: verste school {rung.worst_minutes} minuten, samen {rung.total_minutes}.")
    say(*year.notes)
