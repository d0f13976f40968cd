"""Does `make round` need only the few packages of its lock file? What the service needs is not there for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.journeys.command import SAMPLE, WRITTEN

ROOT = Path(__file__).parents[2]
WITHOUT = """
import sys

class Without:
    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        gone = name.partition(".")[0] in {missing}
        return None if gone else self.finder.find_spec(name, path, target)

    def __getattr__(self, name):
        return getattr(self.finder, name)

sys.meta_path[:] = [Without(one) for one in sys.meta_path]
from service.start import main
sys.exit(main())
"""


def pinned(name: str) -> set[str]:
    """Give the names of the packages in a lock file."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))


def missing() -> set[str]:
    """Give the modules that only other sets of packages bring."""
    there = pinned("round")
    owners = packages_distributions().items()
    return {module for module, names in owners if not any(re.sub(r"[_.]", "-", one.lower()) in there for one in names)}


def run_without(*words: str | Path) -> tuple[int, str]:
    """Run a command where only the packages of `make round` are there; give its code and what stderr says."""
    program = WITHOUT.format(missing=sorted(missing() - {"matcher", "service"}))
    command = (sys.executable, "-c", program, *map(str, words))
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    return result.returncode, result.stderr


def test_commands_of_a_round_run_without_the_packages_of_the_service(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    assert {"sqlalchemy", "fastapi", "jinja2", "pytest"} <= missing()
    assert missing() & {"numpy", "ortools", "xlsxwriter", "rich"} == set()
    assert run_without("round", SAMPLE, "--out", plan)[0] == 0
    assert sorted(one.name for one in plan.iterdir()) == WRITTEN
    assert run_without("verify", plan / "plan.json", "--cohort", SAMPLE)[0] == 0
    assert run_without("certificate", plan / "plan.json")[0] == 0
    assert run_without("record", plan / "plan.json")[0] == 0
    assert run_without("trajectory", "template", tmp_path / "traject")[0] == 0


def test_service_without_its_packages_says_how_to_get_them(tmp_path: Path) -> None:
    code, told = run_without("serve", "--folder", tmp_path)
    assert (code, " ".join(told.split())) == (2, "Voor de dienst zijn meer pakketten nodig. Typ één keer «make serve».")
