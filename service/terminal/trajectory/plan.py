"""What first, who does it and who must be reminded: `trajectory plan`."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import matcher
from service.terminal.argparse_dutch import DutchParser, does_nothing
from service.terminal.printing import say, say_json
from service.terminal.trajectory import files
from service.terminal.trajectory.measure import current
from service.terminal.values import read_count

PLANS_FILE: Final = "actieplannen.json"
ASKED: Final = {"mentor": "de mentor", "network": "het netwerk"}


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command."""
    one = commands.add_parser("plan", help="wat eerst, wie wat doet, en wie een herinnering krijgt")
    files.add_folder(one)
    one.add_argument(
        "--budget", metavar="AANTAL", type=read_count, help="hoeveel inspanning een school in totaal wil doen"
    )
    one.add_argument("--start", action="store_true", help="begin actieplan.csv met wat het advies eerst zegt")
    files.add_today(one)
    one.set_defaults(run=run_plan)


def run_plan(options: Namespace) -> int:
    """Read, advise, remind, write and print."""
    given = files.cohort_of(options)
    names = files.school_names(given)
    efforts, odd = matcher.read_efforts(options.folder, names)
    book, more = matcher.read_plans(options.folder, names, files.mentor_names(given))
    today = files.moment_of(options).date()
    levels, last = matcher.read_levels(options.folder, names, today)
    findings = (*odd, *more, *last)
    files.refuse_errors(findings, options)
    ratings = {
        one.school: matcher.ratings_of(one) for one in current(files.measurements_in(options.folder), names, "baseline")
    }
    advice = _advice(ratings, efforts, levels, options)
    started = _started(advice, options) if options.start else {}
    plans = {one.school: one for one in book.plans}
    lacking = _lacking(plans, ratings)
    reminders = [one for plan in book.plans for one in matcher.plan_reminders(plan, today)]
    support = [
        (plan.school, ASKED[of], text)
        for plan in book.plans
        for of in ("mentor", "network")
        for text in matcher.plan_support(plan, of)
    ]
    tables = matcher.plans_dossier(names, advice, reminders, lacking, support)
    writers: dict[str, Callable[[Path], object]] = {
        PLANS_FILE: files.json_file(matcher.action_plans_to_document(book)),
        "actieplannen.xlsx": files.workbook(tables),
        **started,
    }
    wrote = files.written(options.folder, writers)
    if options.json:
        say_json(_answer(advice, book, reminders, (*findings, *lacking)))
    else:
        _print(names, advice, reminders, lacking, book)
        say(wrote)
    return 0


def _advice(
    ratings: Mapping[str, Mapping[str, int]],
    efforts: Mapping[str, Mapping[str, int]],
    levels: Sequence[matcher.LevelHeld],
    options: Namespace,
) -> dict[str, matcher.Advice]:
    """Advise every school that was measured and stated its effort, towards the level after the one that it holds."""
    found = {}
    today = files.moment_of(options).date()
    for school, told in ratings.items():
        level = matcher.next_level(matcher.level_held(levels, school, today))
        if school in efforts and level is not None:
            found[school] = matcher.advise_first(told, efforts[school], level, options.budget)
    if not found and (options.start or options.budget is not None):
        option = "--start" if options.start else "--budget"
        raise does_nothing(option, "Geen enkele school krijgt advies: dat vraagt een nulmeting en inspanning.csv.")
    return found


def _started(advice: Mapping[str, matcher.Advice], options: Namespace) -> dict[str, Callable[[Path], object]]:
    """Start actieplan.csv from the advice; a plan that is there already is never overwritten."""
    there = matcher.find_table(options.folder, "actieplan")
    if there is not None:
        told = f"{there} bestaat al. Vul het daar aan, of zet het opzij om met --start opnieuw te beginnen."
        raise matcher.InvalidValueError(told)
    rows = [
        {"schoolnummer": school, "criterium": goal.criterion, "doel": goal.aim}
        for school, told in advice.items()
        for goal in matcher.plan_goals(told)
    ]
    header = [one.name for one in matcher.table_columns("actieplan")]
    content = matcher.csv_table(header, rows)
    return {"actieplan.csv": lambda path: path.write_bytes(content)}


def _lacking(
    plans: Mapping[str, matcher.ActionPlan], ratings: Mapping[str, Mapping[str, int]]
) -> tuple[matcher.Finding, ...]:
    return tuple(
        replace(one, value=school)
        for school, plan in plans.items()
        for one in matcher.plan_findings(plan, ratings.get(school, {}))
    )


def _answer(
    advice: Mapping[str, matcher.Advice],
    book: matcher.ActionPlanBook,
    reminders: Sequence[Any],
    findings: Sequence[matcher.Finding],
) -> dict[str, Any]:
    return {
        "advice": [
            {
                "school": school,
                "level": told.level,
                "short": told.short,
                "gain": told.gain,
                "effort": told.effort,
                "proven": told.proven,
                "sentence": told.sentence,
                "caveat": told.caveat,
                "steps": [
                    {"criterion": one.criterion, "now": one.now, "then": one.then, "effort": one.effort, "why": one.why}
                    for one in told.steps
                ],
            }
            for school, told in advice.items()
        ],
        "reminders": [
            {"school": one.school, "owner": one.owner, "due": f"{one.due}", "late": one.late, "sentence": one.sentence}
            for one in reminders
        ],
        "plans": matcher.action_plans_to_document(book),
        "findings": files.as_members(findings),
    }


def _print(
    names: Mapping[str, str],
    advice: Mapping[str, matcher.Advice],
    reminders: Sequence[Any],
    lacking: Sequence[matcher.Finding],
    book: matcher.ActionPlanBook,
) -> None:
    for school, told in advice.items():
        say(f"{names[school]}: {told.sentence}", *(f"  - {one.why}" for one in told.steps))
    say(*([next(iter(advice.values())).caveat] if advice else ["Geen advies: nulmeting of inspanning.csv ontbreekt."]))
    say("", "Herinneringen:" if reminders else matcher.no_reminder_words(book.plans))
    say(*(f"  {names[one.school]}, {one.owner or 'zonder trekker'}: {one.sentence}" for one in reminders))
    if lacking:
        say("", "Nog af te spreken:", *(f"  {names[one.value or '']}: {one.message} {one.remedy}" for one in lacking))
    goals = sum(len(one.goals) for one in book.plans)
    say("", f"Actieplannen: {len(book.plans)}; doelen: {goals}; herinneringen: {len(reminders)}.")
