"""From two spreadsheets to a plan: `round`, `check`, `template`, `verify`."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import matcher
from service.terminal.files import (
    PLAN_FILE,
    PLAN_KIND,
    RECORD_KIND,
    ROUND_FILE,
    holds_plan,
    kind_of,
    read_plan,
    read_round_beside,
    refuse_stranger,
    write_text,
)
from service.terminal.plan.words import lock_lines, print_conflict, print_plan
from service.terminal.printing import console, progress_bar, say, say_error, say_findings, say_json
from service.terminal.season.check import holds_year, verify_year
from service.terminal.trajectory.award_check import KIND as SIGNED_KIND
from service.terminal.trajectory.award_check import verify_award

if TYPE_CHECKING:
    from argparse import Namespace, _SubParsersAction
    from collections.abc import Callable, Iterator, Mapping

    from matcher import Cohort, Plan, Round
    from service.terminal.argparse_dutch import DutchParser

EXIT_DIFFERENT, EXIT_INPUT, EXIT_CONFLICT, EXIT_NO_PLAN = 1, 2, 3, 4
VERIFIED = (
    "Nagerekend: koppels, redenen, punten, reistijden en doelen kloppen. "
    "Dat er geen beter plan is, rekent «certificate» voor."
)


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    _add_round(commands.add_parser("round", help="maak het beste plan voor een cohorte"))
    one = commands.add_parser("check", help="kijk de bestanden na zonder te rekenen")
    one.add_argument("cohort", metavar="COHORTE", type=Path, help="map of werkmap")
    one.add_argument("--policy", metavar="BESTAND", type=Path, help="beleid.toml")
    one.add_argument("--json", action="store_true", help="druk de opmerkingen af als JSON")
    one.set_defaults(run=run_check)
    one = commands.add_parser("template", help="schrijf lege bestanden met de juiste hoofding")
    one.add_argument("folder", metavar="MAP", type=Path, help="map waarin de bestanden komen")
    one.set_defaults(run=run_template)
    one = commands.add_parser(
        "verify", help="reken een plan of een jaar na zonder de rekenmotor, of een dossier helemaal opnieuw"
    )
    files = "plan.json (met --cohort), dossier.json, award-dossier.json, of sessies.json met seizoen.json ernaast"
    one.add_argument("plan", metavar="BESTAND", type=Path, help=files)
    cohort = "map of werkmap waarvan het plan gemaakt is"
    one.add_argument("--cohort", metavar="COHORTE", type=Path, help=cohort)
    one.add_argument("--policy", metavar="BESTAND", type=Path, help="beleid.toml")
    one.add_argument("--previous", metavar="PLAN", type=Path, help="het vorige plan, als dit een herstelling is")
    one.add_argument("--public-key", metavar="HEX", help="publieke sleutel van wie het dossier ondertekend moet hebben")
    one.set_defaults(run=run_verify)


def _add_round(one: DutchParser) -> None:
    cohort = "map met scholen.csv en mentoren.csv, of een werkmap .xlsx"
    one.add_argument("cohort", metavar="COHORTE", type=Path, help=cohort)
    one.add_argument("--out", metavar="MAP", type=Path, required=True, help="map waarin het plan komt")
    one.add_argument("--policy", metavar="BESTAND", type=Path, help="beleid.toml met gewichten, doelen en grenzen")
    previous = "plan.json dat al gepubliceerd is: zo weinig mogelijk wijzigen"
    one.add_argument("--previous", metavar="PLAN", type=Path, help=previous)
    add_changes(one)
    one.add_argument("--json", action="store_true", help="druk het plan af als JSON")
    one.set_defaults(run=run_round)


def add_changes(one: DutchParser) -> None:
    """Add what a coordinator changes about a round: who leaves, which pairs must or may not be."""
    one.add_argument("--withdrawn", metavar="MENTOR", action="append", default=[], help="wie uitvalt (mag vaker)")
    one.add_argument("--lock", metavar="SCHOOL:MENTOR", action="append", default=[], help="koppel dat vast moet")
    one.add_argument("--forbid", metavar="SCHOOL:MENTOR", action="append", default=[], help="koppel dat niet mag")
    override = "vaste koppels mogen tegen een regel in; vraagt --reason"
    one.add_argument("--override", action="store_true", help=override)
    one.add_argument("--reason", default="", help="reden bij --withdrawn, --lock en --forbid")
    one.add_argument("--roads", metavar="URL", help="OSRM- of Valhalla-server voor echte reistijden")
    one.add_argument("--geocode", action="store_true", help="zoek volledige adressen online op")


def run_round(options: Namespace) -> int:
    """Read, judge, assign, check, write and print."""
    cohort = load(options.cohort, options.policy)
    if cohort.given is None:
        return EXIT_INPUT
    given, note = with_roads(cohort, options)
    given = with_options(given, options)
    if not options.json:
        print_prices(given, {*given.locks} - {*cohort.given.locks})
    with progress_bar("Ronde") as progress, stop_on_interrupt() as stop:
        verdicts = matcher.judge(given)
        plan = matcher.assign(given, verdicts, progress=progress, stop=stop)
    plan = replace(plan, notes=(*plan.notes, *([note] if note else [])))
    return deliver(given, verdicts, plan, options.out, as_json=options.json)


def deliver(given: Round, verdicts: matcher.Verdicts, plan: Plan, out: Path | None, *, as_json: bool) -> int:
    """Check a plan, write its files together, print it; give the exit code. Without `out` nothing is written."""
    document = matcher.plan_to_document(plan)
    if plan.status in ("conflict", "unfinished"):
        stays = out is not None and holds_plan(out / PLAN_FILE)
        if out is not None and not stays:
            matcher.write_together(out, {PLAN_FILE: lambda path: write_text(path, matcher.dumps(document))})
        code = _say_no_plan(plan, document, as_json=as_json)
        if stays:
            say_error(f"Het plan in {out} blijft staan zoals het was.")
        return code
    faults = matcher.check_plan(given, verdicts, plan)
    if faults:
        raise AssertionError(f"het plan kwam niet door de controle: {faults[0]}")
    written = _write(given, verdicts, plan, out) if out is not None else ()
    if as_json:
        say_json(document)
    else:
        print_plan(given, plan)
        say(*([f"Geschreven in {out}: {', '.join(path.name for path in written)}."] if written else []))
    return 0


def _say_no_plan(plan: Plan, document: Mapping[str, object], *, as_json: bool) -> int:
    if as_json:
        say_json(document)
    elif plan.conflict is not None:
        print_conflict(plan.conflict)
    else:
        say("Gestopt voor er een plan was.")
    return EXIT_CONFLICT if plan.conflict is not None else EXIT_NO_PLAN


def _write(given: Round, verdicts: matcher.Verdicts, plan: Plan, out: Path) -> tuple[Path, ...]:
    plan_text = matcher.dumps(matcher.plan_to_document(plan))
    round_text = matcher.dumps(matcher.round_to_document(given))
    writers: dict[str, Callable[[Path], object]] = {
        PLAN_FILE: lambda path: write_text(path, plan_text),
        "verdicts.csv": lambda path: matcher.write_verdicts(path, given, verdicts),
        "plan.xlsx": lambda path: matcher.write_plan_workbook(path, given, verdicts, plan),
        ROUND_FILE: lambda path: write_text(path, round_text),
    }
    return matcher.write_together(out, writers)


def run_check(options: Namespace) -> int:
    """Print the findings alone."""
    cohort = matcher.read_cohort(options.cohort, policy_file=options.policy)
    if options.json:
        fields = ("severity", "code", "message", "remedy", "file", "sheet", "row", "column", "value")
        say_json(
            {
                "findings": [{name: getattr(one, name) for name in fields} for one in cohort.findings],
                "counts": str(cohort.counts),
            }
        )
    else:
        say_findings(cohort.findings)
        say(str(cohort.counts))
    return 0 if cohort.given is not None else EXIT_INPUT


def run_template(options: Namespace) -> int:
    """Write empty files."""
    written = matcher.write_templates(options.folder)
    say(f"Geschreven in {options.folder}: {', '.join(path.name for path in written)}.")
    return 0


def run_verify(options: Namespace) -> int:
    """Recompute a plan without the solver, or replay a record; exit 0, or 1 with the first difference."""
    if options.cohort is None:
        return _verify_alone(options)
    cohort = load(options.cohort, options.policy)
    if cohort.given is None:
        return EXIT_INPUT
    plan = read_plan(options.plan)
    given = replace(cohort.given, locks=plan.locks, withdrawn=_later_withdrawn(cohort.given, plan))
    beside = read_round_beside(options.plan)
    if beside is not None:
        # No part of a cohort: what a routing server said, and the plan that was published before.
        given = replace(given, roads=beside.roads, previous=beside.previous)
    if options.previous is not None:
        given = replace(given, previous=read_plan(options.previous))
    difference = matcher.verify_plan(given, plan)
    say(VERIFIED if difference is None else f"Klopt niet: {difference}")
    return 0 if difference is None else EXIT_DIFFERENT


def _verify_alone(options: Namespace) -> int:
    """Check what needs no cohort: a year of sessions, a record of a plan or of the Award."""
    kind = kind_of(options.plan)
    if kind == SIGNED_KIND:
        return verify_award(options.plan, options.public_key)
    if holds_year(options.plan):
        return verify_year(options.plan)
    if kind == PLAN_KIND:
        raise matcher.InvalidValueError("Een plan wordt nagerekend met zijn gegevens: geef ook --cohort.")
    if kind not in (None, RECORD_KIND):
        raise matcher.InvalidValueError(f"{options.plan} is geen plan, dossier of jaar van sessies.")
    verdict = matcher.verify_record(options.plan.read_bytes(), options.public_key)
    say(verdict.sentence, *([f"Ondertekend met: {verdict.public_key}"] if verdict.public_key else []))
    return 0 if verdict.sound else EXIT_DIFFERENT


def load(source: Path, policy: Path | None) -> Cohort:
    """Read a cohort and print what is odd about it, with the counts."""
    cohort = matcher.read_cohort(source, policy_file=policy)
    shown = [one for one in cohort.findings if one.severity != "note"]
    say_findings(shown)
    console(errors=True).print(str(cohort.counts))
    return cohort


def with_options(given: Round, options: Namespace) -> Round:
    """Put what the command line adds into the round: previous plan, withdrawals, agreements.

    The required agreements of who withdraws rest, save those that this very command asks for.
    """
    if options.override and not options.reason:
        raise matcher.InvalidValueError("Tegen een regel in vastleggen kan alleen met een reden: geef --reason.")
    locks = [
        *(_lock(given, text, "required", options) for text in options.lock),
        *(_lock(given, text, "forbidden", options) for text in options.forbid),
    ]
    gone = {matcher.find_mentor(given, text): options.reason for text in options.withdrawn}
    previous = given.previous
    if options.previous is not None:
        previous = read_plan(options.previous)
        refuse_stranger(given, previous, options.previous)
    kept = matcher.let_rest(given, gone)
    return replace(kept, locks=(*kept.locks, *locks), withdrawn={**given.withdrawn, **gone}, previous=previous)


def _lock(given: Round, text: str, kind: str, options: Namespace) -> matcher.Lock:
    school, colon, mentor = text.rpartition(":")
    if not colon:
        raise matcher.InvalidValueError(f"«{text}»: schrijf een koppel als SCHOOL:MENTOR.")
    ids = matcher.find_school(given, school), matcher.find_mentor(given, mentor)
    override = bool(options.override) and kind == "required"
    return matcher.Lock(*ids, kind, options.reason, override)  # type: ignore[arg-type]


def _later_withdrawn(given: Round, plan: Plan) -> dict[str, str]:
    """Give the withdrawals that came by command, not by the mentor's row."""
    by_row = {one.id for one in given.mentors if one.status == "withdrawn"}
    return {mentor: reason for mentor, reason in plan.withdrawn.items() if mentor not in by_row}


def with_roads(cohort: Cohort, options: Namespace) -> tuple[Round, str | None]:
    """Put exact places and road times into a cohort's round where asked; with a note where that failed."""
    given = cohort.given
    if given is None:
        raise AssertionError("only a cohort without errors has roads")
    if options.geocode:
        given, findings = matcher.geocoded(given)
        say_findings(findings)
    server = options.roads or cohort.server
    return matcher.with_roads(given, server) if server else (given, None)


def print_prices(given: Round, new: set[matcher.Lock]) -> None:
    """Show what each new agreement costs, before it is taken up."""
    if not new:
        return
    before = replace(given, locks=tuple(lock for lock in given.locks if lock not in new))
    plan = matcher.assign(before)
    if plan.conflict is not None:
        return
    asked = matcher.solved(before, plan)
    for lock in sorted(new, key=lambda one: (one.school, one.mentor)):
        say(*lock_lines(asked, matcher.price_of_lock(asked, lock)))


@contextmanager
def stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C mean: stop and keep the best; a second one stops at once. Who runs this aside ignores Ctrl-C."""
    stopped = False
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        yield lambda: stopped
        return

    def stop(_signal: int, _frame: object) -> None:
        nonlocal stopped
        stopped = True
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: stopped
    finally:
        signal.signal(signal.SIGINT, before)
