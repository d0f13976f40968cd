"""Which schools get a place: `trajectory select`, from applications to the cohort that a round reads."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from dataclasses import replace
from pathlib import Path
from typing import Final

import matcher
from service.terminal.argparse_dutch import DutchParser, does_nothing
from service.terminal.exit_codes import EXIT_CONFLICT, EXIT_NO_PLAN
from service.terminal.printing import progress_bar, say, say_json, say_table
from service.terminal.trajectory import files

NOT_WITH: Final = "niet_met"
IN_COHORT: Final = ("confirmed", "accepted")


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command."""
    one = commands.add_parser("select", help="kies de scholen uit wie zich aanmeldde, en maak de cohorte")
    files.add_folder(one)
    one.add_argument("--keep", action="store_true", help="wie al gekozen is en nog meedoet, blijft; de rij ook")
    one.add_argument("--again", action="store_true", help="kies helemaal opnieuw en overschrijf de cohorte")
    one.not_beside("--again", "--keep", why="--keep houdt wie gekozen is, --again begint opnieuw: kies er één.")
    one.add_argument("--without-reasons", action="store_true", help="sneller: reken de redenen niet uit")
    one.set_defaults(run=run_select)


def run_select(options: Namespace) -> int:
    """Read, choose, write and print."""
    if (options.folder / files.SCHOOLS_FILE).exists() and not (options.keep or options.again):
        message = f"In {options.folder} is al een cohorte. --keep houdt wie gekozen is, --again begint opnieuw."
        raise matcher.InvalidValueError(message)
    if (options.keep or options.again) and not _chosen_before(options.folder):
        option = "--keep" if options.keep else "--again"
        raise does_nothing(option, f"In {options.folder} is nog niets gekozen. Laat {option} weg.")
    received = matcher.read_applications(options.folder)
    policy, odd = matcher.read_selection_policy(options.folder)
    names = {one.school.id: one.school.name for one in received.applications if one.school}
    ledger, more = matcher.read_ledger(options.folder, names)
    findings = (*received.findings, *odd, *more)
    files.refuse_errors(findings, options)
    pool = _kept(matcher.pool_of(received.applications, policy, ledger), options)
    if not pool.candidates:
        raise matcher.InvalidValueError("Er is nog geen bevestigde aanmelding van een school.")
    with progress_bar("Selectie"):
        selection = matcher.select_schools(pool, explain=not options.without_reasons)
    wrote = _write(received, pool, selection, options) if selection.choices else ""
    if options.json:
        say_json({"selection": matcher.selection_to_document(selection), "findings": files.as_members(findings)})
    else:
        _print(pool, selection, wrote)
    done = 0 if selection.choices else EXIT_NO_PLAN
    return EXIT_CONFLICT if selection.conflict is not None else done


def _chosen_before(folder: Path) -> bool:
    return any((folder / name).exists() for name in (files.SCHOOLS_FILE, files.MENTORS_FILE, files.SELECTION_FILE))


def _kept(pool: matcher.SelectionPool, options: Namespace) -> matcher.SelectionPool:
    """Let the schools of an earlier selection that still take part be in already."""
    path: Path = options.folder / files.SELECTION_FILE
    if not options.keep or not path.exists():
        return pool
    before: matcher.Selection = files.document_in(path, matcher.selection_from_document)
    there = {one.id for one in pool.candidates}
    kept = tuple(one for one in before.chosen if one in there and one not in pool.required)
    return replace(pool, required=(*pool.required, *kept))


def _write(
    received: matcher.Received, pool: matcher.SelectionPool, selection: matcher.Selection, options: Namespace
) -> str:
    folder: Path = options.folder
    schools = _listing(folder / files.SCHOOLS_FILE, "Scholen", options)
    mentors = _listing(folder / files.MENTORS_FILE, "Mentoren", options)
    for one in received.applications:
        key = _key(one)
        if one.school is not None and key in selection.chosen and key not in schools.rows:
            schools = schools.with_row(key, received.rows[one.id])
        if one.mentor is not None and one.state in IN_COHORT and key not in mentors.rows:
            mentors = mentors.with_row(key, received.rows[one.id])
    gone = {_key(one) for one in received.applications if one.mentor and one.state not in IN_COHORT}
    schools = schools.only(selection.chosen)
    mentors = mentors.only([key for key in mentors.rows if key not in gone])
    mentors = _without_absent(mentors, received, selection)
    tables = {files.SCHOOLS_FILE: schools, files.MENTORS_FILE: mentors}
    if not mentors.rows:
        del tables[files.MENTORS_FILE]
    contents = {name: matcher.csv_table(one.header, one.rows.values()) for name, one in tables.items()}
    return files.written(
        folder,
        {
            files.SELECTION_FILE: files.json_file(matcher.selection_to_document(selection)),
            "selectie.xlsx": files.workbook(matcher.selection_dossier(pool, selection)),
            **{name: files.bytes_file(content) for name, content in contents.items()},
        },
    )


def _without_absent(
    mentors: matcher.Listing, received: matcher.Received, selection: matcher.Selection
) -> matcher.Listing:
    """Let mentors refuse only schools that take part; a school that is chosen later is refused again."""
    absent = {one.school.id for one in received.applications if one.school} - {*selection.chosen}
    told = {_key(one): received.rows[one.id].get(NOT_WITH, "") for one in received.applications if one.mentor}
    for key, row in mentors.rows.items():
        names = dict.fromkeys(matcher.split_values(f"{row.get(NOT_WITH, '')}, {told.get(key, '')}"))
        left = ", ".join(one for one in names if matcher.same_number(one, absent) is None)
        if left != row.get(NOT_WITH, ""):
            mentors = mentors.with_row(key, {NOT_WITH: left})
    return mentors


def _key(one: matcher.Application) -> str:
    return one.school.id if one.school else one.mentor.id if one.mentor else one.id


def _listing(path: Path, sheet: str, options: Namespace) -> matcher.Listing:
    """Give the table as it stands where rows are kept, else an empty one."""
    if options.keep and path.exists():
        return matcher.read_listing(path.read_bytes(), path.name, sheet)  # type: ignore[arg-type]
    return matcher.empty_listing(sheet)  # type: ignore[arg-type]


def _print(pool: matcher.SelectionPool, selection: matcher.Selection, wrote: str) -> None:
    if selection.conflict is not None:
        say("Zo kan er niet gekozen worden.", f"  {selection.conflict.sentence}", "Wat kan:")
        say(*(f"  - {one}" for one in selection.conflict.remedies))
        return
    if not selection.choices:
        say("Gestopt voor er een selectie was.")
        return
    known = {one.id: one for one in pool.candidates}
    reasons = {one.school: one.reason for one in selection.choices}
    rows = [(one, known[one].name, known[one].province, known[one].network) for one in selection.chosen]
    say_table(("Nummer", "Gekozen school", "Provincie", "Net"), rows)
    say("", "Wachtlijst:" if selection.waiting else "Niemand staat op de wachtlijst.")
    for place, one in enumerate(selection.waiting, start=1):
        say(f"  {place}. {known[one].name} ({one}). {reasons[one]}".rstrip())
    groups = matcher.selection_groups(pool, selection.chosen)
    say("")
    headers = ("Groep", "Waarde", "Aangemeld", "Gekozen", "Grens")
    say_table(headers, [(a, b, str(c), str(d), e) for a, b, c, d, e in groups], right=("Aangemeld", "Gekozen"))
    words = "bewezen: beter kan niet" if selection.status == "proven" else "de beste die gevonden werd"
    goals = "; ".join(f"{matcher.SELECTION_GOAL_NAMES[one.name]} {one.value}" for one in selection.goals)
    say(
        "",
        f"{matcher.counted(len(selection.chosen), 'school', 'scholen')} gekozen ({words}): {goals}.",
        *selection.notes,
        wrote,
    )
