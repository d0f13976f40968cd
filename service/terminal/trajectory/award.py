"""Who reads which school, who wins and how surely: `trajectory award`, with a signed record."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import matcher
from service.terminal.argparse_dutch import DutchParser, does_nothing
from service.terminal.printing import say, say_json, say_table
from service.terminal.trajectory import files
from service.terminal.trajectory.dossier import default_key

Writers = dict[str, Callable[[Path], object]]

JURY_FILE: Final = "juryverdeling.json"
AWARD_FILE: Final = "award.json"
RECORD_FILE: Final = "award-dossier.json"


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command."""
    one = commands.add_parser("award", help="verdeel de jury; rangschik op haar scores, met een ondertekend verslag")
    files.add_folder(one)
    one.add_argument("--again", action="store_true", help="verdeel de jury opnieuw, ook als dat al gebeurd is")
    one.add_argument("--key", metavar="BESTAND", type=Path, help="sleutel; standaard in uw eigen instellingenmap")
    one.set_defaults(run=run_award)


def run_award(options: Namespace) -> int:
    """Share the jury out; with scores, rank, and sign once every reading is in."""
    given = files.cohort_of(options)
    names = files.school_names(given)
    rules, odd = matcher.read_award_rules(options.folder, names)
    jurors, more = matcher.read_jurors(options.folder, names)
    files.refuse_errors((*odd, *more), options)
    assert rules is not None  # noqa: S101 - errors alone leave no rules
    award, scored = matcher.read_award(options.folder, rules, jurors, names)
    files.refuse_errors(scored, options)
    jury = _jury(rules, jurors, names, options)
    faults = [*matcher.jury_faults(jury.pairs, jurors), *_strangers(rules, jury)]
    if faults:
        raise matcher.InvalidValueError(f"{JURY_FILE}: {faults[0]} Verdeel de jury opnieuw met --again.")
    writers: Writers = {
        JURY_FILE: files.json_file(matcher.jury_to_document(jury)),
        "juryverdeling.xlsx": files.workbook(matcher.jury_dossier(names, jurors, jury)),
    }
    if matcher.find_table(options.folder, "scores") is None:
        sheet = _empty_scores(rules, jury)
        writers["scores.csv"] = lambda path: path.write_bytes(sheet)
    return _deliver(award, names, jury, writers, (*odd, *more, *scored), options)


def _jury(
    rules: matcher.AwardRules, jurors: Sequence[matcher.Juror], names: Mapping[str, str], options: Namespace
) -> matcher.JuryPlan:
    """Give the jury's plan that was told to the jurors already, else make one."""
    path: Path = options.folder / JURY_FILE
    if options.again and not path.exists():
        raise does_nothing("--again", f"In {options.folder} is de jury nog niet verdeeld. Laat --again weg.")
    if path.exists() and not options.again:
        plan: matcher.JuryPlan = files.document_in(path, matcher.jury_from_document)
        return plan
    schools = {one: names[one] for one in rules.schools}
    return matcher.assign_jury(schools, jurors, rules.readings, rules.most, rules.seed)


def _strangers(rules: matcher.AwardRules, jury: matcher.JuryPlan) -> list[str]:
    """Tell where the jury was shared out over other schools than compete now."""
    read = {school for school, _ in jury.pairs}
    told = [f"School {one} doet niet meer mee." for one in sorted(read - {*rules.schools})]
    unread = sorted({*rules.schools} - read) if not jury.missing else []
    return told + [f"School {one} is nog aan niemand gegeven." for one in unread]


def _empty_scores(rules: matcher.AwardRules, jury: matcher.JuryPlan) -> bytes:
    """Write a row for every reading and criterion, the score still empty."""
    rows = [
        {"schoolnummer": school, "jurynummer": juror, "criterium": one.key}
        for school, juror in sorted(jury.pairs, key=lambda pair: pair[::-1])
        for one in rules.criteria
    ]
    return matcher.csv_table([one.name for one in matcher.table_columns("scores")], rows)


def _deliver(  # noqa: PLR0913, PLR0917 - all that was read, written and told at the end
    award: matcher.Award | None,
    names: Mapping[str, str],
    jury: matcher.JuryPlan,
    writers: Writers,
    findings: Sequence[matcher.Finding],
    options: Namespace,
) -> int:
    scored = [] if award is None else sorted({(one.school, one.juror) for one in award.scores})
    left = matcher.open_readings(jury, scored)
    outcome = None if award is None else matcher.decide_award(award, names)
    key = None
    if options.key is not None and (outcome is None or left):
        raise does_nothing("--key", "Er wordt pas ondertekend als elke lezing een score heeft.")
    if award is not None and outcome is not None:
        writers[AWARD_FILE] = files.json_file(_outcome(outcome))
        writers["award.xlsx"] = files.workbook(matcher.award_dossier(names, award, outcome))
        if not left:
            key = matcher.load_key(options.key or default_key())
            record = matcher.sign_document(matcher.award_record(award), key)
            writers[RECORD_FILE] = lambda path: path.write_bytes(record)
    wrote = files.written(options.folder, writers)
    if options.json:
        say_json(
            {
                "jury": matcher.jury_to_document(jury),
                "open": [list(one) for one in left],
                "outcome": None if outcome is None else _outcome(outcome),
                "public_key": None if key is None else matcher.public_hex(key),
                "findings": files.as_members(findings),
            }
        )
        return 0
    _print(names, jury, outcome, len(left))
    say(wrote, *([f"Publieke sleutel: {matcher.public_hex(key)}"] if key is not None else []))
    return 0


def _outcome(outcome: matcher.AwardOutcome) -> dict[str, Any]:
    """Write the ranking; totals and borders are exact fractions such as `37/5`."""
    return {
        "ranking": [
            {
                "school": one.school,
                "rank": one.rank,
                "total": str(one.total),
                "means": {key: str(mean) for key, mean in one.means.items()},
                "readings": one.readings,
            }
            for one in outcome.ranking
        ],
        "winners": list(outcome.winners),
        "unscored": list(outcome.unscored),
        "ranges": [
            {
                "criterion": one.criterion,
                "weight": one.weight,
                "low": str(one.low),
                "high": None if one.high is None else str(one.high),
            }
            for one in outcome.ranges
        ],
        "slack": None if outcome.slack is None else str(outcome.slack),
        "sentences": list(outcome.sentences),
    }


def _print(names: Mapping[str, str], jury: matcher.JuryPlan, outcome: matcher.AwardOutcome | None, left: int) -> None:
    loads = ", ".join(f"{juror} {number}" for juror, number in jury.loads.items())
    say(
        f"{matcher.counted(len(jury.pairs), 'lezing', 'lezingen')} verdeeld ({loads}); niemand leest een "
        "school waarmee hij of zij een band heeft."
    )
    say(*jury.notes)
    if outcome is None:
        say("Er zijn nog geen scores. Vul scores.csv in en geef dezelfde opdracht opnieuw.")
        return
    rows = [
        (str(one.rank), names[one.school], f"{float(round(one.total, 2)):.2f}".replace(".", ","), str(one.readings))
        for one in outcome.ranking
    ]
    say_table(("Plaats", "School", "Totaal", "Lezingen"), rows, right=("Plaats", "Totaal", "Lezingen"))
    say("", *outcome.sentences)
    if left:
        say(
            f"Nog {matcher.counted(left, 'lezing', 'lezingen')} zonder score: het dossier wordt pas "
            "ondertekend als alles er is."
        )
