"""Is what a file says right, counted anew? `verify`, for a plan, a year of sessions and signed records."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from dataclasses import replace
from pathlib import Path

import matcher
from service.terminal.argparse_dutch import DutchParser, does_nothing
from service.terminal.exit_codes import EXIT_DIFFERENT, EXIT_INPUT
from service.terminal.files import PLAN_KIND, RECORD_KIND, kind_of, read_plan, read_round_beside
from service.terminal.plan.given import load
from service.terminal.printing import say
from service.terminal.verify.award import KIND as SIGNED_KIND
from service.terminal.verify.award import verify_award
from service.terminal.verify.year import holds_year, verify_year

VERIFIED = (
    "Nagerekend: koppels, redenen, punten, reistijden en doelen kloppen. "
    "Dat er geen beter plan is, rekent «certificate» voor."
)


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command to the command line."""
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
    one.only_with("--policy", "--cohort")
    one.only_with("--previous", "--cohort")
    one.not_beside("--public-key", "--cohort", why="Een plan is niet ondertekend; een dossier wel, zonder --cohort.")
    one.set_defaults(run=run_verify)


def run_verify(options: Namespace) -> int:
    """Recompute a plan without the solver, or replay a record; exit 0, or 1 with the first difference."""
    if options.cohort is None:
        return _verify_alone(options)
    cohort = load(options.cohort, options.policy)
    if cohort.given is None:
        return EXIT_INPUT
    plan = read_plan(options.plan)
    given = replace(
        cohort.given.as_then(plan.policy),
        locks=plan.locks,
        resting=plan.resting,
        activated=tuple(one for one in plan.activated if one in {mentor.id for mentor in cohort.given.mentors}),
        withdrawn=_later_withdrawn(cohort.given, plan),
    )
    given = replace(given, policy=_of_its_time(given.policy, plan.policy))
    beside = read_round_beside(options.plan)
    if beside is not None:
        # No part of a cohort: what a routing server said, and the plan that was published before.
        given = replace(given, roads=beside.roads, previous=beside.previous)
    if options.previous is not None:
        given = replace(given, previous=read_plan(options.previous))
    difference = matcher.own_agreement_missing(cohort.given.locks, plan) or matcher.verify_plan(given, plan)
    say(VERIFIED if difference is None else f"Klopt niet: {difference}")
    if difference is None and plan.open_places and matcher.told_by_older_words(plan):
        say("Dit plan is van een oudere versie: de redenen bij open plaatsen zijn niet nagerekend.")
    return 0 if difference is None else EXIT_DIFFERENT


def _verify_alone(options: Namespace) -> int:
    """Check what needs no cohort: a year of sessions, a record of a plan or of the Award."""
    kind = kind_of(options.plan)
    if kind == SIGNED_KIND:
        return verify_award(options.plan, options.public_key)
    if holds_year(options.plan):
        if options.public_key is not None:
            raise does_nothing("--public-key", "Een jaar van sessies is niet ondertekend.")
        return verify_year(options.plan)
    if kind == PLAN_KIND:
        raise matcher.InvalidValueError("Een plan wordt nagerekend met zijn gegevens: geef ook --cohort.")
    if kind not in (None, RECORD_KIND):
        raise matcher.InvalidValueError(f"{options.plan} is geen plan, dossier of jaar van sessies.")
    verdict = matcher.verify_record(options.plan.read_bytes(), options.public_key)
    say(verdict.sentence, *([f"Ondertekend met: {verdict.public_key}"] if verdict.public_key else []))
    return 0 if verdict.sound else EXIT_DIFFERENT


def _of_its_time(policy: matcher.Policy, plan: matcher.Policy) -> matcher.Policy:
    """Have travel estimated as in the plan where the policy names no formula: older plans name theirs."""
    if policy.older_travel:
        return policy
    return replace(policy, detour_factor=plan.detour_factor, speed_kmh=plan.speed_kmh)


def _later_withdrawn(given: matcher.Round, plan: matcher.Plan) -> dict[str, str]:
    """Give the withdrawals that came by command, not by the mentor's row."""
    by_row = {one.id for one in given.mentors if one.status == "withdrawn"}
    return {mentor: reason for mentor, reason in plan.withdrawn.items() if mentor not in by_row}
