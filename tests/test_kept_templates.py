"""Does a process of a run use the templates that another compiled?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from service.web.pages import page
from tests import kept_templates
from tests.kept_templates import FOLDER, begin, load_all, shared

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

MAKE = page._templates.__wrapped__


def another_process(patch: pytest.MonkeyPatch) -> Environment:
    """Have no template known, as in a process that just began."""
    fresh = MAKE()
    patch.setattr(kept_templates.page, "_templates", lambda: fresh)
    return fresh


def test_template_is_compiled_by_the_first_process_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(FOLDER)
    end = begin(str(tmp_path))
    folder = os.environ[FOLDER]
    another_process(monkeypatch)
    load_all()
    second = another_process(monkeypatch)
    monkeypatch.setattr(second, "compile", lambda *_given: pytest.fail("it is compiled again"))
    load_all()
    assert shared() is second
    end()
    assert FOLDER not in os.environ
    assert not os.path.exists(folder)  # noqa: PTH110 - a text


def test_process_that_was_given_a_folder_leaves_it_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    begin(None)()
    assert os.environ[FOLDER] == str(tmp_path)
    assert tmp_path.is_dir()
