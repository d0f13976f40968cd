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
SYSTEM = "/usr/bin/python3"
OTHERS = ("python3", "python3.14", "python3.13", "python3.12", "python3.11")
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
# What `-m venv` does, but with the pip of an environment that is whole: ensurepip unpacks and compiles for seconds.
QUICK_VENV = """import os, sys, venv

def take_pip(self, context):
    package = os.path.join("lib", "python3.%d" % sys.version_info[1], "site-packages", "pip")
    os.symlink(os.path.join({whole!r}, package), os.path.join(context.env_dir, package))
    with open(os.path.join({whole!r}, "bin", "pip"), encoding="utf-8") as script:
        told = script.read().replace({whole!r}, context.env_dir)
    with open(os.path.join(context.env_dir, "bin", "pip"), "w", encoding="utf-8") as script:
        script.write(told)
    os.chmod(script.name, 0o755)

venv.EnvBuilder._setup_pip = take_pip
venv.main(sys.argv[1:])
"""


def a_machine(path: Path) -> Path:
    """Make a machine with the Makefile, a few tools on its PATH, and no Python."""
    (path / "requirements").mkdir()
    (path / "bin").mkdir()
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert SYSTEM in recipe
    (path / "Makefile").write_text(recipe.replace(SYSTEM, str(path / "system")), encoding="utf-8")
    shutil.copy(ROOT / "requirements" / "venv.sh", path / "requirements")
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None, tool
        (path / "bin" / tool).symlink_to(found)
    return path


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Make a machine without Python."""
    return a_machine(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Make a machine with Python, and have `make` make the environment there with all that is Python's own."""
    machine = a_machine(tmp_path_factory.mktemp("whole"))
    put(machine, "python3", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    return machine, made(machine)


@pytest.fixture
def quick(whole: tuple[Path, object], machine: Path) -> str:
    """Give the script of a Python that makes environments quickly."""
    (machine / "quick_venv.py").write_text(QUICK_VENV.format(whole=str(whole[0] / ".venv")), encoding="utf-8")
    quickly = f'shift 2; exec {sys.executable} {machine / "quick_venv.py"} "$@"'
    return f'#!/bin/sh\n[ "$1 $2" != "-m venv" ] || {{ {quickly}; }}\nexec {sys.executable} "$@"\n'


def put(machine: Path, name: str, script: str) -> None:
    """Put a command on the machine's PATH."""
    path = machine / "bin" / name
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)


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
    assert told(result) == [NO_PYTHON.format(" ".join((str(machine / "system"), *OTHERS)))]
    assert not (machine / ".venv").exists()


def test_python_that_is_too_old_is_told_what_is_needed(machine: Path) -> None:
    put(machine, "python3", OTHER_VERSION.format(version=(3, 10, 14)))
    result = made(machine, "PYTHON=python3")
    assert result.returncode != 0
    assert told(result) == [NO_PYTHON.format("python3")]


def assert_pip_is_there(machine: Path) -> None:
    """Hold that the environment's pip runs, with the Python that was found."""
    command = [machine / ".venv" / "bin" / "pip", "--version"]
    version = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own
    assert version.startswith("pip ")
    assert f" from {machine / '.venv'}" in version
    assert version.endswith(f"(python {VERSION})\n")


def test_python_that_is_there_makes_the_environment(whole: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    machine, result = whole
    assert (result.returncode, told(result)) == (0, [])
    assert_pip_is_there(machine)


@pytest.mark.parametrize("name", ["python3.13", "mijn-python"])
def test_python_that_is_new_enough_makes_the_environment(machine: Path, name: str, quick: str) -> None:
    put(machine, "python3", OTHER_VERSION.format(version=(3, 9, 2)))
    put(machine, name, quick)
    result = made(machine, *([f"PYTHON={name}"] if name == "mijn-python" else []))
    assert (result.returncode, told(result)) == (0, [])
    assert_pip_is_there(machine)


@pytest.mark.parametrize(("system", "maker"), [("whole", "system"), ("no venv", "python3"), ("missing", "python3")])
def test_python_of_the_system_comes_first_if_it_makes_environments(
    machine: Path, quick: str, system: str, maker: str
) -> None:
    put(machine, "python3", quick.replace("shift", "echo python3; shift"))
    if system == "whole":
        put(machine, "../system", quick.replace("shift", "echo system; shift"))
    elif system == "no venv":
        put(machine, "../system", f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\nexec {sys.executable} "$@"\n')
    result = made(machine)
    assert (result.returncode, told(result)) == (0, [maker])
    assert_pip_is_there(machine)


def test_earlier_try_leaves_nothing(machine: Path, quick: str) -> None:
    assert (made(machine).returncode == 0, (machine / ".venv" / "pip").exists()) == (False, False)
    put(machine, "python3", quick)
    (machine / ".venv" / "lib").mkdir(parents=True)
    (machine / ".venv" / "lib" / "half").touch()
    assert made(machine).returncode == 0
    assert not (machine / ".venv" / "lib" / "half").exists()


@pytest.mark.parametrize("user", [0, 1000])
def test_python_without_venv_is_told_which_package_to_install(machine: Path, user: int, quick: str) -> None:
    put(machine, "python3", quick)
    take_ensurepip(machine)
    put(machine, "id", f"#!/bin/sh\necho {user}\n")
    put(machine, "apt-get", "#!/bin/sh\necho apt-get $*\nexit 100\n")
    result = made(machine)
    assert result.returncode != 0
    assert told(result) == [*["apt-get update"] * (user == 0), NO_VENV]


def test_python_without_venv_gets_it_from_debian_where_root_makes(machine: Path, quick: str) -> None:
    put(machine, "python3", quick)
    missing = take_ensurepip(machine)
    put(machine, "id", "#!/bin/sh\necho 0\n")
    put(machine, "apt-get", f"#!/bin/sh\necho apt-get $*\n[ $1 = update ] || {shutil.which('rm')} {missing}\n")
    result = made(machine)
    assert told(result) == ["apt-get update", f"apt-get install --yes python{VERSION}-venv"]
    assert result.returncode == 0
    assert os.access(machine / ".venv" / "bin" / "pip", os.X_OK)
