"""What is the order of the house? Each rule tells what a module does against it; docs/architecture.md draws them."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from tests.source_files import imports, module_of, python_files

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = """
service.start
service.cli
service.run
service.app
service.api_routes service.page_routes
service.worker
service.records
service.overview
service.participants
service.imports service.publishing service.dropout service.network service.trajectory
service.rounds
service.measuring service.people
service.mail service.webhooks
service.jobs service.cohorts
service.web
service.access
service.database
service.core
service.terminal
matcher service
matcher.frames
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

LOOKS_ITSELF = (("service.web.health_api", "service.database.migrate"),)
"""What a route may look at without an action: whether the database is there and new enough."""

NO_ACTION = (
    *("service.web.health_api", "service.web.openapi_api", "service.web.pages.static_pages"),
    *("service.web.pages.reference_pages", "service.web.pages.help_pages", "service.people.pages"),
    "service.publishing.portal_api",
)
"""Routes without an action: they hold no data, or give only what the portal is shown anyhow, ready in memory."""

HOMES = {
    "ortools": ("matcher.engine",),
    "pydantic": ("service",),
    "alembic": ("service.database",),
    "procrastinate": ("service.jobs", "service.database.migrations"),
    "fastapi": ("service",),
    "starlette": ("service",),
    "pandas": ("matcher.frames", "matcher.output"),
}
"""A library that may be imported in these places of matcher/ and service/ alone."""

TYPES_BESIDE = (
    *("service.terminal", "service.run", "service.people.command", "service.records.secrets.command"),
    "service.database.setup",
    *("matcher.output.book", "matcher.output.sheet", "matcher.output.pair_sheets"),
    "matcher.intake.template.workbook_template",
    *("matcher.engine.year.column_programme", "matcher.engine.year.column_filter"),
    *("matcher.intake.places.stored_roads", "matcher.trajectory.tables.year_sheets"),
    *("matcher.domain.plan", "matcher.domain.year"),
)
"""What may import types beside: what takes long to load it imports where it is used, if at all.

The command line loads `service.terminal` and the like for each command. Only who writes a workbook waits for
XlsxWriter, only a year's last columns for linear programmes, only who asks road times for the net, only advice on an
action plan for its search. A plan is told with its round and a year with its season, each of which holds one of before.
"""

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


def table_reached(module: str, source: str) -> Iterator[str]:
    """Tell whether an api or a page reads or writes tables itself: what holds is for its actions to say."""
    if not module.startswith("service.") or role_of(module) not in {"api", "pages"}:
        return
    for target in imports(source):
        below = target.startswith("service.database.") and target != "service.database.ids"
        if (below or role_of(target) == "store") and (module, target) not in LOOKS_ITSELF:
            yield f"{module} imports {target}: an action reads and writes"


def rule_of_its_own(module: str, source: str) -> Iterator[str]:
    """Tell which routes say themselves who may come in, where the action that they call says it."""
    if not module.startswith("service.") or role_of(module) not in {"api", "pages"} or module in NO_ACTION:
        return
    for node in ast.walk(ast.parse(source)):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "access"
        if named and node.args and isinstance(node.args[0], ast.Constant):
            yield f"{module}:{node.lineno}: name the action, it has the rule"


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


def imported_beside(module: str, source: str) -> Iterator[str]:
    """Tell what a module imports for a type checker alone: a circle would hide there."""
    if _is_in(module, TYPES_BESIDE):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            told = (target for one in node.body for target in imports(ast.unparse(one)))
            yield from (f"{module} imports {target} for types alone: import it like anything else" for target in told)


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
