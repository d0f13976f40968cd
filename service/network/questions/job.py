"""What can be asked about a year of sessions? Why, when else, what would it cost; and its workbook and drawings."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import matcher
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.jobs.store import JobRow, Progress, Stop
from service.network.season import store as seasons
from service.network.season.year_beside import changes_between

Arguments = Mapping[str, Any]


def prepare(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the season and its year."""
    row = seasons.by_id(transaction, str(job.payload["season"]))
    if row is None or row.year is None:
        raise matcher.InvalidValueError("Over dit seizoen zijn geen vragen te stellen: er is geen jaar.")
    return dict(job.payload) | {"season": row.season, "year": row.year}


def answer(payload: Mapping[str, Any], _progress: Progress, stop: Stop) -> dict[str, Any]:
    """Answer one question."""
    season, year = matcher.season_from_document(payload["season"]), matcher.year_from_document(payload["year"])
    return {"answer": QUESTIONS[payload["question"]](season, year, payload["arguments"], stop)}


def finish(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep the answer with the job: the asker reads it there."""
    jobs.keep_result(transaction, job.id, dict(result))


def _why(season: matcher.Season, year: matcher.Year, asked: Arguments, _stop: Stop) -> list[dict[str, Any]]:
    number = matcher.find_session_round(season, str(asked["round"]))
    found = matcher.sessions_at(season, year, number, asked["who"])
    return [session_shape(one) | {"reasons": list(matcher.why_session(season, year, one))} for one in found]


def session_shape(one: matcher.Session) -> dict[str, Any]:
    """Write when, where and for whom a session is."""
    when = {"round": one.round, "day": one.day.isoformat(), "half_day": one.half_day}
    return when | {"host": one.host, "schools": list(one.schools), "mentors": list(one.mentors)}


def _no_date(season: matcher.Season, year: matcher.Year, asked: Arguments, _stop: Stop) -> dict[str, Any]:
    number, schools, host = _meant(season, asked)
    dates = matcher.group_dates(season, schools, host, number, year)
    conflict = matcher.why_no_date(season, schools, host, number, year)
    found = [{"day": one.day.isoformat(), "half_day": one.half_day} for one in dates.open]
    poll = [matcher.proposal_document(season, one) for one in matcher.proposals(season, dates, host)]
    return {"schools": list(dates.schools), "dates": found, "proposals": poll, "conflict": _conflict(conflict)}


def _price(season: matcher.Season, year: matcher.Year, asked: Arguments, stop: Stop) -> dict[str, Any]:
    number, schools, host = _meant(season, asked)
    day = None if asked["day"] is None else date.fromisoformat(asked["day"])
    pin = matcher.Pin(round=number, schools=schools, host=host, day=day, half_day=asked["half_day"], reason="gevraagd")
    fault = matcher.pin_fault(season, pin)
    if fault is not None:
        raise matcher.InvalidValueError(fault)
    return _priced(season, year, pin, asked, stop)


def _move(season: matcher.Season, year: matcher.Year, asked: Arguments, stop: Stop) -> dict[str, Any]:
    season = _at(season, asked)
    school = matcher.find_participant(season, asked["school"])
    pin = matcher.move_pin(season, year, school, asked["session"])
    return _priced(matcher.without_move(season, pin), year, pin, asked, stop)


def _shift(season: matcher.Season, year: matcher.Year, asked: Arguments, stop: Stop) -> dict[str, Any]:
    season = _at(season, asked)
    host = None if asked["host"] is None else matcher.find_host(season, asked["host"])
    day = None if asked["day"] is None else date.fromisoformat(asked["day"])
    pin = matcher.shift_pin(season, year, matcher.Shift(asked["session"], host, day, asked["half_day"]))
    group = matcher.session_to_come(season, year, asked["session"]).schools
    away = [{"school": key, "reason": reason} for key, reason in matcher.kept_away(season, pin, group)]
    return _priced(matcher.without_move(season, pin, group), year, pin, asked, stop) | {"kept_away": away}


def _at(season: matcher.Season, asked: Arguments) -> matcher.Season:
    """Give the season as a repair of today would have it: what has been, stays."""
    return replace(season, today=date.fromisoformat(asked["today"]))


def _priced(
    season: matcher.Season, year: matcher.Year, pin: matcher.Pin, asked: Arguments, stop: Stop
) -> dict[str, Any]:
    price = matcher.price_of_pin(_at(season, asked), year, pin, seconds=asked["seconds"], stop=stop)
    if price.conflict is None and not price.year.sessions:
        raise matcher.InvalidValueError("Er was te weinig tijd voor een jaar dat dit kan. Vraag het met meer seconden.")
    changed = next((goal for goal in price.year.goals if goal.name == "changed_sessions"), None)
    changes = changes_between(year, price.year) if price.year.sessions else []
    words = matcher.pin_move_words(season, year, price)
    moved = [
        {"school": school, "round": round_number, "words": told}
        for (school, round_number), told in zip(price.moved, words, strict=True)
    ]
    return {
        "possible": price.conflict is None,
        "losses": dict(price.losses),
        "changed_sessions": None if changed is None else changed.value,
        "fewest_proven": changed is not None and changed.proven,
        "moved": moved,
        "changes": [one.model_dump(mode="json") for one in changes],
        "conflict": _conflict(price.conflict),
    }


def _meant(season: matcher.Season, asked: Arguments) -> tuple[int, tuple[str, ...], str | None]:
    """Give the round, schools and host that are meant; raises InvalidValueError with the nearest."""
    number = matcher.find_session_round(season, str(asked["round"]))
    schools = tuple(dict.fromkeys(matcher.find_participant(season, one) for one in asked["schools"]))
    return number, schools, None if asked["host"] is None else matcher.find_host(season, asked["host"])


def _conflict(found: matcher.Conflict | None) -> dict[str, Any] | None:
    return None if found is None else {"sentence": found.sentence, "remedies": list(found.remedies)}


def _workbook(season: matcher.Season, year: matcher.Year, _asked: Arguments, _stop: Stop) -> str:
    """Give the workbook, in base 64."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sessies.xlsx"
        matcher.write_sessions_workbook(path, season, year)
        return base64.b64encode(path.read_bytes()).decode("ascii")


QUESTIONS: dict[str, Callable[[matcher.Season, matcher.Year, Arguments, Stop], Any]] = {
    "why": _why,
    "no_date": _no_date,
    "price": _price,
    "move": _move,
    "shift": _shift,
    "workbook": _workbook,
    "year_view": lambda season, year, _asked, _stop: matcher.year_view(season, year),
    "meetings": lambda season, year, _asked, _stop: matcher.meeting_matrix(season, year),
}
