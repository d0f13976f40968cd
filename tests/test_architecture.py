"""Does the code keep its shape? Imports point down, files and functions stay small, names say something."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
FOLDERS = ("matcher", "service", "tests", "benchmarks")

LAYERS = (
    ("service.start",),
    ("service.cli",),
    ("service.commands",),
    ("service.app",),
    ("service.api", "service.console", "service.jobs"),
    ("service.terminal.plan.words", "service.run.bad_http"),
    ("service.access", "service.web.middleware", "service.web.problem_answers", "service.run.metrics"),
    ("service.wire",),
    ("service.store",),
    (
        "service.core.errors",
        "service.core.settings",
        "service.terminal.argparse_dutch",
        "service.terminal.printing",
        "service.core.crashpoints",
        "service.core.logs",
        "service.core.lookup",
    ),
    ("matcher", "service"),
    ("matcher.questions", "matcher.output", "matcher.trajectory"),
    ("matcher.intake", "matcher.matching", "matcher.sessions"),
    ("matcher.criteria", "matcher.engine"),
    ("matcher.domain",),
)
"""Rows from top to bottom: a unit imports only units of lower rows. See docs/decisions/0001."""

ROW = {unit: row for row, units in enumerate(LAYERS) for unit in units}

HOMES = {
    "ortools": ("matcher.engine",),
    "pydantic": ("service",),
    "pydantic_settings": ("service",),
    "sqlalchemy": ("service.store",),
    "alembic": ("service.store",),
    "procrastinate": ("service.jobs", "service.store.migrations"),
    "fastapi": ("service",),
    "starlette": ("service",),
    "pandas": ("matcher.intake", "matcher.output"),
}
"""A library that may be imported in these places of matcher/ and service/ alone."""

CHECKERS = ("matcher.matching.checker", "matcher.sessions.checker")
EMPTY_NAMES = re.compile(r"(utils?|helpers?|common|managers?)$")
SKIPS = {"skip", "skipif", "xfail", "importorskip", "skipTest"}
MOST_LINES = 300
MOST_FUNCTION_LINES = 40


def python_files(*folders: str) -> list[Path]:
    """Give every Python file under these folders, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def module_of(path: Path) -> str:
    """Give a file's module: `matcher/domain/round.py` is `matcher.domain.round`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def unit_of(module: str) -> str:
    """Give the part of the tree that a module belongs to: a folder, or a file straight under service/."""
    return ".".join(module.split(".")[:2])


def imports(source: str) -> Iterator[str]:
    """Give every module that a source names in an import, wherever it stands (TYPE_CHECKING too)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            inside = [f"{base}.{alias.name}" for alias in node.names if f"{base}.{alias.name}" in ROW]
            yield from inside or [base]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant))


def direction_broken(module: str, source: str) -> Iterator[str]:
    """Tell which imports of a module do not point down."""
    here = unit_of(module)
    if here not in ROW:
        yield f"{module} has no row in LAYERS"
        return
    for target in imports(source):
        there = unit_of(target)
        if target.startswith("."):
            yield f"{module} imports {target}: write it in full"
        elif there.split(".")[0] not in {"matcher", "service"} or there == here:
            continue
        elif here.startswith("service") and there.startswith("matcher") and target != "matcher":
            yield f"{module} imports {target}: service imports matcher itself alone"
        elif there not in ROW or ROW[there] <= ROW[here]:
            yield f"{module} imports {target}: that does not point down"


def home_left(module: str, source: str) -> Iterator[str]:
    """Tell which libraries a module imports that belong elsewhere."""
    for target in imports(source):
        homes = HOMES.get(target.split(".")[0])
        if homes and not any(f"{module}.".startswith(f"{home}.") for home in homes):
            yield f"{module} imports {target}: only {', '.join(homes)} may"


def solver_in_checker(module: str, source: str) -> Iterator[str]:
    """Tell which solvers a checker imports."""
    if module in CHECKERS:
        solvers = [one for one in imports(source) if one.split(".")[0] == "ortools" or unit_of(one) == "matcher.engine"]
        yield from (f"{module} imports {target}: a checker has no solver" for target in solvers)


def too_long(module: str, source: str) -> Iterator[str]:
    """Tell whether a file or one of its functions is too long."""
    lines = len(source.splitlines())
    if lines > MOST_LINES:
        yield f"{module} has {lines} lines"
    for node in ast.walk(ast.parse(source)):
        is_table_list = module.startswith("service.store.migrations.versions.")  # one statement a table, no logic
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not is_table_list:
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                yield f"{module}.{node.name} has {length} lines"


def undescribed(module: str, source: str) -> Iterator[str]:
    """Tell whether a file does not open with a docstring."""
    if not ast.get_docstring(ast.parse(source)):
        yield f"{module} has no docstring"


def badly_named(module: str, _source: str) -> Iterator[str]:
    """Tell whether a module has a name that says nothing."""
    yield from (f"{module}: {part} says nothing" for part in module.split(".") if EMPTY_NAMES.search(part))


def skipping(module: str, source: str) -> Iterator[str]:
    """Tell where a test is skipped or expected to fail."""
    for node in ast.walk(ast.parse(source)):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in SKIPS:
            yield f"{module}:{node.lineno} uses {name}"  # type: ignore[attr-defined]


PROGRAM = ("matcher", "service")
RULES = {
    direction_broken: PROGRAM,
    home_left: PROGRAM,
    solver_in_checker: PROGRAM,
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


BROKEN = {
    "upwards": (direction_broken, "matcher.domain.round", "from matcher.engine.flow.network import solve"),
    "sideways": (direction_broken, "matcher.engine.flow.network", "import matcher.criteria.base"),
    "sideways by name": (direction_broken, "matcher.matching.assign", "from matcher import intake"),
    "for types alone": (
        direction_broken,
        "matcher.criteria.base",
        "if TYPE_CHECKING:\n    from matcher.intake.columns.catalogue import SHEETS",
    ),
    "in a function": (direction_broken, "matcher.sessions.groups", "def f():\n    from matcher.matching import rules"),
    "by a string": (
        direction_broken,
        "matcher.intake.cohort.rounds",
        "importlib.import_module('matcher.questions.why')",
    ),
    "the front door from inside": (direction_broken, "matcher.output.workbook", "from matcher import Plan"),
    "relative": (direction_broken, "matcher.domain.plan", "from .policy import Policy"),
    "service from matcher": (direction_broken, "matcher.engine.flow.network", "import service.core.settings"),
    "past the front door": (direction_broken, "service.api.runs", "from matcher.domain.plan import Plan"),
    "past the front door by name": (direction_broken, "service.api.runs", "from matcher import domain"),
    "store to api": (direction_broken, "service.store.plans", "from service.api import runs"),
    "api to console": (direction_broken, "service.api.runs", "from service.console import pages"),
    "unknown folder": (direction_broken, "matcher.extra.thing", ""),
    "solver in intake": (home_left, "matcher.intake.cohort.rounds", "from ortools.sat.python import cp_model"),
    "solver next to its home": (home_left, "matcher.engineering", "import ortools"),
    "pydantic in domain": (home_left, "matcher.domain.plan", "import pydantic"),
    "database in output": (home_left, "matcher.output.record", "from sqlalchemy.orm import Session"),
    "pandas in matching": (home_left, "matcher.matching.verdicts", "import pandas as pd"),
    "pandas in service": (home_left, "service.api.runs", "import pandas"),
    "engine in checker": (solver_in_checker, "matcher.matching.checker", "from matcher.engine import face"),
    "ortools in checker": (solver_in_checker, "matcher.sessions.checker", "import ortools.sat"),
    "long file": (too_long, "matcher.domain.plan", "x = 1\n" * 301),
    "long function": (too_long, "tests.test_thing", "def f():\n" + "    x = 1\n" * 40),
    "long method": (too_long, "matcher.a", "class A:\n    async def f(self):\n" + "        x = 1\n" * 40),
    "no docstring": (undescribed, "matcher.domain.plan", "x = 1"),
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
    "down": (direction_broken, "service.app", "from service.api import runs\nimport service.core.settings"),
    "front door": (direction_broken, "service.api.runs", "from matcher import Plan, Round\nimport fastapi"),
    "front door opens down": (direction_broken, "matcher", "from matcher.questions.why import why"),
    "own folder": (direction_broken, "matcher.engine.flow.cp_sat", "from matcher.engine import network, face"),
    "solver at home": (home_left, "matcher.engine.flow.network", "from ortools.graph.python import min_cost_flow"),
    "checker with rules": (solver_in_checker, "matcher.matching.checker", "from matcher.matching import rules"),
    "300 lines": (too_long, "matcher.domain.plan", "x = 1\n" * 300),
    "40 lines": (too_long, "matcher.domain.plan", "def f():\n" + "    x = 1\n" * 39),
    "a word within a word": (badly_named, "matcher.domain.commonality", ""),
    "a string that says skip": (skipping, "tests.test_thing", "x = 'pytest.mark.skip'"),
}


@pytest.mark.parametrize("case", KEPT)
def test_rule_allows(case: str) -> None:
    rule, module, source = KEPT[case]
    assert list(rule(module, source)) == []
