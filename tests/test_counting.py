"""Do words go with their number everywhere? `1 school verschilt`, never `1 scholen`: one helper writes it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from matcher import as_many, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
NOUNS = (
    "aanmeldingen|antwoorden|bedrijven|bestanden|berichten|contacten|criteria|dagen|doelen|"
    "dossiers|fouten|gastheren|groepen|herhalingen|herinneringen|kolommen|koppels|lezingen|"
    "mentoren|metingen|minuten|ontmoetingen|opmerkingen|paren|personen|plaatsen|punten|rijen|"
    "rondes|scholen|seconden|sectoren|sessies|stappen|tabellen|uitnodigingen|uren|velden|"
    "verschuivingen|weken|wijzigingen"
)
NOUN = re.compile(rf"^(?: \w+)? (?:{NOUNS})\b")
TEMPLATE = re.compile(rf"(\{{\{{(?:[^}}]|\}}(?!\}}))*\}}\}})(?: \w+)?\s+(?:{NOUNS})\b")
NO_COUNT = re.compile(r"\b[A-Z]+_[A-Z_]+\b|in_words\(|names?\b|folder|sentence|^few$|counted\(|one\.number$")
"""Values that are no number (a name, a sentence), a constant above 1, or a number in words above 1."""
DECIMAL = {"matcher/output/sessions_workbook.py: worst", "service/terminal/season/words.py: _minutes(worst)"}
"""Numbers with a decimal: 1,0 minuten."""
POINTS_OF_PLANS = re.compile(r"^(number\(points\.(value|bound)\)|reached|points|thousands\(points\))$")
"""The points of a whole plan: a thousand times what a pair has."""


def f_strings(path: Path) -> Iterator[tuple[int, str, str]]:
    """Give what follows each value of an f-string, with the value and its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            for value, after in zip(node.values, node.values[1:], strict=False):
                if isinstance(value, ast.FormattedValue) and isinstance(after, ast.Constant):
                    yield node.lineno, ast.unparse(value.value), str(after.value)


def test_one_helper_counts() -> None:
    assert [counted(n, "school blijft", "scholen blijven") for n in (0, 1, 2)] == [
        "0 scholen blijven",
        "1 school blijft",
        "2 scholen blijven",
    ]
    assert counted(1200, "punt", "punten") == "1.200 punten"
    assert (as_many(1, "blijft", "blijven"), as_many(0, "blijft", "blijven")) == ("blijft", "blijven")


def test_no_sentence_of_the_program_puts_a_plural_behind_a_number_by_itself() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {{{value}}}{after[:20]}"
        for folder in ("matcher", "service")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, value, after in f_strings(path)
        if NOUN.match(after) and not NO_COUNT.search(value) and not POINTS_OF_PLANS.match(value)
    ]
    assert [one for one in found if re.sub(r":\d+: \{([^}]*)\}.*", r": \1", one) not in DECIMAL] == []


def test_no_template_puts_a_plural_behind_a_number_by_itself() -> None:
    pages = sorted((ROOT / "service").rglob("*.html"))
    shown = [f"{path.name}: {one}" for path in pages for one in TEMPLATE.findall(path.read_text(encoding="utf-8"))]
    assert [one for one in shown if "|aantal(" not in one and "sentence" not in one] == []


def test_a_plural_behind_a_number_is_found(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text('x = f"Nog {left} lezingen."\ny = f"{n} extra verschuivingen"\n', encoding="utf-8")
    assert [value for _, value, after in f_strings(wrong) if NOUN.match(after)] == ["left", "n"]
    assert TEMPLATE.findall("<p>{{ one.count }} plaatsen</p>") == ["{{ one.count }}"]
