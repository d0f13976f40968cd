"""Does one word mean one thing, in everything that people read? docs/woorden.md says which words those are."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted((ROOT / "service").rglob("templates/*.html"))
MAILS = sorted((ROOT / "service/mail/texts").glob("*.txt"))
RENDERERS = sorted(one for part in ("matcher", "service") for one in (ROOT / part).rglob("*.py"))

BANNED = {
    "log in is inloggen": re.compile(r"\b(?:afmelden|afgemeld|u bent aangemeld|meld u aan)\b", re.IGNORECASE),
    "a signed record is a verslag": re.compile(r"ondertekende? dossier", re.IGNORECASE),
    "a score stands op its highest": re.compile(r"van de 1[.]?000 punten"),
    "forbidden is told kindly": re.compile(r"Dit mag u niet"),
    "rows with titles": re.compile(r"\bkoprij\b", re.IGNORECASE),
    "we do not know a column": re.compile(r"geen gekende kolom"),
    "somebody stands in a cohort": re.compile(r"niemand van deze ronde|school van deze ronde"),
    "Dutch": re.compile(
        r"hoeft (?:nu )?een herinnering|die van in2stem\)|dat hen past|, van nul\b|Maak de cel op als tekst en typ"
    ),
    "who got each other are a koppel": re.compile(r"(?<![-\w])(?:matche?n?|(?:ge)?matcht)\b(?![-\w])", re.IGNORECASE),
    "no word of the trade": re.compile(r"\b(?:solver|constraint|fallback|drop-?out|baseline)\b"),
}
"""What people should not read, with the reason."""

INSIDE = re.compile(r"\{[%#].*?[%#]\}|<[^>]*>|\{\{.*?\}\}", re.DOTALL)
"""Statements, comments, tags and expressions of a template: nobody reads them."""
NAME = re.compile(r"[a-z0-9_.:/#{}-]*")
"""A word on its own in small letters is a name of the program."""
DUTCH = re.compile(r"\b(?:de|het|een|geen|in|u|van|is|niet|wordt|werd|voor|met|naar|uw)\b", re.IGNORECASE)


def said_in(text: str) -> list[str]:
    """Give which banned words a text has."""
    return [f"{why}: {found.group()}" for why, pattern in BANNED.items() if (found := pattern.search(text))]


def sentences(source: str) -> Iterator[str]:
    """Give the texts in a program that are for people: Dutch, and no description of the code itself."""
    tree = ast.parse(source)
    described = {
        id(one.value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        for one in node.body
        if isinstance(one, ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in described else None
        if isinstance(text, str) and not NAME.fullmatch(text) and DUTCH.search(text):
            yield text


def test_templates_say_one_thing_with_one_word() -> None:
    assert (len(TEMPLATES) > 30, len(MAILS) > 10) == (True, True)
    texts = {one.name: INSIDE.sub(" ", one.read_text(encoding="utf-8")) for one in (*TEMPLATES, *MAILS)}
    told = {name: said for name, text in texts.items() if (said := said_in(text))}
    assert told == {}


def test_sentences_of_the_program_say_one_thing_with_one_word() -> None:
    found = {
        f"{one.relative_to(ROOT)}: {text[:60]}": said
        for one in RENDERERS
        for text in sentences(one.read_text(encoding="utf-8"))
        if (said := said_in(text))
    }
    assert found == {}


def test_our_own_words_in_the_glossary_are_not_banned() -> None:
    lines = (ROOT / "docs/woorden.md").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|")[1] for line in lines if line.startswith("| **")]
    assert len(rows) > 15
    assert all(not said_in(row) for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "U bent afgemeld.",
        "Haal een ondertekend dossier op.",
        "763 van de 1.000 punten",
        "Dit mag u niet.",
        "Geen koprij gevonden.",
        "«x» is niemand van deze ronde.",
        "Niemand hoeft een herinnering.",
        "De solver rekent.",
        "Uw match staat vast.",
        "U bent gematcht.",
    ],
)
def test_banned_word_is_found(text: str) -> None:
    assert len(said_in(text)) == 1


def test_sentence_of_a_program_is_found_and_a_description_is_not() -> None:
    source = "'''De koprij van een tabel.'''\nx = 'Geen koprij in het blad'\ny = f'De koprij {x}'\nz = 'koprij'\n"
    assert [said_in(one) for one in sentences(source)] == [["rows with titles: koprij"]] * 2
