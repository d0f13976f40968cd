"""Questions about a year of sessions: `sessions-why`, `sessions-price`, `sessions-no-date`."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from functools import partial
from pathlib import Path
from typing import Any

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.exit_codes import EXIT_CONFLICT, EXIT_NO_PLAN
from service.terminal.files import read_season_beside, read_year
from service.terminal.interrupt import stop_on_interrupt
from service.terminal.printing import progress_bar, say, say_json
from service.terminal.values import add_seconds, each_once, read_day

MOST_DATES = 12
"""Dates of a group that are printed; JSON has them all."""


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    one = _command(commands, "sessions-why", "waarom deze groep, deze gastheer, deze datum", run_why)
    one.add_argument("who", metavar="WIE", nargs="?", default="", help="school of locatie; leeg = heel de ronde")
    words = "wat als een sessie vastligt: de prijs per doel, en wie moet verschuiven"
    one = _command(commands, "sessions-price", words, run_price)
    one.add_argument("--school", metavar="SCHOOL", action="append", default=[], help="wie er moet zijn (mag vaker)")
    one.add_argument("--host", metavar="LOCATIE", help="wie moet ontvangen")
    one.add_argument("--day", metavar="DATUM", type=read_day, help="dag/maand/jaar")
    one.add_argument("--half-day", metavar="HALVE_DAG", choices=matcher.HALF_DAYS, help="zoals wo-nm")
    add_seconds(one)
    words = "wanneer kan een groep, of waarom is er geen datum"
    one = _command(commands, "sessions-no-date", words, run_no_date)
    one.add_argument("schools", metavar="SCHOOL", nargs="+", help="schoolnummer of naam, van elke school van de groep")
    one.add_argument("--host", metavar="LOCATIE", help="bij wie; leeg = eender waar")


def _command(commands: _SubParsersAction[DutchParser], name: str, words: str, run: Any) -> DutchParser:  # noqa: ANN401
    one = commands.add_parser(name, help=words)
    one.add_argument("year", metavar="JAAR", type=Path, help="sessies.json, met seizoen.json ernaast")
    one.add_argument("round", metavar="RONDE", help="nummer van de ronde")
    one.add_argument("--json", action="store_true", help="druk het antwoord af als JSON")
    one.set_defaults(run=run)
    return one


def _read(options: Namespace) -> tuple[matcher.Season, matcher.Year, int]:
    """Read the year with its season, and the number of the round that is meant."""
    year, season = read_year(options.year), read_season_beside(options.year)
    if not year.sessions:
        raise matcher.InvalidValueError(f"In {options.year} staat geen enkele sessie om vragen over te stellen.")
    if not matcher.same_season(season, year):
        raise matcher.InvalidValueError(f"{options.year} is niet van het seizoen ernaast. Plan de sessies opnieuw.")
    return season, year, matcher.find_session_round(season, options.round)


def run_why(options: Namespace) -> int:
    """Say why the schools of a session meet, why there and why then."""
    season, year, number = _read(options)
    found = matcher.sessions_at(season, year, number, options.who)
    answers = [(one, matcher.why_session(season, year, one)) for one in found]
    if options.json:
        say_json([_session_json(one) | {"reasons": list(reasons)} for one, reasons in answers])
        return 0
    names = _names(season)
    for one, reasons in answers:
        say(f"Ronde {number}, {one.day:%d/%m/%Y} ({one.half_day}) bij {names[one.host]}:")
        say(f"  {', '.join(names[school] for school in one.schools)}", *(f"  {reason}" for reason in reasons))
    if not answers:
        say(_nothing(season, year, number, options.who))
    return 0


def _nothing(season: matcher.Season, year: matcher.Year, number: int, who: str) -> str:
    """Say why somebody has no session in a round."""
    for one in year.absences:
        if one.round == number and who in (one.school, _names(season)[one.school]):
            return f"{_names(season)[one.school]} zit in ronde {number} in geen groep: {one.reason or 'zonder reden'}."
    return f"«{who}» heeft in ronde {number} geen sessie en ontvangt er geen."


def run_price(options: Namespace) -> int:
    """Price a pin before it is made; nothing is written."""
    season, year, number = _read(options)
    pin = _pin(season, number, options)
    with progress_bar("Sessies") as progress, stop_on_interrupt() as stop:
        price = matcher.price_of_pin(season, year, pin, seconds=options.seconds, progress=progress, stop=stop)
    if options.json:
        say_json(_price_json(year, price))
    else:
        _print_price(season, year, price)
    return EXIT_CONFLICT if price.conflict is not None else 0 if price.year.sessions else EXIT_NO_PLAN


def _pin(season: matcher.Season, number: int, options: Namespace) -> matcher.Pin:
    if not (options.school or options.host or options.day or options.half_day):
        raise matcher.InvalidValueError("Geef wat vast moet liggen: --school, --host, --day of --half-day.")
    schools = each_once("--school", options.school, partial(matcher.find_participant, season))
    host = matcher.find_host(season, options.host) if options.host else None
    when = {"day": options.day, "half_day": options.half_day}
    pin = matcher.Pin(round=number, schools=schools, host=host, reason="gevraagd", **when)
    fault = matcher.pin_fault(season, pin)
    if fault is not None:
        raise matcher.InvalidValueError(fault)
    return pin


def _print_price(season: matcher.Season, year: matcher.Year, price: matcher.PinPrice) -> None:
    if price.conflict is not None:
        say("Dat kan niet.", f"  {price.conflict.sentence}", *(["Wat kan:"] if price.conflict.remedies else []))
        say(*(f"  - {one}" for one in price.conflict.remedies))
        return
    if not price.year.sessions:
        say("Gestopt voor er een jaar was dat dit kan. Geef meer tijd met --seconds.")
        return
    if not price.moved:
        say("Dat is al zo: niemand hoeft te verschuiven.")
        return
    changes = next(goal for goal in price.year.goals if goal.name == "changed_sessions")
    proof = "; minder kan niet (bewezen)" if changes.proven else ""
    say(f"Dat kan. Gewijzigde sessies: {changes.value}{proof}.", "Wat het kost:")
    say(*(f"  {line}" for line in _loss_lines(price)) if any(price.losses.values()) else ("  niets",))
    say(f"Wie verschuift ({len(price.moved)}):")
    say(*(f"  {line}" for line in matcher.pin_move_words(season, year, price)))


def _loss_lines(price: matcher.PinPrice) -> list[str]:
    """Say per goal what it becomes and by how much it changes."""
    return [
        f"{matcher.session_goal_name(name)}: {'+' if loss > 0 else '−'}{abs(loss)} (wordt {price.year.value(name)})"
        for name, loss in price.losses.items()
        if loss
    ]


def _price_json(year: matcher.Year, price: matcher.PinPrice) -> dict[str, Any]:
    changes = next((goal for goal in price.year.goals if goal.name == "changed_sessions"), None)
    old, new = _by_invitation(year), _by_invitation(price.year)
    moved = [
        {"school": school, "round": number, "before": old[school, number], "after": new.get((school, number))}
        for school, number in price.moved
    ]
    return {
        "losses": dict(price.losses),
        "changed_sessions": None if changes is None else {"value": changes.value, "proven": changes.proven},
        "moved": moved,
        "conflict": matcher.conflict_to_document(price.conflict),
    }


def _by_invitation(year: matcher.Year) -> dict[tuple[str, int], dict[str, str]]:
    return {
        (school, one.round): {"host": one.host, "day": one.day.isoformat(), "half_day": one.half_day}
        for one in year.sessions
        for school in one.schools
    }


def run_no_date(options: Namespace) -> int:
    """Say on which days a group can meet, or which blackouts leave it none; exit 3 where it has none."""
    season, year, number = _read(options)
    schools = each_once("SCHOOL", options.schools, partial(matcher.find_participant, season))
    host = matcher.find_host(season, options.host) if options.host else None
    dates = matcher.group_dates(season, schools, host, number, year)
    conflict = matcher.why_no_date(season, schools, host, number, year)
    if options.json:
        found: dict[str, Any] = {"round": number, "schools": list(dates.schools), "host": host}
        found["dates"] = [{"day": one.day.isoformat(), "half_day": one.half_day} for one in dates.open]
        found["proposals"] = [matcher.proposal_document(season, one) for one in matcher.proposals(season, dates, host)]
        say_json(found | {"conflict": matcher.conflict_to_document(conflict)})
    elif conflict is None:
        message = ", ".join(f"{one.day:%d/%m/%Y} ({one.half_day})" for one in dates.open[:MOST_DATES])
        more = f" en nog {len(dates.open) - MOST_DATES}" if len(dates.open) > MOST_DATES else ""
        say(f"Deze groep kan in ronde {number}, naast de andere sessies van het jaar: {message}{more}.")
    else:
        say(conflict.sentence, "Wat kan:", *(f"  - {one}" for one in conflict.remedies))
        poll = matcher.proposals(season, dates, host)
        say(*(["Leg de groep deze momenten voor:"] if poll else []))
        say(*(f"  {number}. {matcher.proposal_words(season, one)}" for number, one in enumerate(poll, 1)))
    return 0 if conflict is None else EXIT_CONFLICT


def _session_json(one: matcher.Session) -> dict[str, Any]:
    when = {"round": one.round, "day": one.day.isoformat(), "half_day": one.half_day}
    return when | {"host": one.host, "schools": list(one.schools), "mentors": list(one.mentors)}


def _names(season: matcher.Season) -> dict[str, str]:
    hosts = {one.id: one.name for one in season.hosts}
    return hosts | {one.id: one.name for one in season.participants}
