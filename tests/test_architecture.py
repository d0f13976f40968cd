"""Does the house keep its order? One capability a folder, imports that point down, no circles, and no way round.

docs/architecture.md draws what these rules hold.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.source_files import imports, module_of, modules, python_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = """
service.start
service.cli
service.run
service.app
service.api_routes service.page_routes
service.worker
service.records
service.overview
service.imports service.publishing service.dropout service.network service.trajectory
service.rounds
service.webhooks service.measuring service.people
service.jobs service.cohorts
service.web
service.access
service.database
service.core
service.terminal
matcher service
matcher.questions matcher.output matcher.trajectory
matcher.intake matcher.matching matcher.sessions
matcher.criteria matcher.engine
matcher.domain
"""
"""From top to bottom: a unit imports only units of lower rows, so units on one row never import each other."""

ROW = {unit: row for row, units in enumerate(ROWS.split("\n")) for unit in units.split()}

DOORS = ("api", "pages", "job", "command")
"""The files of a capability through which something comes in; nothing else stands on them."""

ASSEMBLY = ("service.api_routes", "service.page_routes", "service.app", "service.cli", "service.worker", "service.run")
"""What puts the doors together."""

LEFTOVERS: tuple[tuple[str, str], ...] = ()
"""Doors that another file still stands on, as (module, door); at most five, and only ever fewer."""
MOST_LEFTOVERS = 5

HOMES = {
    "ortools": ("matcher.engine",),
    "pydantic": ("service",),
    "pydantic_settings": ("service.core",),
    "alembic": ("service.database",),
    "procrastinate": ("service.jobs", "service.database.migrations"),
    "fastapi": ("service",),
    "starlette": ("service",),
    "pandas": ("matcher.intake", "matcher.output"),
}
"""A library that may be imported in these places of matcher/ and service/ alone."""

QUERIES = ("service.database", "service.access", "service.records.privacy")
"""Where statements are written, beside the `store.py` of each capability."""

CHECKERS = ("matcher.matching.checker", "matcher.sessions.checker")


def unit_of(module: str) -> str:
    """Give the part of the tree that a module belongs to: a folder, or a file straight under service/."""
    return ".".join(module.split(".")[:2])


def role_of(module: str) -> str:
    """Give what a file is in its capability: `jury_api` is an api, `pair_pages` are pages."""
    return module.rpartition(".")[2].rpartition("_")[2]


@cache
def packages() -> frozenset[str]:
    """Give every folder of the program, as a module."""
    files = python_files("matcher", "service")
    return frozenset(module_of(path) for path in files if path.name == "__init__.py")


def folder_of(module: str) -> str:
    """Give the folder that a module lies in; a package is its own."""
    return module if module in packages() else module.rpartition(".")[0]


def direction_broken(module: str, source: str) -> Iterator[str]:
    """Tell which imports of a module do not point down."""
    here = unit_of(module)
    if here not in ROW:
        yield f"{module} has no row"
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


def door_used(module: str, source: str) -> Iterator[str]:
    """Tell which doors a module stands on: another capability gives its actions, rows and shapes alone."""
    if not module.startswith("service") or unit_of(module) in ASSEMBLY:
        return
    for target in imports(source):
        if target.startswith("service.") and role_of(target) in DOORS and (module, target) not in LEFTOVERS:
            yield f"{module} imports {target}: put what is needed in its actions or shapes"


def web_in_actions(module: str, source: str) -> Iterator[str]:
    """Tell whether an action knows HTTP or pages."""
    if module.startswith("service.") and role_of(module) == "actions":
        for target in imports(source):
            if target.split(".")[0] in {"fastapi", "starlette"} or target.startswith("service.web.pages"):
                yield f"{module} imports {target}: an action knows no HTTP"


def home_left(module: str, source: str) -> Iterator[str]:
    """Tell which libraries a module imports that belong elsewhere."""
    for target in imports(source):
        library = target.split(".")[0]
        if library == "sqlalchemy":
            if role_of(module) != "store" and not _is_in(module, QUERIES):
                yield f"{module} imports {target}: statements stand in a store"
            continue
        homes = HOMES.get(library)
        if homes and not _is_in(module, homes):
            yield f"{module} imports {target}: only {', '.join(homes)} may"


def _is_in(module: str, places: tuple[str, ...]) -> bool:
    return any(f"{module}.".startswith(f"{place}.") for place in places)


def solver_in_checker(module: str, source: str) -> Iterator[str]:
    """Tell which solvers a checker imports."""
    if module in CHECKERS:
        solvers = [one for one in imports(source) if one.split(".")[0] == "ortools" or unit_of(one) == "matcher.engine"]
        yield from (f"{module} imports {target}: a checker has no solver" for target in solvers)


def circle(arrows: dict[str, set[str]]) -> list[str]:
    """Give the folders of one circle of imports, in order; none where there is no circle."""
    done: set[str] = set()

    def walk(folder: str, path: list[str]) -> list[str]:
        if folder in path:
            return path[path.index(folder) :]
        if folder in done:
            return []
        found = next((one for nxt in sorted(arrows.get(folder, ())) if (one := walk(nxt, [*path, folder]))), [])
        done.add(folder)
        return found

    return next((found for folder in sorted(arrows) if (found := walk(folder, []))), [])


RULES = (direction_broken, door_used, web_in_actions, home_left, solver_in_checker)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_code_keeps_rule(rule: Callable[[str, str], Iterator[str]]) -> None:
    files = python_files("matcher", "service")
    told = [one for path in files for one in rule(module_of(path), path.read_text(encoding="utf-8"))]
    assert not told, "\n".join(told)


def test_folders_make_no_circle() -> None:
    arrows: dict[str, set[str]] = defaultdict(set)
    for path in python_files("matcher", "service"):
        here = folder_of(module_of(path))
        for target in imports(path.read_text(encoding="utf-8")):
            there = folder_of(target) if target in modules() else ""
            if there.count(".") and here.count(".") and there != here:  # not the front doors themselves
                arrows[here].add(there)
    assert len(arrows) > 40
    assert circle(arrows) == []


def test_leftovers_are_few_and_real() -> None:
    assert len(LEFTOVERS) <= MOST_LEFTOVERS
    sources = {module_of(path): path.read_text(encoding="utf-8") for path in python_files("service")}
    assert [one for one in LEFTOVERS if one[1] not in set(imports(sources[one[0]]))] == []


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
    "by a string": (direction_broken, "matcher.intake.cohort.x", "importlib.import_module('matcher.questions.why')"),
    "the front door from inside": (direction_broken, "matcher.output.workbook", "from matcher import Plan"),
    "relative": (direction_broken, "matcher.domain.plan", "from .policy import Policy"),
    "service from matcher": (direction_broken, "matcher.engine.flow.network", "import service.core.settings"),
    "past the front door": (direction_broken, "service.rounds.run.job", "from matcher.domain.plan import Plan"),
    "past the front door by name": (direction_broken, "service.rounds.run.job", "from matcher import domain"),
    "a lower capability from a higher": (
        direction_broken,
        "service.cohorts.members.actions",
        "from service.rounds.run import store",
    ),
    "two of one row": (direction_broken, "service.dropout.actions", "from service.publishing import store"),
    "unknown folder": (direction_broken, "matcher.extra.thing", ""),
    "the pages of another": (door_used, "service.dropout.pages", "from service.rounds.plan.pages import show_plan"),
    "the api from its own pages": (door_used, "service.rounds.locks.pages", "from service.rounds.locks import api"),
    "a second api": (door_used, "service.trajectory.award.job", "from service.trajectory.award import jury_api"),
    "HTTP in an action": (web_in_actions, "service.rounds.locks.actions", "from fastapi import Response"),
    "a page in an action": (web_in_actions, "service.rounds.locks.actions", "from service.web.pages import page"),
    "solver in intake": (home_left, "matcher.intake.cohort.rounds", "from ortools.sat.python import cp_model"),
    "solver next to its home": (home_left, "matcher.engineering", "import ortools"),
    "pydantic in domain": (home_left, "matcher.domain.plan", "import pydantic"),
    "database in output": (home_left, "matcher.output.record", "from sqlalchemy.orm import Session"),
    "database in a page": (home_left, "service.rounds.plan.pages", "import sqlalchemy as sa"),
    "pandas in matching": (home_left, "matcher.matching.verdicts", "import pandas as pd"),
    "engine in checker": (
        solver_in_checker,
        "matcher.matching.checker",
        "from matcher.engine import flow",
    ),
    "ortools in checker": (solver_in_checker, "matcher.sessions.checker", "import ortools.sat"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_rule_catches(case: str) -> None:
    rule, module, source = BROKEN[case]
    assert len(list(rule(module, source))) == 1


KEPT = {
    "down": (direction_broken, "service.app", "from service.worker import worker\nimport service.core.settings"),
    "front door": (direction_broken, "service.rounds.run.job", "from matcher import Plan, Round\nimport fastapi"),
    "front door opens down": (direction_broken, "matcher", "from matcher.questions.why import why"),
    "own folder": (direction_broken, "matcher.engine.flow.cp_sat", "from matcher.engine.flow import network"),
    "actions of another": (door_used, "service.dropout.pages", "from service.rounds.locks import actions"),
    "doors put together": (door_used, "service.api_routes", "from service.rounds.locks import api"),
    "solver at home": (home_left, "matcher.engine.flow.network", "from ortools.graph.python import min_cost_flow"),
    "statements in a store": (home_left, "service.rounds.given.locks_store", "import sqlalchemy as sa"),
    "checker with rules": (solver_in_checker, "matcher.matching.checker", "from matcher.matching import rules"),
}


@pytest.mark.parametrize("case", KEPT)
def test_rule_allows(case: str) -> None:
    rule, module, source = KEPT[case]
    assert list(rule(module, source)) == []


def test_circle_is_found_and_told_in_order() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}) == ["a", "b", "c"]
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
