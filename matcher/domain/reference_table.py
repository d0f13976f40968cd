"""The product's own small tables in `matcher/reference`: their text, and their rows by column."""

from __future__ import annotations

import csv
import io
from importlib import resources


def reference_text(name: str) -> str:
    """Read one of the product's own small tables."""
    return resources.files("matcher").joinpath("reference", name).read_text(encoding="utf-8")


def reference_rows(name: str) -> list[dict[str, str]]:
    """Give its rows by column name; its cells stand apart by `;`."""
    return list(csv.DictReader(io.StringIO(reference_text(name), newline=""), delimiter=";"))
