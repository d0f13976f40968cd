"""Does the repository stand on its own? Locked files, commands that exist, links that lead somewhere."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from service.cli import main

ROOT = Path(__file__).parents[1]
TEXTS = {".md", ".py", ".sh", ".toml", ".lock", ".yml", ".yaml", ".cfg", ".ini", ".txt", ".html", ".js", ".css", ""}
REGISTRY = re.compile(r"pypi\.(org|python)|pythonhosted\.|index[-_]url|trusted[-_]host|find[-_]links", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.])/(home|work|root|Users)/\w|\.\./shared")
PINNED = re.compile(
    r"[a-z0-9][a-z0-9._-]*==\S+( ; [^\\]+)? \\\n( {4}--hash=sha256:[0-9a-f]{64} \\\n)* {4}--hash=sha256:[0-9a-f]{64}"
)
MENTION = re.compile(r"docs/[\w/-]+\.md")
LINK = re.compile(r"\]\(([^)\s]+)\)")


def repository_files() -> list[Path]:
    """Give the files of the repository: those that git knows, or all but what is made, where there is no git."""
    if not (ROOT / ".git").exists():
        made = {".venv", "plan", "build", "__pycache__"}
        return [path for path in sorted(ROOT.rglob("*")) if path.is_file() and not made & set(path.parts)]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607 - git from the PATH
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def hits(pattern: re.Pattern[str], text: str) -> list[str]:
    """Give every line of a text that a pattern finds something in."""
    return [line.strip() for line in text.splitlines() if pattern.search(line)]


def unpinned(lock: str) -> str:
    """Give what is left of a lock file without its requirements that are pinned by version and hashes."""
    return PINNED.sub("", lock).strip()


def missing(asked: list[str], lock: str) -> list[str]:
    """Give the requirements that a lock file pins no fitting version of."""
    pins = [Requirement(line.removesuffix(" \\")) for line in lock.splitlines() if "==" in line]
    versions: dict[str, list[str]] = {}
    for pin in pins:
        versions.setdefault(pin.name, []).extend(part.version for part in pin.specifier)
    wanted = [(one, Requirement(one)) for one in asked]
    pinned = [(one, want, versions.get(want.name.lower(), [])) for one, want in wanted]
    return [one for one, want, found in pinned if not found or not all(map(want.specifier.contains, found))]


def asked_for(name: str) -> list[str]:
    """Give what pyproject.toml asks for in the set of packages that a lock file pins."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = declared["project"], declared["dependency-groups"]
    asked = [*project["dependencies"], *groups["build"]]
    if name != "round":
        asked += [one for extra in project["optional-dependencies"].values() for one in extra]
    return asked + [one for group in {"dev": ["dev"], "bench": ["dev", "bench"]}.get(name, []) for one in groups[group]]


def commands(text: str) -> list[str]:
    """Give the targets of `make` that a text tells to run."""
    return re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)


def dead_links(page: Path, text: str) -> list[str]:
    """Give the links of a page to files that are not there; those to the web are not followed."""
    targets = [
        link.split("#")[0] for link in LINK.findall(text) if "://" not in link and not link.startswith("mailto:")
    ]
    return [target for target in targets if target and not (page.parent / target).exists()]


def pages() -> list[Path]:
    """Give every page in Markdown."""
    return [path for path in repository_files() if path.suffix == ".md"]


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE], ids=["registry", "machine"])
def test_repository_names_no_registry_or_machine(pattern: re.Pattern[str]) -> None:
    texts = [path for path in repository_files() if path.suffix in TEXTS and path != Path(__file__)]
    found = {str(path.relative_to(ROOT)): hits(pattern, path.read_text(encoding="utf-8")) for path in texts}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (REGISTRY, "--index-url https://mirror.example/simple"),
        (REGISTRY, "see https://pypi.org/project/numpy"),
        (REGISTRY, "--trusted-host mirror"),
        (MACHINE, "open('/home/an/plan.json')"),
        (MACHINE, "see ../shared/notes.md"),
    ],
)
def test_registry_or_machine_is_caught(pattern: re.Pattern[str], line: str) -> None:
    assert hits(pattern, f"x = 1\n{line}\n") == [line]


@pytest.mark.parametrize("name", ["round", "service", "dev", "bench"])
def test_lock_pins_every_requirement_with_hashes(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    assert lock.count("==") > 10
    assert unpinned(lock) == ""


@pytest.mark.parametrize(
    "line", ["numpy==2.3.1", "numpy>=2 \\\n    --hash=sha256:" + "0" * 64, "--index-url x", "# via y"]
)
def test_lock_without_hashes_is_caught(line: str) -> None:
    assert unpinned(f"a==1 \\\n    --hash=sha256:{'a' * 64}\n{line}\n") == line


@pytest.mark.parametrize("name", ["round", "service", "dev", "bench"])
def test_lock_pins_whatever_pyproject_asks_for(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    assert missing(asked_for(name), lock) == []


def test_requirement_without_a_fitting_pin_is_caught() -> None:
    lock = "numpy==2.4.6 ; python_version < '3.12' \\\n    --hash=sha256:0\nrich==13.0 \\\n"
    asked = ["numpy>=2.0", "rich>=14", "types-openpyxl", "psycopg[binary]>=3"]
    assert missing(asked, lock) == asked[1:]


@pytest.mark.parametrize("page", ["README.md", "docs/README.md"])
def test_page_tells_commands_that_exist(page: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    told = commands((ROOT / page).read_text(encoding="utf-8"))
    assert [one for one in told if one not in targets] == []


def test_readme_opens_with_the_two_commands() -> None:
    assert commands((ROOT / "README.md").read_text(encoding="utf-8"))[:2] == ["round", "test"]


def test_pages_link_to_files_that_exist() -> None:
    dead = {str(page.relative_to(ROOT)): dead_links(page, page.read_text(encoding="utf-8")) for page in pages()}
    assert {page: links for page, links in dead.items() if links} == {}


def test_dead_link_is_caught() -> None:
    text = "[a](docs/README.md) [b](nowhere.md#top) [c](https://voka.example) [d](#below)"
    assert dead_links(ROOT / "README.md", text) == ["nowhere.md"]


def test_pages_named_in_code_exist() -> None:
    sources = [path for path in repository_files() if path.suffix in {".py", ".toml", ""}]
    named = {page for path in sources for page in MENTION.findall(path.read_text(encoding="utf-8"))}
    assert sorted(page for page in named if not (ROOT / page).exists()) == []


def test_readme_tells_commands_of_the_program_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    told = set(re.findall(r"in2stem ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"round", "check", "rerun"} <= told
    for command in sorted(told):
        with pytest.raises(SystemExit) as stopped:
            main([command, "--help"])
        assert stopped.value.code == 0
    assert f"in2stem {min(told)}" in capsys.readouterr().out


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    assert [page.name for page in pages() if page.parent == folder and page.name not in index | {"README.md"}] == []
