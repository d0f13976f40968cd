"""Where do the plan and its round lie, and how are they read back?"""

from __future__ import annotations

import json
from pathlib import Path

import matcher
from service.terminal.printing import progress_bar

PLAN_FILE = "plan.json"
ROUND_FILE = "ronde.json"
VERDICTS_FILE, BOOK_FILE = "verdicts.csv", "plan.xlsx"
PLAN_KIND, RECORD_KIND = "in2stem-plan/1", "in2stem-record/1"
SEASON_FILE = "seizoen.json"
MOST_BYTES = 200_000_000


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with plain line ends."""
    path.write_text(text, encoding="utf-8", newline="\n")


def read_plan(path: Path) -> matcher.Plan:
    """Read a plan.json; raises In2StemError with the file's name where it is not one, or there was no plan."""
    try:
        plan = matcher.plan_from_document(matcher.loads(read_text(path)))
    except matcher.DocumentError as error:
        raise matcher.InvalidValueError(f"{path}: {error}") from error
    if plan.status not in ("proven", "feasible"):
        raise matcher.InvalidValueError(f"{path} zegt waarom er geen plan is: er zijn geen koppels. Kies een plan.")
    return plan


def holds_plan(path: Path) -> bool:
    """Tell whether a plan lies there, with its pairs."""
    try:
        return path.is_file() and bool(read_plan(path).pairs)
    except matcher.In2StemError:
        return False


def kind_of(path: Path) -> str | None:
    """Tell what a file says of itself that it is, None where it is no document of ours."""
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    return document.get("format") if isinstance(document, dict) else None


def refuse_stranger(given: matcher.Round, plan: matcher.Plan, path: Path) -> None:
    """Raise InvalidValueError where an earlier plan is of another cohort: its pairs, or what its numbers stand for.

    Two cohorts may both have an M001. Where the round of the earlier plan lies beside it, its names tell.
    """
    schools, mentors = {one.id for one in given.schools}, {one.id for one in given.mentors}
    if plan.pairs and not any(pair.school in schools and pair.mentor in mentors for pair in plan.pairs):
        raise matcher.InvalidValueError(f"{path} is een plan van een andere cohorte: geen enkel koppel is van hier.")
    before = read_round_beside(path)
    for what, then, now in () if before is None else _named(before, given):
        shared = then.keys() & now.keys()
        others = sum(then[one] != now[one] for one in shared)
        if 2 * others > len(shared):
            told = f"{others} van de {len(shared)} nummers die beide hebben, horen bij een andere {what}."
            raise matcher.InvalidValueError(f"{path} is een plan van een andere cohorte: {told}")


def _named(
    before: matcher.Round, now: matcher.Round
) -> tuple[tuple[str, dict[str, str], dict[str, str]], tuple[str, dict[str, str], dict[str, str]]]:
    """Name the schools and the mentors of two rounds by number."""
    schools = [{one.id: one.name.casefold() for one in each.schools} for each in (before, now)]
    mentors = [{one.id: f"{one.name} {one.company}".casefold() for one in each.mentors} for each in (before, now)]
    return ("school", schools[0], schools[1]), ("mentor", mentors[0], mentors[1])


def read_year(path: Path) -> matcher.Year:
    """Read a sessies.json; raises In2StemError with the file's name where it is not one."""
    try:
        return matcher.year_from_document(matcher.loads(read_text(path)))
    except matcher.DocumentError as error:
        raise matcher.InvalidValueError(f"{path}: {error}") from error


def read_season_beside(year: Path) -> matcher.Season:
    """Read the season that stands beside a sessies.json; raises In2StemError where there is none."""
    beside = year.parent / SEASON_FILE
    if not beside.exists():
        raise matcher.InvalidValueError(f"Naast {year} staat geen {SEASON_FILE}. Plan de sessies opnieuw in die map.")
    try:
        return matcher.season_from_document(matcher.loads(read_text(beside)))
    except matcher.DocumentError as error:
        raise matcher.InvalidValueError(f"{beside}: {error}") from error


def read_question(path: Path) -> matcher.Solved:
    """Read a plan with the round that stands beside it, ready for questions."""
    with progress_bar(f"{path.name} lezen"):
        plan, given = read_plan(path), read_round_beside(path)
        if given is None:
            told = f"Naast {path} staat geen {ROUND_FILE}. Reken de ronde opnieuw uit in die map."
            raise matcher.InvalidValueError(told)
        return matcher.solved(given, plan)


def read_round_beside(plan: Path) -> matcher.Round | None:
    """Read the round that stands beside a plan, None where there is none."""
    beside = plan.parent / ROUND_FILE
    if not beside.exists():
        return None
    try:
        return matcher.round_from_document(matcher.loads(read_text(beside)))
    except matcher.DocumentError as error:
        raise matcher.InvalidValueError(f"{beside}: {error}") from error


def read_text(path: Path) -> str:
    """Read UTF-8; raises InvalidValueError where it is something else, or too much."""
    if path.stat().st_size > MOST_BYTES:
        raise matcher.InvalidValueError(f"{path} is te groot om een plan te zijn.")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise matcher.InvalidValueError(f"{path} is geen tekst in UTF-8.") from error
