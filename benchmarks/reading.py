"""How long does it take to read 20,000 rows, beside the program of before it folded every spelling once?

Each checkout reads the same files in a process of its own, in turn, run after run, so that a busy moment hits both.
What counts is processor time, with that of the guarded child that opens workbooks.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import openpyxl

from benchmarks.plan_page import ROOT, worktree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REV = "ba270595d2d65cded775f8de7258fea1bb75d777"
"""The last revision that folded the spelling of every cell anew, and read XLSX with openpyxl."""

SCHOOLS, MENTORS = 10_000, 10_000
READ = """
import json, os, sys
import matcher
from matcher.intake.reading import workbook

workbook._SECONDS = 600  # a busy machine must not end the child

def spent():
    return sum(os.times()[:4])

sources = json.loads(sys.argv[1])
matcher.read_cohort(sources["sample"])
found = {}
for kind in ("csv", "xlsx"):
    before = spent()
    cohort = matcher.read_cohort(sources[kind])
    found[kind] = {"seconds": spent() - before, "schools": cohort.counts.schools, "mentors": cohort.counts.mentors}
print(json.dumps(found))
"""
"""What each checkout does: the sample first, so that its tables of reference are there."""

Rows = list[list[str]]


def run(runs: int, before: Path | None = None) -> dict[str, Any]:
    """Measure this checkout beside another, or beside REV; give seconds, and the median ratio within each run.

    Raises RuntimeError where the two read another number of rows, and CalledProcessError where git has no such
    revision.
    """
    with ExitStack() as stack:
        trees = {"before": before or stack.enter_context(worktree(REV)), "now": ROOT}
        sources = written(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        taken: dict[str, list[dict[str, Any]]] = {name: [] for name in trees}
        for _ in range(runs):
            for name, tree in trees.items():
                taken[name].append(read_by(tree, sources))
                print(name, *(f"{kind} {one['seconds']:.2f} s;" for kind, one in taken[name][-1].items()), flush=True)
    return {kind: compared(taken, kind) for kind in ("csv", "xlsx")} | {"revision": "" if before else REV}


def compared(taken: Mapping[str, Sequence[Mapping[str, Any]]], kind: str) -> dict[str, Any]:
    """Give the medians of one kind of file, and how many times less time it takes now."""
    seconds = {name: [one[kind]["seconds"] for one in each] for name, each in taken.items()}
    counts = {(one[kind]["schools"], one[kind]["mentors"]) for each in taken.values() for one in each}
    if counts != {(SCHOOLS, MENTORS)}:
        raise RuntimeError(f"{kind}: {sorted(counts)} schools and mentors were read, not {SCHOOLS} and {MENTORS}")
    ratios = [first / now for first, now in zip(seconds["before"], seconds["now"], strict=True)]
    return {
        **{name: round(median(each), 3) for name, each in seconds.items()},
        "times_faster": round(median(ratios), 2),
        "all_seconds": {name: [round(one, 3) for one in each] for name, each in seconds.items()},
        "rows": SCHOOLS + MENTORS,
    }


def read_by(tree: Path, sources: Mapping[str, Any]) -> dict[str, Any]:
    """Have a checkout read the files."""
    command = [sys.executable, "-c", READ, json.dumps(sources)]
    settings = os.environ | {"PYTHONPATH": str(tree)}
    done = subprocess.run(command, cwd=tree, env=settings, check=True, capture_output=True)  # noqa: S603 - our own words
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def write_tables(folder: Path, count: int, others: int) -> dict[str, Any]:
    """Write so many schools and mentors as CSV files, and as one workbook; give where they are."""
    sources = written(folder, {"Scholen": schools(count), "Mentoren": mentors(others)})
    whole: Any = openpyxl.Workbook(write_only=True)
    for sheet, rows in (("Scholen", schools(count)), ("Mentoren", mentors(others))):
        page = whole.create_sheet(sheet)
        for row in rows:
            page.append([cell or None for cell in row])
    whole.save(folder / "whole.xlsx")
    return sources | {"book": str(folder / "whole.xlsx")}


def written(folder: Path, tables: Mapping[str, Rows] | None = None) -> dict[str, Any]:
    """Write the rows as CSV files and as workbooks; give where they are, and the sample."""
    tables = {"Scholen": schools(), "Mentoren": mentors()} if tables is None else tables
    (folder / "csv").mkdir()
    books = []
    for sheet, rows in tables.items():
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        (folder / "csv" / f"{sheet.lower()}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
        book: Any = openpyxl.Workbook(write_only=True)
        page = book.create_sheet(sheet)
        for row in rows:
            page.append([cell or None for cell in row])
        books.append(str(folder / f"{sheet.lower()}.xlsx"))
        book.save(books[-1])
    return {
        "csv": str(folder / "csv"),
        "xlsx": books,
        "sample": str(ROOT / "data" / "voorbeeld"),
    }


SCHOOL = (
    *("schoolnummer", "naam", "postcode", "onderwijsvormen"),
    *("richtingen", "beschikbaarheid", "aantal_mentoren", "e-mail"),
)
MENTOR = (
    *("mentornummer", "voornaam", "naam", "bedrijf", "sectoren"),
    *("postcode", "max_reistijd", "beschikbaarheid", "max_scholen", "e-mail"),
)
POSTCODES = ("9000", "2000", "3500", "8500", "3000", "9100", "2300", "8000", "1500", "3600", "9300", "2800")
HALVES = ("ma-vm", "ma-nm", "di-vm", "di-nm", "wo-vm", "do-vm", "do-nm", "vr-vm", "vr-nm")
TYPES = ("ASO", "TSO", "BSO", "KSO")
DIRECTIONS = (
    *("logistieke technieken", "wetenschappen-wiskunde", "biotechnologie", "elektrische installatietechnieken"),
    *("mechanica", "koelinstallaties", "lassen-constructie", "dakwerken", "ruwbouwafwerking", "elektronica"),
    *("mechanische vormgevingstechnieken", "chemie", "natuurwetenschappen", "sanitair", "internet of things", "ICT"),
    *("chemische technieken", "verwarming", "toegepaste informatica", "bouwtechnieken", "meubelmakerij", "STEM"),
    *("EM", "ME", "hout en textiel", "zorg-STEM", "logistiek", "agro en voeding"),
)
SECTORS = (
    *("technologie", "bouw", "chemie", "logistiek", "ict", "voeding", "installatie", "Zorg en medtech", "25", "43.2"),
    *("Haven en logistiek", "engineering", "10", "28", "20", "Energie, water en afval"),
)


def schools(count: int = SCHOOLS) -> Rows:
    """Give so many invented schools, the same every time."""
    dice = random.Random("schools")  # noqa: S311
    header = [
        "schoolnummer",
        "naam",
        "postcode",
        "onderwijsvormen",
        "richtingen",
        "beschikbaarheid",
        "aantal_mentoren",
        "e-mail",
    ]
    return [header] + [
        [
            f"{number:06}",
            f"Atheneum {number}",
            dice.choice(POSTCODES),
            ", ".join(dice.sample(TYPES, dice.randint(1, 2))),
            "; ".join(dice.sample(DIRECTIONS, dice.randint(2, 5))),
            ", ".join(dice.sample(HALVES, dice.randint(2, 5))),
            str(dice.randint(1, 2)),
            f"stem{number}@school.example",
        ]
        for number in range(count)
    ]


def mentors(count: int = MENTORS) -> Rows:
    """Give so many invented mentors, the same every time."""
    dice = random.Random("mentors")  # noqa: S311
    header = [
        "mentornummer",
        "voornaam",
        "naam",
        "bedrijf",
        "sectoren",
        "postcode",
        "max_reistijd",
        "beschikbaarheid",
        "max_scholen",
        "e-mail",
    ]
    return [header] + [
        [
            f"M{number:05}",
            "An",
            f"Voorbeeld {number}",
            f"Bedrijf {number % 4_000} NV",
            "; ".join(dice.sample(SECTORS, dice.randint(1, 3))),
            dice.choice(POSTCODES),
            dice.choice(("", "30", "45", "60")),
            ", ".join(dice.sample(HALVES, dice.randint(1, 4))),
            str(dice.randint(1, 3)),
            f"an{number}@bedrijf.example",
        ]
        for number in range(count)
    ]
