"""Does a copy hold everything, and does it come back whole: to either database, from any revision, or not at all?"""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from argon2.low_level import Type, hash_secret_raw

from service.database.backup import BackupError, backup, contents, restore
from service.database.backup_lines import lines_of
from service.database.engine import Database
from service.database.migrate import MIGRATIONS, migrate, newest, revision, revisions
from tests.service.database.any_rows import filled
from tests.service.database.known_tables import known_tables, tables_read_once
from tests.service.run.running import command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from service.database.backup_lines import Content
    from tests.service.database.conftest import Shapes

KINDS = ("sqlite", "postgresql")
EARLIER = revisions()[:-1]
Lines = dict[str, list[dict[str, object]]]


@pytest.fixture(scope="module", autouse=True)
def _tables_read_once() -> Iterator[None]:
    """Read the tables of databases of one shape once."""
    with tables_read_once():
        yield


@pytest.fixture
def fresh(shapes: Shapes) -> Iterator[Callable[..., Database]]:
    """Give a way to open an empty database of a kind; at a revision where one is given."""
    opened: list[Database] = []

    def make(kind: str, revision: str = "") -> Database:
        opened.append(Database(shapes.copy(kind, revision)))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup of a filled database, and what its tables held."""

    path: Path
    tables: dict[str, Content]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, shapes: Shapes) -> Copy:
    """Fill one database and back it up, for all tests that only want a backup."""
    folder = tmp_path_factory.mktemp("source")
    database = Database(shapes.copy("sqlite", newest()))
    filled(database)
    backup(database, folder / "kopie.zip")
    tables = contents(database)
    database.close()
    return Copy(folder / "kopie.zip", tables)


@pytest.fixture
def copy(made_once: Copy, tmp_path: Path) -> Copy:
    """Give that backup in a folder of the test's own."""
    (tmp_path / "kopie.zip").write_bytes(made_once.path.read_bytes())
    return replace(made_once, path=tmp_path / "kopie.zip")


def at(database: Database) -> str:
    """Give a database's revision."""
    with database.read() as transaction:
        return revision(transaction.connection)


def test_revisions_are_those_that_alembic_walks() -> None:
    walked = [one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert list(revisions()) == walked[::-1]


def lines(database: Database) -> Lines:
    """Give all rows of all tables as they would be written."""
    with database.snapshot() as transaction:
        connection = transaction.connection
        return {one.name: [json.loads(line) for line in lines_of(connection, one)] for one in known_tables(connection)}


@pytest.mark.parametrize("there", KINDS)
@pytest.mark.parametrize("here", KINDS)
def test_backup_restored_has_equal_counts_and_hashes(
    fresh: Callable[..., Database], tmp_path: Path, here: str, there: str
) -> None:
    source, target = fresh(here, newest()), fresh(there)
    filled(source)
    made = backup(source, tmp_path / "kopie.zip")
    assert made.tables == contents(source)
    assert {one.rows for one in made.tables.values()} == {2}
    assert restore(target, tmp_path / "kopie.zip") == made
    assert contents(target) == made.tables
    assert lines(target) == lines(source)
    assert (tmp_path / "kopie.zip").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.glob(".*")] == []


def as_upgraded(before: Lines, after: Lines) -> Lines:
    """Give rows as an upgrade leaves them: since 0017 a slow hash stands around the fast one of a code to recover."""
    if "recovery_code" not in before or "salt" in before["second_factor"][0]:
        return before
    salts = {one["person"]: bytes.fromhex(str(one["salt"])) for one in after["second_factor"]}
    codes = [
        one
        | {
            "digest": hash_secret_raw(
                str(one["digest"]).encode(), salts[one["person"]], 2, 19_456, 1, 32, Type.ID
            ).hex()
        }
        for one in before["recovery_code"]
    ]
    return before | {"recovery_code": sorted(codes, key=lambda one: str(one["digest"]))}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("earlier", EARLIER)
def test_upgrade_keeps_every_row_of_an_earlier_revision(
    fresh: Callable[..., Database], kind: str, earlier: str
) -> None:
    database = fresh(kind, earlier)
    filled(database)
    before = lines(database)
    assert migrate(database) == (earlier, newest())
    after = lines(database)
    kept = {name: [{key: one[key] for key in before[name][0]} for one in after[name]] for name in before}
    assert kept == as_upgraded(before, after)
    assert {name for name in before if len(before[name]) != 2} == set()


@pytest.mark.parametrize("earlier", EARLIER)
def test_backup_of_an_earlier_revision_is_restored_and_upgraded(
    fresh: Callable[..., Database], tmp_path: Path, earlier: str
) -> None:
    source, target = fresh("sqlite", earlier), fresh("postgresql")
    filled(source)
    made = backup(source, tmp_path / "kopie.zip")
    restore(target, tmp_path / "kopie.zip")
    assert (made.revision, at(target)) == (earlier, newest())
    found = contents(target)
    assert {name: found[name].rows for name in made.tables} == dict.fromkeys(made.tables, 2)


def test_restore_fills_a_database_of_the_same_revision_without_rows(database: Database, tmp_path: Path) -> None:
    made = backup(database, tmp_path / "leeg.zip")
    restore(database, tmp_path / "leeg.zip")
    assert contents(database) == made.tables


def test_restore_into_a_database_in_use_is_refused(fresh: Callable[..., Database], tmp_path: Path) -> None:
    database = fresh("sqlite", newest())
    filled(database)
    backup(database, tmp_path / "kopie.zip")
    with pytest.raises(BackupError, match="staan al gegevens"):
        restore(database, tmp_path / "kopie.zip")


def test_restore_beside_another_programs_tables_is_refused(fresh: Callable[..., Database], copy: Copy) -> None:
    target = fresh("sqlite")
    with target.write() as transaction:
        transaction.execute(sa.text("CREATE TABLE iets (id TEXT)"))
        transaction.execute(sa.text("CREATE TABLE alembic_anders (id TEXT)"))
    with pytest.raises(BackupError, match="ander programma"):
        restore(target, copy.path)


def test_backup_without_a_database_is_refused(fresh: Callable[..., Database], tmp_path: Path) -> None:
    (tmp_path / "kopie.zip").write_bytes(b"gisteren")
    with pytest.raises(BackupError, match="nog geen databank"):
        backup(fresh("sqlite"), tmp_path / "kopie.zip")
    assert (tmp_path / "kopie.zip").read_bytes() == b"gisteren"


def test_backup_where_no_file_can_be_says_so_by_the_name_that_was_given(database: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=f"{tmp_path} is een map. Geef ook de naam van het bestand"):
        backup(database, tmp_path)
    with pytest.raises(BackupError, match=f"De map {tmp_path / 'nergens'} bestaat niet. Maak ze eerst"):
        backup(database, tmp_path / "nergens" / "kopie.zip")


def test_backup_and_restore_take_nothing_but_a_regular_file(database: Database, tmp_path: Path) -> None:
    pipe, link = tmp_path / "buis", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for place in (pipe, link):
        with pytest.raises(BackupError, match=r"is geen gewoon bestand\. Kies een andere naam\."):
            backup(database, place)
        with pytest.raises(BackupError, match=r"is geen gewoon bestand\. Kies een reservekopie\."):
            restore(database, place)
    assert (pipe.is_fifo(), link.is_symlink()) == (True, True)


def test_backup_to_a_link_replaces_what_it_leads_to(database: Database, tmp_path: Path) -> None:
    link = tmp_path / "link.zip"
    link.symlink_to(tmp_path / "kopie.zip")
    backup(database, link)
    assert (link.is_symlink(), zipfile.is_zipfile(tmp_path / "kopie.zip")) == (True, True)


def test_restored_data_is_for_its_owner_alone_whatever_the_folder_allows(database: Database, tmp_path: Path) -> None:
    backup(database, tmp_path / "kopie.zip")
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    done = command("restore", str(tmp_path / "kopie.zip"), "--folder", str(folder), DATABASE_URL="")
    assert done.returncode == 0, done.stderr
    assert {one.name: oct(one.stat().st_mode & 0o777) for one in folder.iterdir()} == {
        "in2stem.slot": "0o600",
        "in2stem.sqlite3": "0o600",
    }


def changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Write a copy of a copy in which one member is changed."""
    other = path.with_name("anders.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for one in source.namelist():
            content = source.read(one)
            target.writestr(one, change(content) if one == name else content)
    return other


def with_first(old: bytes, **values: object) -> bytes:
    """Change the first line of a table."""
    first, *others = old.splitlines(keepends=True)
    return b"".join([json.dumps(json.loads(first) | values).encode() + b"\n", *others])


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("tables/cohort.jsonl", lambda old: old.replace(b"rij1", b"rij3"), "past niet"),
        ("tables/audit.jsonl", lambda old: old.replace(b"rij1", b"rij3"), "beschadigd"),
        ("tables/audit.jsonl", lambda old: old.splitlines(keepends=True)[0], "beschadigd"),
        ("tables/audit.jsonl", lambda old: old[:-20], "beschadigd"),
        ("tables/audit.jsonl", lambda _old: b"[]\n", "beschadigd"),
        ("manifest.json", lambda old: old.replace(b'"revision": "0', b'"revision": "9'), "nieuwere versie"),
        ("manifest.json", lambda old: old.replace(b'"version": 1', b'"version": 2'), "nieuwere versie"),
        ("manifest.json", lambda _old: b"{}", "beschadigd"),
        ("manifest.json", lambda _old: b"[1]", "beschadigd"),
        ("manifest.json", lambda _old: b"[" * 100_000, "beschadigd"),
        ("manifest.json", lambda old: old.split(b'"tables"')[0] + b'"tables": []}', "beschadigd"),
        ("tables/audit.jsonl", lambda _old: b"[" * 100_000, "beschadigd"),
        ("tables/cohort.jsonl", lambda old: with_first(old, version=10**30), "beschadigd"),
    ],
)
def test_restore_of_a_changed_copy_is_refused_and_leaves_nothing(
    fresh: Callable[..., Database], copy: Copy, name: str, change: Callable[[bytes], bytes], words: str
) -> None:
    target = fresh("sqlite")
    with pytest.raises(BackupError, match=words):
        restore(target, changed(copy.path, name, change))
    assert at(target) == ""
    restore(target, copy.path)
    assert contents(target) == copy.tables


@pytest.mark.parametrize("size", [0, 100, 5000])
def test_restore_of_a_cut_off_copy_is_refused(
    fresh: Callable[..., Database], copy: Copy, tmp_path: Path, size: int
) -> None:
    target = fresh("sqlite")
    cut = tmp_path / "kort.zip"
    cut.write_bytes(copy.path.read_bytes()[:size])
    with pytest.raises(BackupError, match="beschadigd"):
        restore(target, cut)
    assert at(target) == ""
