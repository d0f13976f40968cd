"""Questions about a plan: `why`, `price`, `suggest`, `resilience`, `shortage`."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Final

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.exit_codes import EXIT_CONFLICT, EXIT_INPUT
from service.terminal.files import read_question
from service.terminal.plan.given import load, pair_of
from service.terminal.plan.prices import print_all_prices
from service.terminal.plan.words import lock_lines, print_conflict
from service.terminal.printing import progress_bar, say, say_error, say_json, say_table
from service.terminal.values import each_once, read_count

ASKED: Final = "gevraagd"


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add these commands to the command line."""
    one = _command(commands, "why", "waarom dit koppel, of waarom niet", run_why)
    one.add_argument("school", metavar="SCHOOL", help="schoolnummer of naam")
    one.add_argument(
        "mentor", metavar="MENTOR", nargs="?", help="mentornummer of naam; leeg = de mentoren van de school"
    )
    one = _command(commands, "price", "wat kost het om een koppel vast te leggen of te verbieden", run_price)
    words = "koppel dat vast zou moeten (mag vaker: dan telt alles samen)"
    one.add_argument("--lock", metavar="SCHOOL:MENTOR", action="append", default=[], help=words)
    words = "koppel dat niet zou mogen (mag vaker: dan telt alles samen)"
    one.add_argument("--forbid", metavar="SCHOOL:MENTOR", action="append", default=[], help=words)
    one.add_argument("--override", action="store_true", help="vaste koppels ook tegen een regel in")
    one.only_with("--override", "--lock")
    one.add_argument("--csv", action="store_true", help="druk alle prijzen af als CSV")
    for other in ("--lock", "--forbid", "--json"):
        one.not_beside("--csv", other, why="De CSV is de lijst van alle prijzen.")
    one = _command(commands, "suggest", "andere mentoren voor een school, of scholen voor een mentor", run_suggest)
    one.add_argument("--school", metavar="SCHOOL", help="schoolnummer of naam")
    one.add_argument("--mentor", metavar="MENTOR", help="mentornummer of naam")
    one = _command(commands, "resilience", "wat als een mentor afhaakt, elk om de beurt", run_resilience)
    words = "toon ook de N ergste uitvallen van twee tegelijk"
    one.add_argument("--two", metavar="N", type=read_count, default=0, help=words)
    one = commands.add_parser("shortage", help="welke scholen delen te weinig mentoren, en wat helpt")
    one.add_argument("cohort", metavar="COHORTE", type=Path, help="map of werkmap; er hoeft nog geen plan te zijn")
    one.add_argument("--policy", metavar="BESTAND", type=Path, help="beleid.toml")
    one.add_argument("--json", action="store_true", help="druk het antwoord af als JSON")
    one.set_defaults(run=run_shortage)


def _command(commands: _SubParsersAction[DutchParser], name: str, words: str, run: Any) -> DutchParser:  # noqa: ANN401
    one = commands.add_parser(name, help=words)
    one.add_argument("plan", metavar="PLAN", type=Path, help="plan.json, met ronde.json ernaast")
    one.add_argument("--json", action="store_true", help="druk het antwoord af als JSON")
    one.set_defaults(run=run)
    return one


def run_why(options: Namespace) -> int:
    """Explain a pair, in the plan or not."""
    asked = read_question(options.plan)
    school = matcher.find_school(asked.given, options.school)
    if options.mentor is None:
        mentors = [pair.mentor for pair in asked.plan.pairs if pair.school == school]
    else:
        mentors = [matcher.find_mentor(asked.given, options.mentor)]
    with progress_bar("Waarom"):
        answers = [matcher.why_not(asked, school, mentor) for mentor in mentors]
    if options.json:
        say_json([_why_json(asked, one) for one in answers])
        return 0
    if not answers:
        open_place = next((place.reason for place in asked.plan.open_places if place.school == school), "")
        say(f"{asked.facts.school[school].name} heeft geen mentor. {open_place}")
    for answer in answers:
        _print_why(asked, answer)
    return 0


def _print_why(asked: matcher.Solved, answer: Any) -> None:  # noqa: ANN401
    why = answer.why
    school, mentor = asked.facts.school[why.school].name, asked.facts.mentor[why.mentor].name
    say(f"{mentor} bij {school}: {'staat in het plan' if why.in_plan else 'staat niet in het plan'}.")
    say(*(f"  {reason}" for reason in why.reasons))
    if why.rank:
        say(
            f"  {matcher.counted(why.points, 'punt', 'punten')}; nummer {why.rank} van "
            f"{matcher.counted(why.possible, 'mogelijke mentor', 'mogelijke mentoren')}."
        )
    if not answer.objections:
        say(*(f"  {one.sentence}" for one in answer.claims))
    for objection in answer.objections:
        say(f"  Kan niet: {objection}")
    if answer.remedy is not None:
        say(*(f"  {one.sentence}" for one in answer.remedy.claims))
    elif answer.tried:
        say("  Geen kleine wijziging bij deze mentor maakt dit mogelijk.")


def run_price(options: Namespace) -> int:
    """Price an agreement before it is made."""
    asked = read_question(options.plan)
    if not (options.lock or options.forbid):
        return print_all_prices(asked, as_json=options.json, as_csv=options.csv)
    read = partial(pair_of, asked.given)
    wanted = [
        matcher.Lock(*one, "required", ASKED, options.override) for one in each_once("--lock", options.lock, read)
    ]
    wanted += [matcher.Lock(*one, "forbidden", ASKED) for one in each_once("--forbid", options.forbid, read)]
    with progress_bar("Prijs"):
        price = matcher.price_of_locks(asked, tuple(wanted))
    if options.json:
        say_json(_lock_json(asked, price))
    else:
        say(*lock_lines(asked, price))
    return EXIT_CONFLICT if price.conflict is not None else 0


def run_suggest(options: Namespace) -> int:
    """Rank other mentors for a school, or schools for a mentor."""
    asked = read_question(options.plan)
    if (options.school is None) == (options.mentor is None):
        raise matcher.InvalidValueError("Geef --school of --mentor, een van de twee.")
    school = matcher.find_school(asked.given, options.school) if options.school else None
    mentor = matcher.find_mentor(asked.given, options.mentor) if options.mentor else None
    with progress_bar("Anderen"):
        found = matcher.suggest(asked, school=school, mentor=mentor)
    if options.json:
        say_json({"ranked": [asdict(one) for one in found.ranked], "standby": [asdict(one) for one in found.standby]})
        return 0
    rows = []
    for number, one in enumerate(found.ranked, start=1):
        price = one.price
        who = asked.facts.mentor[price.mentor].name if school else asked.facts.school[price.school].name
        cost = "in het plan" if price.in_plan else matcher.loss_words(price.losses)
        rows.append(
            (
                str(number),
                who,
                cost,
                str(price.moves),
                str(one.points),
                str(one.minutes),
                one.reasons[0] if one.reasons else "",
            )
        )
    headers = ("Nr", "Mentor" if school else "School", "Verschil", "Verschuivingen", "Punten", "Min", "Waarom")
    say_table(headers, rows, right=("Nr", "Verschuivingen", "Punten", "Min"), whole="met --json")
    for one in found.standby:
        who = asked.facts.mentor[one.price.mentor].name if school else asked.facts.school[one.price.school].name
        say(
            f"In reserve: {who}, {matcher.counted(one.points, 'punt', 'punten')}, "
            f"{matcher.counted(one.minutes, 'minuut', 'minuten')}."
        )
    if not rows:
        say("Buiten wie in reserve staat, kan niemand." if found.standby else "Er is niemand die kan.")
    return 0


def run_resilience(options: Namespace) -> int:
    """Let each mentor drop out in turn."""
    asked = read_question(options.plan)
    with progress_bar("Uitval") as progress:
        found = matcher.resilience(asked, two=options.two, progress=progress)
    if options.json:
        sides = {"drop_outs": found.drop_outs, "worst_two": found.worst_two}
        told = {side: [matcher.drop_out_document(asked, one) for one in each] for side, each in sides.items()}
        say_json(asdict(found) | told)
        return 0
    colours = {"green": "groen ", "orange": "oranje", "red": "rood  "}
    for one in sorted(found.drop_outs, key=matcher.worst_first):
        say(f"{colours[one.colour]} {matcher.drop_out_words(asked, one)}")
    names = {one.id: one.name for one in asked.given.mentors}
    if found.pillars:
        say("", f"Hier hangt een plaats aan: {', '.join(names[one] for one in found.pillars)}.")
    if found.standby.mentors:
        reserve = ", ".join(names[one] for one in found.standby.mentors)
        say(f"Kleinste reserve die elke uitval opvangt die op te vangen is: {reserve}.")
    elif not found.drop_outs:
        say("Het plan heeft geen koppels: niemand kan uitvallen.")
    elif not found.standby.uncovered:
        say("Elke uitval wordt door de andere mentoren van het plan zelf opgevangen.")
    if found.standby.uncovered:
        say(f"Niemand kan inspringen voor: {', '.join(names[one] for one in found.standby.uncovered)}.")
    for one in found.worst_two:
        say(f"{colours[one.colour]} {matcher.drop_out_words(asked, one)}")
    return 0


def run_shortage(options: Namespace) -> int:
    """Name the groups of schools that share too few mentors, with what helps; or how the agreements contradict."""
    cohort = load(options.cohort, options.policy)
    if cohort.given is None:
        return EXIT_INPUT
    with progress_bar("Tekorten"):
        found = matcher.shortfall(cohort.given)
    if found.conflict is not None:
        if options.json:
            say_json({"conflict": matcher.conflict_to_document(found.conflict)})
        else:
            print_conflict(found.conflict)
        return EXIT_CONFLICT
    if options.json:
        say_json([matcher.shortage_document(one) for one in found.shortages])
        for line in matcher.aside_words(found):
            say_error(line)
    else:
        _print_shortages(found)
    return 0


def _print_shortages(found: matcher.Shortfall) -> None:
    for one in found.shortages:
        say(one.sentence)
        for remedy in one.remedies:
            say(f"  + {matcher.counted(remedy.places, 'plaats', 'plaatsen')}: {remedy.words}")
        if not one.remedies:
            say("  Geen enkele kleine wijziging helpt.")
    say(*matcher.shortfall_words(found))


def _lock_json(asked: matcher.Solved, price: matcher.LockPrice) -> dict[str, Any]:
    moves = [asdict(one) for one in price.moves]
    conflict = matcher.conflict_to_document(price.conflict)
    claims = [matcher.claim_to_document(one) for one in matcher.tell(asked.facts, matcher.consequences(price))]
    losses = dict(price.losses)
    locks = [asdict(one) for one in price.locks]
    one = {"lock": locks[0]} if len(locks) == 1 else {}
    return {**one, "locks": locks, "losses": losses, "moves": moves, "conflict": conflict, "claims": claims}


def _why_json(asked: matcher.Solved, answer: Any) -> dict[str, Any]:  # noqa: ANN401
    found: dict[str, Any] = {"why": asdict(answer.why), "objections": list(answer.objections)}
    found["price"] = None if answer.price is None else _lock_json(asked, answer.price)
    found["claims"] = [matcher.claim_to_document(one) for one in answer.claims]
    remedy = answer.remedy
    if remedy is None:
        return found | {"remedy": None}
    claims = [matcher.claim_to_document(one) for one in remedy.claims]
    return found | {"remedy": {"words": remedy.words, "price": _lock_json(asked, remedy.price), "claims": claims}}
