"""Does anything read a Dutch sentence of ours back? What is said is a claim: code asks its kind and its fields.

Looked for are regular expressions, cuts and comparisons on what holds a sentence (`.words`, `["sentence"]`, ...), and
those with a piece of a Dutch sentence, in every module and template.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.source_files import ROOT, module_of, python_files

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCES = {"sentence", "sentences", "words", "reason", "reasons", "message", "detail", "fault", "note"}
"""Names and members that hold what we say."""

CUTS = {
    *("split", "rsplit", "partition", "rpartition", "startswith", "endswith", "removesuffix", "removeprefix"),
    *("replace", "find", "rfind", "index", "rindex", "count", "splitlines", "translate"),
}
"""Methods with which a text is read or cut."""

SEARCHES = {"match", "fullmatch", "search", "sub", "subn", "findall", "finditer", "split"}
"""What a regular expression does."""

PIECE = re.compile(r"[a-zà-ÿ]{2,}:? [a-zà-ÿ«{]{2,}", re.IGNORECASE)
"""Two words in a row: a piece of a sentence."""

IN_TEMPLATES = re.compile(
    r"\.(?:sentence|words|reason|message|remedy|detail)\s*(?:==|!=|\.(?:split|replace|startswith)|\|\s*(?:replace|split))"
    r"|(?:==|!=)\s*\w+(?:\.\w+)*\.(?:sentence|words|reason|message|detail)\b"
)

ALLOWED = {
    "matcher.intake.reading.toml_file": "the parser's own English says the line alone in its message",
    "service.database.sealing": "the library that deciphers tells a slow machine in its own English alone",
    "service.web.faults": "English of the library that reads requests, put in Dutch",
    "service.records.privacy.erasure": "the reason is a code from a closed list, chosen in a form",
    "service.trajectory.award.jury_actions": "a note is kept with places for names, which are filled in here",
    "matcher.matching.recount": "the check of a plan holds a note against the only one that the program writes",
}
"""What looks like it and is no sentence of ours that is read, by module; no more than these six."""


def read_back(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and code of everything that reads a sentence."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            cut = node.func.attr in CUTS and (_holds_sentence(node.func.value) or any(map(_is_piece, node.args)))
            searched = node.func.attr in SEARCHES and any(map(_holds_sentence, node.args))
            if cut or searched:
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            said = any(map(_holds_sentence, sides)) and any(map(_is_text, sides))
            if said or any(map(_is_piece, sides)):
                yield node.lineno, ast.unparse(node)


def _holds_sentence(node: ast.expr) -> bool:
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value in SENTENCES
    if isinstance(node, ast.Call):  # str(error), and sentences that are joined or folded first
        inner = [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
        of_error = ast.unparse(node.func) == "str" and any(ast.unparse(one) == "error" for one in node.args)
        return of_error or any(map(_holds_sentence, inner))
    return (isinstance(node, ast.Attribute) and node.attr in SENTENCES) or (
        isinstance(node, ast.Name) and node.id in SENTENCES
    )


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and bool(_text(node)))


def _is_piece(node: ast.expr) -> bool:
    return bool(PIECE.search(_text(node)))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(one) if isinstance(one, ast.Constant) else "{x}" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_nothing_reads_a_sentence_back() -> None:
    found = [
        f"{module_of(path)}:{line}: {code}"
        for path in python_files("matcher", "service")
        if module_of(path) not in ALLOWED
        for line, code in read_back(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("module", ALLOWED)
def test_what_is_allowed_is_still_there(module: str) -> None:
    (path,) = [one for one in python_files("matcher", "service") if module_of(one) == module]
    assert list(read_back(path.read_text(encoding="utf-8")))


def test_no_template_compares_or_cuts_a_sentence() -> None:
    found = [
        f"{path.name}: {told[0]}"
        for path in sorted((ROOT / "service").rglob("*.html"))
        for told in IN_TEMPLATES.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        '_, _, told = found["words"].partition(": ")',
        'price.conflict.sentence.removesuffix(".")',
        'free = [one for one in others if one["words"] == "kost niets"]',
        'fault.startswith(f"Het doel {one} ")',
        'text.replace("Reistijden: schatting:", "Reistijden geschat:")',
        'str(error).removesuffix(f" (op {error.pointer})")',
        're.search(r"(\\d+) punten", answer.words)',
        "PATTERN.match(place.reason)",
        '"elders nodig" in text',
        'if "vast" in one.sentence: pass',
        'told == "er zijn geen mentoren meer"',
    ],
)
def test_reading_a_sentence_is_noticed(code: str) -> None:
    assert list(read_back(code))


@pytest.mark.parametrize(
    "code",
    ['name.partition("-")', "reason.strip()", "one.kind == 'vetoed'", 're.sub(r"\\s+", " ", cell)', "not reason"],
)
def test_reading_something_else_is_let_be(code: str) -> None:
    assert list(read_back(code)) == []
