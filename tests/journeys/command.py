"""How does a test run `in2stem`, and what did the run leave behind?"""

from __future__ import annotations

import contextlib
import io
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from service import cli

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = Path(__file__).parents[2] / "data" / "voorbeeld"
WRITTEN = ["plan.json", "plan.xlsx", "ronde.json", "verdicts.csv"]
ESCAPE = re.compile(r"\x1b|\x9b")
ENGLISH = re.compile(
    r"\b(error|usage|options|file|directory|invalid|required|argument|traceback|warning|unknown|not found|such|"
    r"the|is not|failed|none|true|false)\b",
    re.IGNORECASE,
)


PARSER = cache(cli.parser)
"""The whole command line, made once: that takes longer than most of what a test types."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the command gave: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Both streams together."""
        return self.out + self.err

    @property
    def answer(self) -> Any:  # noqa: ANN401 - any JSON
        """What stands on stdout, read as JSON."""
        return json.loads(self.out)


def run(*arguments: str | Path) -> Run:
    """Run the command in this process. Whatever happens, it prints plain text and no traceback."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "parser", PARSER)
        try:
            code = cli.main([str(one) for one in arguments])
        except SystemExit as stopped:  # argparse ends the program by itself
            code = int(stopped.code or 0)
    found = Run(code, out.getvalue(), err.getvalue())
    assert "Traceback" not in found.text
    assert "onverwachts" not in found.text, found.text
    assert not ESCAPE.search(found.text)
    return found


def pairs_in(folder: Path) -> list[tuple[str, str, int]]:
    """Give the pairs of a written plan with their points."""
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return [(one["school"], one["mentor"], one["points"]) for one in plan["pairs"]]


def names_in(folder: Path) -> list[str]:
    """Give the names of what lies in a folder, nothing where there is no folder."""
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def write_files(folder: Path, files: dict[str, bytes]) -> Path:
    """Write a cohort's files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def beside(usual: Sequence[str], *own: str | Path) -> list[str | Path]:
    """Give own words beside the usual options with values; an own option takes the place of a usual one."""
    names = {str(one) for one in own}
    kept = [word for at in range(0, len(usual), 2) if usual[at] not in names for word in usual[at : at + 2]]
    return [*kept, *own]
