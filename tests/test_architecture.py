"""Does the house keep its order? One capability a folder, imports that point down, no circles, and no way round.

docs/architecture.md draws what these rules hold.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from tests.architecture_rules import (
    LEFTOVERS,
    MOST_LEFTOVERS,
    circle,
    direction_broken,
    door_used,
    folder_of,
    home_left,
    imported_beside,
    rule_of_its_own,
    solver_in_checker,
    table_reached,
    web_in_actions,
)
from tests.source_files import imports, module_of, modules, python_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RULES = (
    *(direction_broken, door_used, web_in_actions, table_reached, rule_of_its_own, home_left, imported_beside),
    solver_in_checker,
)


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
    "a store in a page": (table_reached, "service.rounds.plan.pages", "from service.rounds.run import store"),
    "the database in an api": (table_reached, "service.rounds.run.api", "from service.database import engine"),
    "a rule in a page": (
        rule_of_its_own,
        "service.rounds.plan.pages",
        'access("viewer")',
    ),
    "solver in intake": (home_left, "matcher.intake.cohort.rounds", "from ortools.sat.python import cp_model"),
    "solver next to its home": (home_left, "matcher.engineering", "import ortools"),
    "pydantic in domain": (home_left, "matcher.domain.plan", "import pydantic"),
    "database in output": (home_left, "matcher.output.record", "from sqlalchemy.orm import Session"),
    "database in a page": (home_left, "service.rounds.plan.pages", "import sqlalchemy as sa"),
    "pandas in matching": (home_left, "matcher.matching.verdicts", "import pandas as pd"),
    "beside": (imported_beside, "service.core.x", "if TYPE_CHECKING:\n    from service.core.logs import Processor"),
    "beside in the matcher": (imported_beside, "matcher.x", "if TYPE_CHECKING:\n    from datetime import date"),
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
    "a day in a page": (table_reached, "service.rounds.plan.pages", "from service.database.ids import today"),
    "a store in actions": (table_reached, "service.rounds.run.actions", "from service.rounds.run import store"),
    "the rule of an action": (rule_of_its_own, "service.rounds.plan.pages", "access(actions.get_plan)"),
    "solver at home": (home_left, "matcher.engine.flow.network", "from ortools.graph.python import min_cost_flow"),
    "statements in a store": (home_left, "service.rounds.given.locks_store", "import sqlalchemy as sa"),
    "beside in a command": (
        imported_beside,
        "service.people.command",
        "if TYPE_CHECKING:\n    from service.database.engine import Transaction",
    ),
    "told to types alone": (imported_beside, "service.core.x", "if TYPE_CHECKING:\n    x: int"),
    "beside in a workbook": (
        imported_beside,
        "matcher.output.book",
        "if TYPE_CHECKING:\n    from xlsxwriter.workbook import Workbook",
    ),
    "checker with rules": (solver_in_checker, "matcher.matching.checker", "from matcher.matching import rules"),
}


@pytest.mark.parametrize("case", KEPT)
def test_rule_allows(case: str) -> None:
    rule, module, source = KEPT[case]
    assert list(rule(module, source)) == []


def test_circle_is_found_and_told_in_order() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}) == ["a", "b", "c"]
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
