"""How far did the cohort come: `trajectory progress`, baseline against final, in numbers and drawings."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matcher
from service.terminal.argparse_dutch import DutchParser
from service.terminal.files import write_text
from service.terminal.printing import say, say_json, say_table
from service.terminal.trajectory import files

if TYPE_CHECKING:
    from fractions import Fraction


def add(commands: _SubParsersAction[DutchParser]) -> None:
    """Add this command."""
    one = commands.add_parser("progress", help="leg de eindmetingen naast de nulmetingen, per school en samen")
    files.add_folder(one)
    words = "plan.json: wie een mentor had (standaard plan/plan.json in de map; mag vaker)"
    one.add_argument("--plan", metavar="PLAN", type=Path, action="append", default=[], help=words)
    one.set_defaults(run=run_progress)


def run_progress(options: Namespace) -> int:
    """Compare, draw, write and print."""
    given = files.cohort_of(options)
    names = files.school_names(given)
    known = files.measurements_in(options.folder).measurements
    mentored = {pair.school for plan in files.plans_of(options) for pair in plan.pairs}
    told = matcher.cohort_progress(known, tuple(names), mentored)
    schools = [matcher.school_progress(known, one) for one in names]
    wrote = files.written(options.folder, _writers(names, known, told, schools))
    if options.json:
        say_json(_answer(told, schools))
    else:
        _print(names, told, schools)
        say(wrote)
    return 0


def _writers(
    names: Mapping[str, str],
    known: Sequence[matcher.Measurement],
    told: matcher.CohortProgress,
    schools: Sequence[matcher.SchoolProgress],
) -> dict[str, Callable[[Path], object]]:
    cohort = matcher.progress_chart(
        matcher.progress_comparison("Vooruitgang van de cohorte", told.elements, f"{told.sentence} {told.caveat}")
    )
    writers: dict[str, Callable[[Path], object]] = {
        "voortgang.svg": lambda path: write_text(path, cohort),
        "voortgang.xlsx": files.workbook(matcher.progress_dossier(names, known, told)),
    }
    for one in schools:
        if one.gain is not None:
            gain = f"Vooruitgang {_decimal(one.gain)} op de schaal van 0 tot 4. {' '.join(one.notes)}"
            drawing = matcher.progress_chart(matcher.progress_comparison(names[one.school], one.elements, gain.strip()))
            writers[f"voortgang/{file_name(one.school)}.svg"] = lambda path, drawing=drawing: write_text(path, drawing)  # type: ignore[misc]
    return writers


def file_name(school: str) -> str:
    """Make a school's number fit for a file's name on every system."""
    return "".join(one if one.isalnum() or one in "-_." else "_" for one in school)


def _decimal(number: Fraction | None) -> str:
    return "" if number is None else f"{float(round(number, 2)):.2f}".replace(".", ",")


def _answer(told: matcher.CohortProgress, schools: Sequence[matcher.SchoolProgress]) -> dict[str, Any]:
    """Write fractions exactly, as `17/20`."""
    groups = (("everybody", told.everybody), ("with_mentor", told.with_mentor), ("without_mentor", told.without_mentor))
    return {
        "elements": [_element(one) for one in told.elements],
        "schools": [
            {
                "school": one.school,
                "gain": _exact(one.gain),
                "elements": [_element(element) for element in one.elements],
                "notes": list(one.notes),
            }
            for one in schools
        ],
        "groups": {
            name: {
                "schools": one.schools,
                **{field: _exact(getattr(one, field)) for field in ("mean", "median", "lowest", "highest")},
            }
            for name, one in groups
        },
        "sentence": told.sentence,
        "caveat": told.caveat,
    }


def _element(one: Any) -> dict[str, object]:  # noqa: ANN401 - a value of the matcher that has no name at its door
    values = {field: _exact(getattr(one, field)) for field in ("before", "after", "gain")}
    return {"element": one.element, **values, "criteria": one.criteria}


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _print(names: Mapping[str, str], told: matcher.CohortProgress, schools: Sequence[matcher.SchoolProgress]) -> None:
    rows = [
        (
            f"{one.element} {matcher.ELEMENTS[one.element]}",
            *(_decimal(number) for number in (one.before, one.after, one.gain)),
            str(one.criteria),
        )
        for one in told.elements
    ]
    numbers = ("Nulmeting", "Eindmeting", "Verschil", "Scholen")
    say_table(("Kernelement", *numbers), rows, right=numbers)
    say("")
    each = [(names[one.school], _decimal(one.gain) or "niet te zien", " ".join(one.notes)) for one in schools]
    say_table(("School", "Vooruitgang", "Opmerking"), each, right=("Vooruitgang",))
    say("", told.sentence, told.caveat)
