"""Which files did somebody hand in, what was found in them, and did they become the cohort?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from service.core.upload import Upload
from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import import_, upload
from service.imports import reading_store as readings

State = Literal["reading", "ready", "committed", "failed"]
REPORT = -1
"""The place among the uploads of the workbook that is given back."""


LIGHT = [one for one in import_.c if one.name not in ("preview", "fixes")]
"""What a list of imports needs; a preview holds every row that was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """An import as it is kept; `preview` is what was found, with what committing it would do.

    In lists `preview` and `fixes` are empty.
    """

    id: str
    cohort: str
    state: State
    mapping: Mapping[str, Mapping[str, str]]
    version: int
    job: str | None
    created_at: datetime
    created_by: str
    committed_at: datetime | None
    fixes: Sequence[Mapping[str, Any]] = ()
    preview: Mapping[str, Any] | None = None


def find(transaction: Transaction, key: str, cohort: str | None = None) -> ImportRow | None:
    """Find an import, of one cohort or of any."""
    query = sa.select(import_).where(import_.c.id == key)
    query = query.where(import_.c.cohort == cohort) if cohort is not None else query
    return transaction.first(query, ImportRow)


def listed(transaction: Transaction, cohort: str, before: str | None, limit: int) -> list[ImportRow]:
    """Give a cohort's imports from the newest back, without what was found."""
    query = sa.select(*LIGHT).where(import_.c.cohort == cohort).order_by(import_.c.id.desc()).limit(limit)
    query = query.where(import_.c.id < before) if before is not None else query
    return transaction.rows(query, ImportRow)


def committed_previews(transaction: Transaction, cohort: str) -> Iterator[Mapping[str, Any] | None]:
    """Give what was found in the imports that became the cohort, from the last back; None where it was erased."""
    query = sa.select(import_.c.preview).where(import_.c.cohort == cohort, import_.c.state == "committed")
    keys = transaction.execute(
        query.with_only_columns(import_.c.id).order_by(import_.c.committed_at.desc(), import_.c.id.desc())
    ).scalars()
    for key in keys.all():
        yield transaction.execute(sa.select(import_.c.preview).where(import_.c.id == key)).scalar_one()


def add(transaction: Transaction, cohort: str, files: Sequence[Upload], by: str) -> ImportRow:
    """Keep files to be read; headers mean what was told of the cohort's files, or else its newest import."""
    known = listed(transaction, cohort, None, 1)
    told = readings.known(transaction, cohort).headers
    mapping: Mapping[str, Mapping[str, str]] = told or (known[0].mapping if known else {})
    values = {"id": new_id("imp"), "cohort": cohort, "state": "reading", "mapping": mapping, "fixes": []}
    statement = sa.insert(import_).values(**values, version=1, created_at=now(), created_by=by).returning(import_)
    row = ImportRow(**transaction.execute(statement).mappings().one())
    for place, one in enumerate(files):
        _keep_file(transaction, row.id, place, one)
    return row


def change(transaction: Transaction, row: ImportRow, **values: Any) -> bool:  # noqa: ANN401 - columns
    """Change an import of this very version; tell whether it was."""
    here = sa.and_(import_.c.id == row.id, import_.c.version == row.version)
    return transaction.execute(sa.update(import_).where(here).values(**values, version=row.version + 1)).rowcount == 1


def read_by(transaction: Transaction, row: ImportRow, job: str) -> None:
    """Say which job reads an import; its version stays."""
    transaction.execute(sa.update(import_).where(import_.c.id == row.id).values(job=job))


def remove(transaction: Transaction, row: ImportRow) -> bool:
    """Remove an import of this very version with its files; tell whether it was."""
    here = sa.and_(import_.c.id == row.id, import_.c.version == row.version)
    return transaction.execute(sa.delete(import_).where(here)).rowcount == 1


def names(transaction: Transaction, key: str) -> list[str]:
    """Give the names of the files that were handed in."""
    query = sa.select(upload.c.name).where(upload.c["import"] == key, upload.c.place > REPORT)
    return list(transaction.execute(query.order_by(upload.c.place)).scalars())


def files(transaction: Transaction, key: str) -> list[Upload]:
    """Give the files that were handed in."""
    query = sa.select(upload.c.name, upload.c.content).where(upload.c["import"] == key, upload.c.place > REPORT)
    return [Upload(row.name, bytes(row.content)) for row in transaction.execute(query.order_by(upload.c.place))]


def report(transaction: Transaction, key: str) -> bytes | None:
    """Give the workbook with remarks."""
    query = sa.select(upload.c.content).where(upload.c["import"] == key, upload.c.place == REPORT)
    found = transaction.execute(query).scalar_one_or_none()
    return None if found is None else bytes(found)


def keep_report(transaction: Transaction, key: str, content: bytes) -> None:
    """Keep the workbook with remarks in place of the one before."""
    transaction.execute(sa.delete(upload).where(upload.c["import"] == key, upload.c.place == REPORT))
    _keep_file(transaction, key, REPORT, Upload("verslag.xlsx", content))


def forget_contents(transaction: Transaction, cohort: str) -> None:
    """Wipe what imports hold of people: files, cells and findings; that they happened stays known."""
    mine = sa.select(import_.c.id).where(import_.c.cohort == cohort)
    transaction.execute(sa.delete(upload).where(upload.c["import"].in_(mine)))
    values: dict[str, Any] = {"preview": None, "fixes": [], "version": import_.c.version + 1}
    transaction.execute(sa.update(import_).where(import_.c.cohort == cohort).values(**values))


def _keep_file(transaction: Transaction, key: str, place: int, one: Upload) -> None:
    values = {"import": key, "place": place, "name": one.name, "content": one.content}
    transaction.execute(sa.insert(upload).values(values))
