"""Is the code small and plainly named, and is no test left out? Files, functions, docstrings, names, skips."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.source_files import ROOT, module_of, python_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDERS = ("matcher", "service", "tests", "benchmarks")
EMPTY_NAMES = re.compile(r"(utils?|helpers?|common|managers?)$")
SKIPS = {"skip", "skipif", "xfail", "importorskip", "skipTest"}
BY_HAND = ("/cohorten/", "/v1/", "attachment;", "inline;")
MOST_LINES = 300
MOST_FUNCTION_LINES = 40
MOST_COLUMNS = 120  # of a template too; ruff holds it for Python


def too_long(module: str, source: str) -> Iterator[str]:
    """Tell whether a file or one of its functions is too long."""
    lines = len(source.splitlines())
    if lines > MOST_LINES:
        yield f"{module} has {lines} lines"
    for node in ast.walk(ast.parse(source)):
        is_table_list = module.startswith("service.database.migrations.versions.")  # one statement a table, no logic
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not is_table_list:
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                yield f"{module}.{node.name} has {length} lines"


def undescribed(module: str, source: str) -> Iterator[str]:
    """Tell whether a file does not open with a docstring."""
    if not re.match(r'"""[^"\s]', source) and not ast.get_docstring(ast.parse(source)):
        yield f"{module} has no docstring"


def badly_named(module: str, _source: str) -> Iterator[str]:
    """Tell whether a module has a name that says nothing."""
    yield from (f"{module}: {part} says nothing" for part in module.split(".") if EMPTY_NAMES.search(part))


def skipping(module: str, source: str) -> Iterator[str]:
    """Tell where a test is skipped or expected to fail."""
    named = any(one in source for one in SKIPS)  # reading the syntax of every test takes seconds
    for node in ast.walk(ast.parse(source)) if named else ():
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in SKIPS:
            yield f"{module}:{node.lineno} uses {name}"  # type: ignore[attr-defined]


def addressing_by_hand(module: str, source: str) -> Iterator[str]:
    """Tell where text is put into an address or a header by hand; service.core.addresses quotes each part."""
    named = any(one in source for one in BY_HAND)
    for node in ast.walk(ast.parse(source)) if named and module != "service.core.addresses" else ():
        first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
        if isinstance(first, ast.Constant) and str(first.value).startswith(BY_HAND):
            yield f"{module}:{node.lineno}: use path_to or saved_as of service.core.addresses"  # type: ignore[attr-defined]


RULES = {
    addressing_by_hand: ("service",),
    too_long: FOLDERS,
    undescribed: FOLDERS,
    badly_named: FOLDERS,
    skipping: ("tests",),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_code_keeps_rule(rule: Callable[[str, str], Iterator[str]]) -> None:
    files = python_files(*RULES[rule])
    assert len(files) > 10
    told = [one for path in files for one in rule(module_of(path), path.read_text(encoding="utf-8"))]
    assert not told, "\n".join(told)


def too_wide(text: str) -> list[int]:
    """Give the lines of a text that are longer than a screen is wide."""
    return [number for number, line in enumerate(text.splitlines(), 1) if len(line) > MOST_COLUMNS]


def test_templates_keep_line_length() -> None:
    templates = sorted((ROOT / "service").glob("**/templates/**/*.*"))
    assert len(templates) > 10
    wide = [f"{path.relative_to(ROOT)}:{line}" for path in templates for line in too_wide(path.read_text("utf-8"))]
    assert not wide, "\n".join(wide)


def test_line_length_is_counted_per_line_in_characters() -> None:
    assert too_wide(f"{'é' * MOST_COLUMNS}\n{'x' * (MOST_COLUMNS + 1)}\n<p>") == [2]


BROKEN = {
    "address by hand": (addressing_by_hand, "service.a.api", "x = f'/v1/cohorts/{a}'"),
    "file name by hand": (addressing_by_hand, "service.a.api", """x = f'attachment; filename="{a}"'"""),
    "long file": (too_long, "matcher.domain.plan", "x = 1\n" * 301),
    "long function": (too_long, "tests.test_thing", "def f():\n" + "    x = 1\n" * 40),
    "long method": (too_long, "matcher.a", "class A:\n    async def f(self):\n" + "        x = 1\n" * 40),
    "no docstring": (undescribed, "matcher.domain.plan", "x = 1"),
    "empty docstring": (undescribed, "matcher.domain.plan", '""""""'),
    "empty file": (undescribed, "matcher.domain.plan", ""),
    "utils": (badly_named, "matcher.domain.utils", ""),
    "helpers in a folder": (badly_named, "tests.helpers.files", ""),
    "ends in manager": (badly_named, "service.plan_manager", ""),
    "skip mark": (skipping, "tests.test_thing", "@pytest.mark.skip\ndef test_a(): ..."),
    "expected failure": (skipping, "tests.test_thing", "@pytest.mark.xfail(strict=True)\ndef test_a(): ..."),
    "skip inside": (skipping, "tests.test_thing", "def test_a():\n    pytest.skip('no browser')"),
    "skip by import": (skipping, "tests.test_thing", "from pytest import importorskip\nimportorskip('x')"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_rule_catches(case: str) -> None:
    rule, module, source = BROKEN[case]
    assert len(list(rule(module, source))) == 1


KEPT = {
    "an address in a pattern": (addressing_by_hand, "service.a.api", "x = path_to('/v1/cohorts/{}', a)"),
    "300 lines": (too_long, "matcher.domain.plan", "x = 1\n" * 300),
    "40 lines": (too_long, "matcher.domain.plan", "def f():\n" + "    x = 1\n" * 39),
    "a word within a word": (badly_named, "matcher.domain.commonality", ""),
    "a string that says skip": (skipping, "tests.test_thing", "x = 'pytest.mark.skip'"),
}


@pytest.mark.parametrize("case", KEPT)
def test_rule_allows(case: str) -> None:
    rule, module, source = KEPT[case]
    assert list(rule(module, source)) == []
