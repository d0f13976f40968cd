"""How often is the template of a page compiled? Once a run, not in each process of it: all take two seconds."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

from service.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

FOLDER = "TEST_TEMPLATES_FOLDER"
"""Where the processes of one run find what another compiled: the name of a variable that they inherit."""


def begin(place: str | None) -> Callable[[], None]:
    """Keep what is compiled in a new folder, unless this process was given one; give what removes it."""
    if FOLDER in os.environ:
        return lambda: None
    folder = os.environ[FOLDER] = tempfile.mkdtemp(prefix="in2stem-templates-", dir=place)

    def end() -> None:
        del os.environ[FOLDER]
        shutil.rmtree(folder, ignore_errors=True)

    return end


def shared() -> Environment:
    """Have the templates of pages looked for in the run's folder; give them."""
    templates = page._templates()
    if folder := os.environ.get(FOLDER):
        templates.bytecode_cache = FileSystemBytecodeCache(folder)
    return templates


def load_all() -> None:
    """Have all templates ready, for forks."""
    templates = shared()
    for name in templates.list_templates(extensions=["html"]):
        templates.get_template(name)
