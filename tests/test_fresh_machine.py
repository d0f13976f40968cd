"""What does `make` need of a machine? Python 3.11 or newer with venv; whoever lacks it reads what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = ("make", "sh", "touch", "sed")
VERSION = f"3.{sys.version_info[1]}"
NO_PYTHON = (
    "Nodig is Python 3.11 of nieuwer, en dat vonden we niet als: {}. "
    "Installeer Python, of zeg waar het staat: make round PYTHON=/map/python3"
)
NO_VENV = (
    "python3 kan geen omgeving maken: er ontbreekt venv of ensurepip. Installeer het, en probeer het opnieuw. "
    f"In Debian en Ubuntu: sudo apt install python{VERSION}-venv"
)
OTHER_VERSION = f"""#!{sys.executable}
import sys
sys.version_info = {{version}}
exec(sys.argv[2])
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Make a machine with the Makefile, a few tools on its PATH, and no Python."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "requirements" / "venv.sh", tmp_path / "requirements")
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None, tool
        (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def put(machine: Path, name: str, script: str) -> None:
    """Put a command on the machine's PATH."""
    path = machine / "bin" / name
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)


def put_python(machine: Path, name: str) -> None:
    """Put this Python on the machine's PATH."""
    put(machine, name, f'#!/bin/sh\nexec {sys.executable} "$@"\n')


def take_ensurepip(machine: Path) -> Path:
    """Have Python miss what Debian ships apart; give the file that goes when it is installed."""
    gone = machine / "without" / "ensurepip.py"
    gone.parent.mkdir()
    gone.write_text("raise ModuleNotFoundError\n", encoding="utf-8")
    return gone


def made(machine: Path, *given: str) -> subprocess.CompletedProcess[str]:
    """Have `make` make the environment there."""
    surroundings = {
        "PATH": str(machine / "bin"),
        "PYTHONPATH": str(machine / "without"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [str(machine / "bin" / "make"), ".venv/pip", *given]
    return subprocess.run(command, cwd=machine, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603 - our own


def told(result: subprocess.CompletedProcess[str]) -> list[str]:
    """Give what was told besides the line with which `make` itself ends."""
    return [line for line in (result.stdout + result.stderr).splitlines() if not line.startswith("make: ***")]


def test_machine_without_python_is_told_what_is_needed(machine: Path) -> None:
    result = made(machine)
    assert result.returncode != 0
    assert told(result) == [NO_PYTHON.format("python3 python3.14 python3.13 python3.12 python3.11")]
    assert not (machine / ".venv").exists()


def test_python_that_is_too_old_is_told_what_is_needed(machine: Path) -> None:
    put(machine, "python3", OTHER_VERSION.format(version=(3, 10, 14)))
    result = made(machine, "PYTHON=python3")
    assert result.returncode != 0
    assert told(result) == [NO_PYTHON.format("python3")]


@pytest.mark.parametrize("name", ["python3", "python3.13", "mijn-python"])
def test_python_that_is_new_enough_makes_the_environment(machine: Path, name: str) -> None:
    if name != "python3":
        put(machine, "python3", OTHER_VERSION.format(version=(3, 9, 2)))
    put_python(machine, name)
    result = made(machine, *([f"PYTHON={name}"] if name == "mijn-python" else []))
    assert (result.returncode, told(result)) == (0, [])
    command = [machine / ".venv" / "bin" / "pip", "--version"]
    version = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own
    assert version.endswith(f"(python {VERSION})\n")


def test_earlier_try_leaves_nothing(machine: Path) -> None:
    assert (made(machine).returncode == 0, (machine / ".venv" / "pip").exists()) == (False, False)
    put_python(machine, "python3")
    (machine / ".venv" / "lib").mkdir(parents=True)
    (machine / ".venv" / "lib" / "half").touch()
    assert made(machine).returncode == 0
    assert not (machine / ".venv" / "lib" / "half").exists()


@pytest.mark.parametrize("user", [0, 1000])
def test_python_without_venv_is_told_which_package_to_install(machine: Path, user: int) -> None:
    put_python(machine, "python3")
    take_ensurepip(machine)
    put(machine, "id", f"#!/bin/sh\necho {user}\n")
    put(machine, "apt-get", "#!/bin/sh\necho apt-get $*\nexit 100\n")
    result = made(machine)
    assert result.returncode != 0
    assert told(result) == [*["apt-get update"] * (user == 0), NO_VENV]


def test_python_without_venv_gets_it_from_debian_where_root_makes(machine: Path) -> None:
    put_python(machine, "python3")
    missing = take_ensurepip(machine)
    put(machine, "id", "#!/bin/sh\necho 0\n")
    put(machine, "apt-get", f"#!/bin/sh\necho apt-get $*\n[ $1 = update ] || {shutil.which('rm')} {missing}\n")
    result = made(machine)
    assert told(result) == ["apt-get update", f"apt-get install --yes python{VERSION}-venv"]
    assert result.returncode == 0
    assert os.access(machine / ".venv" / "bin" / "pip", os.X_OK)
