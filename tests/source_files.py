"""Which source files are there, and which modules does each import? For the tests that look at the code itself."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]


def python_files(*folders: str) -> list[Path]:
    """Give every Python file under these folders, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def module_of(path: Path) -> str:
    """Give a file's module: `matcher/domain/round.py` is `matcher.domain.round`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> frozenset[str]:
    """Give every module of the program, packages too."""
    return frozenset(module_of(path) for path in python_files("matcher", "service"))


@cache
def imports(source: str) -> tuple[str, ...]:
    """Give every module that a source names in an import, wherever it stands (TYPE_CHECKING too).

    `from folder import module` names the module, `from module import name` the module too.
    """
    return tuple(_imports(source))


def _imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            named = [f"{base}.{alias.name}" for alias in node.names]
            inside = [one for one in named if one in modules()]
            yield from inside
            if len(inside) < len(named):
                yield base
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant))
