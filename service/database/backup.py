"""How is everything put in one file, and taken back? The same file from and to SQLite and PostgreSQL.

The file is a ZIP: `manifest.json` tells the revision and each table's rows and SHA-256, `tables/NAME.jsonl` holds a
row a line. It has personal data in it and is readable by its owner alone; it may be sealed, and without secrets.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

import matcher
from service.core.crashpoints import reach
from service.database.backup_lines import Content, Tally, content_of, lines_of, load, own_tables
from service.database.backup_secrets import without_secrets
from service.database.engine import CollisionError, Database, Transaction
from service.database.ids import now
from service.database.migrate import hold, newest, revision, revisions, upgrade
from service.database.sealing import HEAD_BYTES, Seal, is_sealed

FORMAT, VERSION, MANIFEST = "in2stem-backup", 1, "manifest.json"
DAMAGED = "Deze reservekopie is beschadigd. Neem een andere."
NO_COPY = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What reading raises where a file is no copy of ours, or was changed."""


class BackupError(matcher.In2StemError):
    """A copy that can't be made or taken back; nothing was written."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds: the revision of its database, when it was made (ISO 8601), its tables, whether secrets."""

    revision: str
    made_at: str
    tables: Mapping[str, Content]
    has_secrets: bool = True

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(one.rows for one in self.tables.values())


def backup(database: Database, path: Path, *, seal: Seal | None = None, secrets: bool = True) -> Manifest:
    """Write everything, as it is at one moment, to a file that is there whole or not at all.

    With a `seal` it is enciphered, in memory: nothing of it ever stands on the disk in the clear.
    """
    with _whole(path) as file:
        if seal is None:
            return _write(database, file, secrets=secrets)
        seal.check()
        clear = io.BytesIO()
        manifest = _write(database, clear, secrets=secrets)
        file.write(seal.close(clear.getvalue()))
    return manifest


def _write(database: Database, file: IO[bytes], *, secrets: bool) -> Manifest:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with database.snapshot() as transaction:
            manifest = _write_tables(transaction.connection, archive, secrets=secrets)
        archive.writestr(MANIFEST, _written(manifest))
    return manifest


def restore(
    database: Database,
    path: Path,
    *,
    unseal: Callable[[bytes], bytes] | None = None,
    without_any: Callable[[Transaction], object] | None = None,
) -> Manifest:
    """Fill an empty database from a copy, and bring it to the newest revision. Raises BackupError.

    One transaction: after an error, or a power cut, the database is as it was. `unseal` opens an enciphered copy;
    `without_any` makes secrets where the copy has none.
    """
    if path.exists() and not path.is_file():
        raise BackupError(f"{path} is geen gewoon bestand. Kies een reservekopie.")
    with path.open("rb") as file:
        sealed = is_sealed(file.read(HEAD_BYTES))
    if sealed and unseal is None:
        raise BackupError("Deze reservekopie is versleuteld. Geef de wachtzin of de sleutel.")
    source: IO[bytes] | Path = io.BytesIO(unseal(path.read_bytes())) if sealed and unseal is not None else path
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _read_manifest(archive)
            with database.write() as transaction:
                _fill(transaction.connection, archive, manifest)
                if not manifest.has_secrets and without_any is not None:
                    without_any(transaction)
    except NO_COPY as error:
        raise BackupError(DAMAGED) from error
    except (CollisionError, DatabaseError) as error:
        raise BackupError("Een waarde uit deze reservekopie past niet in deze databank.") from error
    return manifest


def contents(database: Database) -> dict[str, Content]:
    """Count and hash every table."""
    with database.snapshot() as transaction:
        connection = transaction.connection
        return {table.name: content_of(connection, table) for table in own_tables(connection)}


def _write_tables(connection: Connection, archive: zipfile.ZipFile, *, secrets: bool) -> Manifest:
    at = revision(connection)
    if not at:
        raise BackupError("Hier is nog geen databank. Kijk de map of DATABASE_URL na.")
    found = {}
    for table in own_tables(connection):
        tally, lines = Tally(), lines_of(connection, table)
        lines = lines if secrets else without_secrets(table.name, lines)
        with archive.open(_place(table.name), "w", force_zip64=True) as file:
            for line in tally.through(lines):
                file.write(line)
        found[table.name] = tally.content
        reach("backup.inside")
    return Manifest(at, now().isoformat(), found, secrets)


def _fill(connection: Connection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    hold(connection)
    at = _empty_at(connection)
    if at not in ("", manifest.revision):
        raise BackupError(f"De databank is leeg, maar van versie {at}. Neem een nieuwe databank of een nieuwe map.")
    upgrade(connection, manifest.revision)
    tables = own_tables(connection)
    if {one.name for one in tables} != manifest.tables.keys():
        raise BackupError(DAMAGED)
    for table in tables:
        with archive.open(_place(table.name)) as file:
            load(connection, table, file)
    for table in tables:
        if content_of(connection, table) != manifest.tables[table.name]:
            raise BackupError(DAMAGED)
    upgrade(connection, newest())


def _empty_at(connection: Connection) -> str:
    """Give the revision of a database without rows, empty for a new one; raises BackupError for one in use."""
    at = revision(connection)
    tables = own_tables(connection)
    if not at and sa.inspect(connection).get_table_names():
        raise BackupError("In deze databank staat al iets van een ander programma. Neem een nieuwe databank.")
    for table in tables:
        if connection.execute(sa.select(sa.exists(sa.select(sa.literal(1)).select_from(table)))).scalar_one():
            raise BackupError(
                "In deze databank staan al gegevens. Terugzetten kan alleen in een nieuwe, lege databank of map."
            )
    return at


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    document: Any = json.loads(archive.read(MANIFEST))
    if document["format"] != FORMAT:
        raise BackupError(DAMAGED)
    if document["version"] != VERSION or document["revision"] not in revisions():
        raise BackupError("Deze reservekopie komt van een nieuwere versie van in2stem. Werk eerst het programma bij.")
    tables = {name: Content(one["rows"], one["sha256"]) for name, one in document["tables"].items()}
    return Manifest(document["revision"], document["made_at"], tables, document.get("secrets", True) is True)


def _written(manifest: Manifest) -> str:
    tables = {name: one._asdict() for name, one in sorted(manifest.tables.items())}
    head = {"format": FORMAT, "version": VERSION, "revision": manifest.revision, "made_at": manifest.made_at}
    head |= {"secrets": manifest.has_secrets}
    return json.dumps(head | {"tables": tables}, indent=2)


def _place(table: str) -> str:
    return f"tables/{table}.jsonl"


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """Write beside the path and put it there when it is complete and on the disk. Raises BackupError."""
    if path.is_dir():
        raise BackupError(f"{path} is een map. Geef ook de naam van het bestand, zoals {path / 'kopie.zip'}.")
    if path.exists() and not path.is_file():
        raise BackupError(f"{path} is geen gewoon bestand. Kies een andere naam.")
    if not path.parent.is_dir():
        raise BackupError(f"De map {path.parent} bestaat niet. Maak ze eerst, of kies een andere.")
    path = path.resolve()  # what a link leads to is replaced, and the link stays
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".deel")  # mode 600
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
