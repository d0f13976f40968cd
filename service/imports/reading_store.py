"""How are a cohort's files read: which header is which column, what does a cell mean? Kept for every later import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.cohorts.documents import store as papers
from service.cohorts.documents.store import ONLY
from service.database.engine import Transaction

Headers = dict[str, dict[str, str]]
Answers = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """By table: headers with their column (empty for none), and by column the text of cells with what is read."""

    headers: Headers = field(default_factory=dict)
    cells: Answers = field(default_factory=dict)


def known(transaction: Transaction, cohort: str) -> Reading:
    """Give what was said of a cohort's files."""
    row = papers.find(transaction, cohort, "reading", ONLY)
    return Reading() if row is None else Reading(headers=row.document["headers"], cells=row.document["cells"])


def keep(transaction: Transaction, cohort: str, reading: Reading, by: str) -> None:
    """Keep what is said of a cohort's files; the cohort's row is locked."""
    if reading != known(transaction, cohort):
        document = {"headers": reading.headers, "cells": reading.cells}
        papers.put(transaction, cohort, "reading", ONLY, document, by)


def with_told(reading: Reading, headers: Sequence[Mapping[str, Any]], cells: Sequence[Mapping[str, Any]]) -> Reading:
    """Add what is told of headers and cells; None takes back what was told before."""
    told = {table: dict(known) for table, known in reading.headers.items()}
    for one in headers:
        _tell(told.setdefault(one["table"], {}), one["header"], one["column"])
    answers = {table: {name: dict(said) for name, said in known.items()} for table, known in reading.cells.items()}
    for one in cells:
        _tell(answers.setdefault(one["table"], {}).setdefault(one["column"], {}), one["text"], one["value"])
    return Reading(headers=told, cells=answers)


def _tell(known: dict[str, str], key: str, value: str | None) -> None:
    known.pop(key, None)
    if value is not None:
        known[key] = value
