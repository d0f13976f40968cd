"""What does a coordinator read for a column of ours? Its heading in the template, in words."""

from __future__ import annotations

from functools import cache

import matcher

TABLES = ("Scholen", "Mentoren", "Afspraken", "Nulmeting")


def heading(name: str) -> str:
    """Write a column's name in words: max scholen, 1.1 Leren op maat; what is no column of ours stays as it is."""
    return _headings().get(name, name)


@cache
def _headings() -> dict[str, str]:
    names = {one.name for sheet in TABLES for one in matcher.columns(sheet)}
    criteria = matcher.label_criteria()
    return {one: matcher.criterion_name(one) if one in criteria else one.replace("_", " ") for one in names}
