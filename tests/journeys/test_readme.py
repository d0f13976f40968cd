"""Do README's commands do what they say, typed as they stand there? With nothing but curl, on both databases."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.service.ops.running import ROOT, running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
LINK = re.compile(r"#(link_\S+)")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_commands_of_the_readme_go_from_import_to_repaired_plan(
    tmp_path: Path, empty_address: Callable[[str], str], kind: str
) -> None:
    assert shutil.which("curl"), "README's commands need curl: install it"
    words = ("serve", "--port", "0", "--metrics-port", "0", "--migrate", "--folder", str(tmp_path / "gegevens"))
    place = {"DATABASE_URL": empty_address(kind)} if kind == "postgresql" else {}
    with running(tmp_path / "log", *words, **place) as program:
        told = _run(program.url, next(found[1] for line in program.lines if (found := LINK.search(line))), tmp_path)
    assert told.returncode == 0, told.stderr
    assert told.stdout.count("event: done") == 4
    assert '"words":"dat kost ' in told.stdout
    last = told.stdout.rsplit('"moves":[', 1)[1]
    assert last.count('"school":') == 1, last
    assert '"goes":["M028"]' in last


def _run(url: str, link: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Type the commands in a folder of their own, with the sample beside them."""
    block = BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert block is not None
    script = block[1].replace("LINK=link_...", f"LINK={link}").replace("http://127.0.0.1:8000", url)
    assert link in script
    assert url in script
    (home / "data").symlink_to(ROOT / "data")
    return subprocess.run(  # noqa: S603 - our own README
        ["bash", "-e", "-c", script],  # noqa: S607 - bash as the reader's
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
