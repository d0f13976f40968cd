"""How firm a plan stands, as a workbook: weights, answers that leave no choice, the price of spreading."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matcher.output.book import Book, new_book
from matcher.output.sheet import fill_sheet


def write_robustness(path: Path, document: Mapping[str, Any]) -> None:
    """Write the document of `questions.robustness`, a sheet for each of its parts."""
    with new_book(path) as book:
        firm_sheets(book, document)
        fill_sheet(
            book,
            "Spreiden",
            [("Tweede en verdere scholen minder", 20), ("Wat dat kost", 140)],
            [(one["fewer"], one["words"]) for one in document["spread"]],
        )


def firm_sheets(book: Book, document: Mapping[str, Any]) -> None:
    """Add a sheet for each part that is known: interchangeable pairs, weights, single choices."""
    if "free" in document:
        rows = [(one["school"], one["mentor"], one["words"]) for one in document["free"]]
        fill_sheet(book, "Inwisselbaar", [("Schoolnummer", 16), ("Mentornummer", 16), ("Uitleg", 140)], rows)
    if "weights" in document:
        fill_sheet(
            book,
            "Gewichten",
            [("Criterium", 24), ("Gewicht nu", 12), ("Van", 10), ("Tot en met", 12), ("Uitleg", 110)],
            [tuple(one[name] for name in ("label", "weight", "low", "high", "words")) for one in document["weights"]],
        )
    if "single_choices" in document:
        fill_sheet(
            book,
            "Eén keuze",
            [("Nummer", 16), ("Uitleg", 140)],
            [(one["id"], one["words"]) for one in document["single_choices"]],
        )
