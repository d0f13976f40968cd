"""Do README's commands do what they say, typed as they stand there? In files, and with curl on both databases."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.journeys.year_tables import rows_of
from tests.service.run.running import ROOT, running, served_from
from tests.warm.typed import typed_as

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
YEAR = re.compile(r"( {4}cp -r data/voorbeeld-traject.*?)\n\n", re.DOTALL)
SHOWN = re.compile(r"leest onder meer:\n\n((?: {4}.*\n)+)")
PICTURE = ROOT / "docs" / "schermen" / "voortgang.svg"
LINK = re.compile(r"#(link_\S+)")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_commands_of_the_readme_go_from_import_to_repaired_plan(
    tmp_path: Path, empty_address: Callable[[str], str], kind: str
) -> None:
    assert shutil.which("curl"), "README's commands need curl: install it"
    address = empty_address(kind) if kind == "postgresql" else ""
    words = ("serve", "--port", "0", "--metrics-port", "0", *served_from(tmp_path / "gegevens", address))
    place = {"DATABASE_URL": address}
    with running(tmp_path / "log", *words, **place) as program:
        told = _run(program.url, next(found[1] for line in program.lines if (found := LINK.search(line))), tmp_path)
    assert told.returncode == 0, told.stderr
    assert told.stdout.count("event: done") == 4
    assert '"words":"dat kost ' in told.stdout
    last = told.stdout.rsplit('"moves":[', 1)[1]
    assert last.count('"school":') == 1, last
    assert '"goes":["M028"]' in last


def test_year_in_files_goes_as_the_readme_says(tmp_path: Path) -> None:
    block = YEAR.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert block is not None
    (tmp_path / "data").symlink_to(ROOT / "data")
    with typed_as(program := tmp_path / "in2stem"):
        told = _typed(block[1].replace(".venv/bin/in2stem", str(program)), tmp_path)
    assert told.returncode == 0, told.stderr
    out = " ".join(told.stdout.split())
    shown = SHOWN.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown is not None
    assert [line for line in shown[1].splitlines() if " ".join(line.split()) not in out] == []
    assert len(shown[1].splitlines()) == 5
    for name in ("plan/plan.xlsx", "jaar/sessies.xlsx", "voortgang.xlsx", "label.json", "award-dossier.json"):
        assert (tmp_path / "traject" / name).exists()
    assert (tmp_path / "traject" / "voortgang.svg").read_bytes() == PICTURE.read_bytes()


def test_sample_year_has_every_table_that_a_command_reads() -> None:
    year = ROOT / "data" / "voorbeeld-traject"
    plan = {(one["schoolnummer"], one["mentornummer"]) for one in rows_of(year / "koppels.csv")}
    assert len(plan) == 20
    assert {(one["schoolnummer"], one["mentornummer"]) for one in rows_of(year / "contacten.csv")} == plan
    measured = {one["schoolnummer"] for one in rows_of(year / "nulmeting.csv")}
    assert measured == {school for school, _ in plan}
    assert len(measured - {one["schoolnummer"] for one in rows_of(year / "eindmeting.csv")}) == 1


def _run(url: str, link: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Type the commands in a folder of their own, with the sample beside them."""
    block = BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert block is not None
    script = block[1].replace("LINK=link_...", f"LINK={link}").replace("http://127.0.0.1:8000", url)
    assert link in script
    assert url in script
    (home / "data").symlink_to(ROOT / "data")
    return _typed(script, home)


def _typed(script: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Type a script in a folder, and stop at the first command that fails."""
    return subprocess.run(  # noqa: S603 - our own README
        ["bash", "-e", "-c", script],  # noqa: S607 - bash as the reader's
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
