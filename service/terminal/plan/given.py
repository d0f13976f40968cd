"""Which round do the files and the options of a command make? Read, with agreements, drop-outs and road times."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from functools import partial
from pathlib import Path

import matcher
from service.terminal.argparse_dutch import DutchParser, does_nothing
from service.terminal.files import read_plan, read_round_beside, refuse_stranger
from service.terminal.plan.words import new_lock_lines
from service.terminal.printing import console, progress_bar, say, say_findings
from service.terminal.values import each_once


def add_changes(one: DutchParser) -> None:
    """Add what a coordinator changes about a round: who leaves, which pairs must or may not be."""
    one.add_argument("--withdrawn", metavar="MENTOR", action="append", default=[], help="wie uitvalt (mag vaker)")
    one.add_argument(
        "--lock", metavar="SCHOOL:MENTOR", action="append", default=[], help="koppel dat vast moet (mag vaker)"
    )
    one.add_argument(
        "--forbid", metavar="SCHOOL:MENTOR", action="append", default=[], help="koppel dat niet mag (mag vaker)"
    )
    words = "wie in het vorige plan uitviel en terug is (mag vaker)"
    one.add_argument("--back", metavar="MENTOR", action="append", default=[], help=words)
    words = "afspraak uit het vorige plan die niet meer geldt (mag vaker)"
    one.add_argument("--unlock", metavar="SCHOOL:MENTOR", action="append", default=[], help=words)
    words = "mentor in reserve die ingezet wordt (mag vaker)"
    one.add_argument("--activate", metavar="MENTOR", action="append", default=[], help=words)
    override = "vaste koppels mogen tegen een regel in; vraagt --reason"
    one.add_argument("--override", action="store_true", help=override)
    one.add_argument("--reason", default="", help="reden bij --withdrawn, --lock en --forbid")
    one.add_argument("--roads", metavar="URL", help="OSRM- of Valhalla-server voor echte reistijden")
    one.add_argument("--geocode", action="store_true", help="zoek volledige adressen online op")
    one.only_with("--reason", "--withdrawn", "--lock", "--forbid")
    one.only_with("--override", "--lock")


def load(source: Path, policy: Path | None, previous: Path | None = None) -> matcher.Cohort:
    """Read a cohort and print what is odd about it, with the counts; numbers are known by the plan before."""
    before = None if previous is None else read_round_beside(previous)
    with progress_bar("Bestanden lezen"):
        cohort = matcher.with_roads_beside(matcher.read_cohort(source, policy_file=policy, before=before), source)
    shown = [one for one in cohort.findings if one.severity != "note"]
    say_findings(shown)
    console(errors=True).print(str(cohort.counts))
    return cohort


def with_options(given: matcher.Round, options: Namespace) -> matcher.Round:
    """Put what the command line adds into the round: previous plan, withdrawals, agreements.

    What lives in the previous plan goes along. The required agreements of who withdraws rest, save those that this
    very command asks for.
    """
    if options.override and not options.reason:
        raise matcher.InvalidValueError("Tegen een regel in vastleggen kan alleen met een reden: geef --reason.")
    previous = None
    if options.previous is not None:
        previous = read_plan(options.previous)
        refuse_stranger(given, previous, options.previous)
    reason = "" if options.reason == matcher.NO_REASON else options.reason
    pair, mentor = partial(pair_of, given), partial(matcher.find_mentor, given)
    asked = matcher.Asked(
        withdrawn=dict.fromkeys(each_once("--withdrawn", options.withdrawn, mentor), reason),
        locks=(
            *(_lock(one, "required", options) for one in each_once("--lock", options.lock, pair)),
            *(_lock(one, "forbidden", options) for one in each_once("--forbid", options.forbid, pair)),
        ),
        activated=each_once("--activate", options.activate, mentor),
        back=each_once("--back", options.back, mentor),
        unlocked=each_once("--unlock", options.unlock, pair),
    )
    return matcher.carried_on(given, previous, asked)


def print_carried(given: matcher.Round, now: matcher.Round) -> None:
    """Say what goes along from the previous plan: who stays away, what stays agreed, what rests, and the way back."""
    previous = now.previous
    if previous is None:
        return
    schools = {one.id: one.name for one in given.schools}
    mentors = {one.id: one.name for one in given.mentors}
    for one in sorted(now.withdrawn.keys() & previous.withdrawn.keys()):
        say(f"{mentors[one]} blijft uitgevallen. Terug? Geef --back {one}.")
    for lock in sorted({*previous.locks} & {*now.locks} - {*given.locks}, key=lambda one: (one.school, one.mentor)):
        kind = "blijft vast" if lock.kind == "required" else "blijft verboden"
        pair = f"{lock.school}:{lock.mentor}"
        say(f"{mentors[lock.mentor]} bij {schools[lock.school]} {kind}. Niet meer? Geef --unlock {pair}.")
    for lock in now.resting:
        who = mentors[lock.mentor]
        say(f"Het vaste koppel {who} bij {schools[lock.school]} rust: {who} is uitgevallen.")
    for one in now.activated:
        say(f"{mentors[one]} stond in reserve en wordt ingezet.")


def pair_of(given: matcher.Round, text: str) -> tuple[str, str]:
    """Read SCHOOL:MENTOR, by number or name; raises InvalidValueError."""
    school, colon, mentor = text.rpartition(":")
    if not colon:
        raise matcher.InvalidValueError(f"«{text}»: schrijf een koppel als SCHOOL:MENTOR.")
    return matcher.find_school(given, school), matcher.find_mentor(given, mentor)


def _lock(ids: tuple[str, str], kind: str, options: Namespace) -> matcher.Lock:
    override = bool(options.override) and kind == "required"
    return matcher.Lock(*ids, kind, options.reason, override)  # type: ignore[arg-type]


def with_roads(cohort: matcher.Cohort, options: Namespace) -> tuple[matcher.Round, str | None]:
    """Put exact places and road times into a cohort's round where asked; with a note where that failed."""
    given = cohort.given
    if given is None:
        raise AssertionError("only a cohort without errors has roads")
    if options.geocode:
        if not any(one.street for one in given.schools):
            raise does_nothing("--geocode", "Geen enkele school heeft een straat om op te zoeken.")
        given, findings = matcher.geocoded(given)
        say_findings(findings)
    beside = given.roads is not None and not options.geocode
    server = options.roads or ("" if beside else cohort.server)
    return matcher.with_roads(given, server) if server else (given, None)


def print_prices(given: matcher.Round, new: set[matcher.Lock]) -> None:
    """Show what each new agreement costs, before it is taken up."""
    if not new:
        return
    before = replace(given, locks=tuple(lock for lock in given.locks if lock not in new))
    plan = matcher.assign(before)
    if plan.conflict is not None:
        return
    asked = matcher.solved(before, plan)
    for lock in sorted(new, key=lambda one: (one.school, one.mentor)):
        say(*new_lock_lines(asked, matcher.price_of_lock(asked, lock)))
