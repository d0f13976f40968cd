"""Which files make up a cohort, wherever they come from?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from matcher.domain.finding import Finding
from matcher.domain.policy import Policy
from matcher.intake.cohort.cohort import HowToRead
from matcher.intake.cohort.policies import PolicyFile, read_policy
from matcher.intake.cohort.reading_file import READING_FILE, read_reading_file
from matcher.intake.reading.files import too_large
from matcher.intake.reading.limits import MAX_BYTES
from matcher.intake.reading.policy_section import Opener
from matcher.intake.reading.source_position import Place

Source: TypeAlias = Path | str | Sequence[Path] | Mapping[str, bytes]
"""A folder, a file, several files, or the contents of uploaded files by name."""

_TEXTS = (".csv", ".txt", ".tsv")
_BOOKS = (".xlsx", ".xlsm", ".ods", ".xls")
_CONTRACT = ("scholen.csv", "mentoren.csv", "afspraken.csv")
_POLICY = ".toml"
_NO_POLICIES = ("seizoen.toml", READING_FILE)
_SEASON = "seizoen.toml"
_OF_SESSIONS = (_SEASON, "locaties.csv", "blokkeringen.csv")
"""What a cohort's folder may hold for the year of sessions; a round does not read it."""
"""Lies beside a policy and is none: it is for the learning network."""


class Gathered(NamedTuple):
    """Contents of files by name, what could not be opened, and a way to open what a policy names."""

    contents: dict[str, bytes]
    findings: list[Finding]
    opener: Opener


def gather(source: Source) -> Gathered:
    """Open a cohort's files."""
    if isinstance(source, Mapping):
        contents: dict[str, bytes] = {}
        for name, content in source.items():
            contents[free_name(bare_name(name), contents)] = content
        others = [name for name in contents if name.lower() in _OF_SESSIONS]
        large = [name for name, content in contents.items() if len(content) > MAX_BYTES]
        kept = {name: content for name, content in contents.items() if name not in (*large, *others)}
        return Gathered(kept, [*map(_too_large, large), *map(_of_sessions, others)], kept.get)
    paths = [Path(source)] if isinstance(source, str | Path) else [Path(one) for one in source]
    if len(paths) == 1 and paths[0].is_file() and (beside := paths[0].with_name(READING_FILE)).is_file():
        paths.append(beside)
    if len(paths) == 1 and paths[0].is_dir():
        chosen, findings = _choose(paths[0])
        gathered = _read_all(chosen)
        return gathered._replace(findings=findings + gathered.findings)
    return _read_all(paths)


def bare_name(name: str) -> str:
    """Keep the last part of an upload's name: it is shown, and never opened."""
    return re.split(r"[/\\]", name)[-1] or "bestand"


def free_name(name: str, taken: Collection[str]) -> str:
    """Put a number before a name that another upload has already."""
    numbered = (f"{number}-{name}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one not in taken)


def _choose(folder: Path) -> tuple[list[Path], list[Finding]]:
    """Choose a folder's files: those of the contract, else all CSV files, else the one workbook."""
    files = sorted(one for one in folder.iterdir() if one.is_file() and not one.name.startswith((".", "~$")))
    texts = [one for one in files if one.suffix.lower() in _TEXTS]
    books = [one for one in files if one.suffix.lower() in _BOOKS]
    policies = [one for one in files if is_policy(one.name) or one.name.lower() == READING_FILE]
    named = [one for one in texts if one.name.lower() in _CONTRACT]
    if len({one.name.lower() for one in named} & set(_CONTRACT[:2])) == 2:  # noqa: PLR2004
        texts = named
    elif len(books) > 1:
        books = [one for one in books if one.name.lower() != "plan.xlsx"]
    place = Place(folder.name)
    if texts:
        return texts + policies, [_ignored(one.name) for one in books]
    if len(books) > 1:
        message = f"In deze map staan {len(books)} werkboeken."
        return [], [place.error("several_workbooks", message, "Geef het juiste werkboek bij naam op.")]
    if not books:
        message = "In deze map staan geen scholen.csv en mentoren.csv, en ook geen werkboek (.xlsx, .ods of .xls)."
        return [], [place.error("no_files", message, "«in2stem template» maakt lege bestanden om in te vullen.")]
    return books + policies, []


def _ignored(name: str) -> Finding:
    message = "Dit werkboek is niet gelezen, want er staan CSV-bestanden naast."
    return Place(name).note("file_ignored", message, "Geef het werkboek bij naam op als u dat bedoelt.")


def _of_sessions(name: str) -> Finding:
    message = "Dit bestand hoort bij het lerend netwerk; voor een ronde wordt het niet gelezen."
    return Place(name).note("file_ignored", message, "Niets te doen.")


def _read_all(paths: Sequence[Path]) -> Gathered:
    contents: dict[str, bytes] = {}
    findings = []
    for path in paths:
        try:
            if path.stat().st_size > MAX_BYTES:
                findings.append(_too_large(path.name))
            else:
                contents[path.name if path.name not in contents else str(path)] = path.read_bytes()
        except OSError as error:
            reason = "bestaat niet" if isinstance(error, FileNotFoundError) else "kan niet worden geopend"
            remedy = "Kijk de naam en de rechten na."
            findings.append(Place(path.name).error("not_readable", f"Dit bestand {reason}.", remedy))
    home = next((path.parent for path in paths if is_policy(path.name)), None)
    return Gathered(contents, findings, lambda name: _open_beside(home, name))


def _open_beside(home: Path | None, name: str) -> bytes | None:
    """Open a file that a policy names, which stands beside it."""
    path = None if home is None else home / name
    return path.read_bytes() if path is not None and path.is_file() else None


def _too_large(name: str) -> Finding:
    return too_large(Place(name))


def is_policy(name: str) -> bool:
    """Tell a policy by its file's name."""
    return name.lower().endswith(_POLICY) and name.lower() not in _NO_POLICIES


def is_table(name: str) -> bool:
    """Tell what may hold a table by its file's name: no policy, nor what says how to read."""
    return not is_policy(name) and name.lower() != READING_FILE


def find_reading(gathered: Gathered) -> tuple[HowToRead, list[Finding]]:
    """Read what the files bring about how they are to be read."""
    names = [name for name in gathered.contents if name.lower() == READING_FILE]
    return read_reading_file(gathered.contents[names[0]], names[0]) if names else (HowToRead(), [])


def find_policy(gathered: Gathered, policy_file: Path | None, usual: Policy) -> PolicyFile:
    """Read the policy that is asked for, else the one among the files, else take the usual one."""
    if policy_file is not None:
        gathered = _read_all([Path(policy_file)])
        if gathered.findings:
            return PolicyFile(Policy(), findings=tuple(gathered.findings))
    names = [name for name in gathered.contents if is_policy(name) or policy_file is not None]
    if len(names) > 1:
        message = f"Er zijn {len(names)} beleidsbestanden: {', '.join(names)}."
        error = Place(names[0]).error("several_policies", message, "Houd er één over, of geef het juiste op.")
        return PolicyFile(Policy(), findings=(error,))
    if not names:
        return PolicyFile(usual)
    return read_policy(gathered.contents[names[0]], names[0], gathered.opener)
