"""On whose behalf is something done, and with what? What an action needs to know, without HTTP."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, TypeAdapter

from service.access import audit_trail, scope
from service.access.audited_reads import Looks
from service.access.callers import Caller
from service.access.known_keys import KnownKeys
from service.access.limits import Limits
from service.access.scope import CohortRow
from service.core.errors import Problem, not_found
from service.core.etag import etag, is_among
from service.core.settings import Settings
from service.database import idempotency
from service.database.engine import Database, Transaction

MOST_KEY = 255
ANY_VERSION = "\x00any"
"""What was read where a program says `If-Match: *`: whichever version there is. No form can mean it by `*`."""

Value = TypeVar("Value")


class PublishedCache(Protocol):
    """What the portal shows, kept ready in memory."""

    def forget(self, cohort: str) -> None:
        """Look a cohort up again: something was published."""


def nothing_follows(_work: Work, _transaction: Transaction, _cohort: str) -> None:
    """Do nothing: what a process does where nobody told it otherwise."""


@dataclass(frozen=True, slots=True)
class Process:
    """What all work of one process shares; `on_leaving` is done where schools or mentors may have left a cohort."""

    settings: Settings
    database: Database
    limits: Limits
    keys: KnownKeys
    published: PublishedCache
    looks: Looks = field(default_factory=Looks)
    on_leaving: Callable[[Work, Transaction, str], None] = nothing_follows


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that a caller does: who, with what, and what they had read before.

    `doing` names it (method and path), so that one `once_key` can be used for several things; with that key
    (Idempotency-Key, or a form's own) it is done once. `read_version` is the ETag of what was read (If-Match,
    or a form's own). `checked_cohort` is one that was just found to be the caller's. `open` is the transaction that
    several readings share, and `seen` what they read already.
    """

    caller: Caller
    process: Process
    request_id: str = "-"
    doing: str = ""
    once_key: str | None = None
    read_version: str | None = None
    checked_cohort: str | None = None
    open: Transaction | None = None
    seen: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """Where the data is."""
        return self.process.database

    @property
    def settings(self) -> Settings:
        """How the service is set up."""
        return self.process.settings

    @property
    def is_trusted(self) -> bool:
        """Whether the caller may see contact data of people."""
        return self.caller.role in ("coordinator", "admin")

    @contextmanager
    def reading(self, cohort: str | None = None) -> Iterator[Transaction]:
        """Look at one moment of the data: that of `together`, where several look.

        Of a `cohort` only who sees it; raises Problem 404 as `cohort` does, and BusyError.
        """
        with self.database.read() if self.open is None else nullcontext(self.open) as transaction:
            if cohort is not None:
                self.cohort(transaction, cohort)
            yield transaction

    @contextmanager
    def writing(self, cohort: str | None = None) -> Iterator[Transaction]:
        """Write all or nothing, in a `cohort` as `reading` does. Raises CollisionError or BusyError."""
        if self.open is not None:
            raise RuntimeError("what several read together is not written to")  # SQLite would wait for itself
        with self.database.write() as transaction:
            if cohort is not None:
                self.cohort(transaction, cohort)
            yield transaction

    @contextmanager
    def changing(self, cohort: str) -> Iterator[Transaction]:
        """Write in a cohort that is the caller's, and let nobody else change it until the end."""
        with self.writing() as transaction:
            self.hold(transaction, cohort)
            yield transaction

    @contextmanager
    def noting(self, cohort: str | None = None) -> Iterator[Transaction]:
        """Look at what `audit` notes in the trail, at the end of this reading or of several together."""
        with self.together() as one, one.reading(cohort) as transaction:
            yield transaction

    @contextmanager
    def together(self) -> Iterator[Work]:
        """Give the same work for several readings of one moment, such as those of one page.

        What was read is noted before the caller can show it, the same look of the same caller once in a quarter of
        an hour (`looks.py`). Raises CollisionError or BusyError.
        """
        if self.open is not None:
            yield self
            return
        with self.reading() as transaction:
            transaction.noted = []
            yield replace(self, open=transaction, seen={})
        lines = self.process.looks.new(self.caller.by, transaction.noted)
        if lines:  # after the reading: SQLite would wait for itself
            with self.writing() as writing:
                audit_trail.note_all(writing, self.caller.by, lines, self.request_id)
            self.process.looks.keep(self.caller.by, lines)

    def cohort(self, transaction: Transaction, cohort: str) -> CohortRow:
        """Give a cohort that is the caller's; raises Problem 404 for what is not there or not theirs."""
        found = self.remembered(("cohort", cohort), lambda: scope.find(transaction, cohort))
        if found is None or not self.caller.sees(found.region, found.id):
            raise not_found("Deze cohorte")
        return found

    def hold(self, transaction: Transaction, cohort: str) -> CohortRow:
        """Give a cohort as `cohort` does, and let nobody else change it until the end of the transaction."""
        found = self.cohort(transaction, cohort)
        scope.touch(transaction, cohort)
        return found

    def remembered(self, key: tuple[object, ...], read: Callable[[], Value]) -> Value:
        """Read once what several readings of one moment need; nobody may change it. `key` names what it is."""
        if self.open is None:
            return read()
        if key not in self.seen:
            self.seen[key] = read()
        found: Value = self.seen[key]
        return found

    def audit(
        self,
        transaction: Transaction,
        action: str,
        target: str,
        cohort: str | None = None,
        **detail: Any,  # noqa: ANN401
    ) -> None:
        """Note who did what, in the transaction that did it; what was only read, once and at the end of the reading."""
        line = (action, target, cohort, detail)
        if transaction.noted is None:
            audit_trail.note_all(transaction, self.caller.by, [line], self.request_id)
        elif line not in transaction.noted:
            transaction.noted.append(line)

    def people_left(self, transaction: Transaction, cohort: str) -> None:
        """Have followed, in the transaction in which schools or mentors may leave a cohort, what comes of that."""
        self.process.on_leaving(self, transaction, cohort)

    def must_match(self, version: int, *parts: object) -> None:
        """Refuse an edit of what changed meanwhile: Problem 428 where no version is told, 412 for a stale one."""
        if self.read_version is None:
            detail = "Geef met If-Match mee welke versie u gelezen hebt (haar ETag)."
            raise Problem(HTTPStatus.PRECONDITION_REQUIRED, "if_match_missing", detail)
        if self.read_version == ANY_VERSION:
            return
        wanted = etag(version, *parts)
        if not is_among(wanted, self.read_version):
            detail = "Iemand heeft dit intussen gewijzigd. Haal het opnieuw op en kijk wat er veranderde."
            raise Problem(HTTPStatus.PRECONDITION_FAILED, "stale", detail, headers={"ETag": wanted})

    def once(
        self, body: object, kind: type[Value], effect: Callable[[Transaction], Value], *, secret: str = ""
    ) -> Value:
        """Do something in one transaction; the same again with the same key gives its first outcome, done once.

        `kind` is the type of the outcome, as it is kept in JSON; `secret` names a member that the first outcome
        alone holds, and that is null in what is kept. Raises Problem 409 where the key comes with another body.
        """
        if self.once_key is None:
            with self.writing() as transaction:
                return effect(transaction)
        if not self.once_key or len(self.once_key) > MOST_KEY:
            raise Problem(HTTPStatus.BAD_REQUEST, "bad_idempotency_key", "Idempotency-Key telt 1 tot 255 tekens.")
        adapter: TypeAdapter[Value] = _adapter(kind)  # type: ignore[arg-type]
        name = _digest(f"{self.caller.by}\n{self.doing}\n{self.once_key}".encode())
        with self.writing() as transaction:
            known = idempotency.find(transaction, name, _fingerprint(body))
            if known is not None:
                return adapter.validate_json(known.body or b"null")
            made = effect(transaction)
            kept = made.model_copy(update={secret: None}) if secret and isinstance(made, BaseModel) else made
            content = adapter.dump_json(kept)
            idempotency.keep(transaction, name, _fingerprint(body), HTTPStatus.OK, {}, content)
        return made


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any type
    return TypeAdapter(kind)


def _fingerprint(body: object) -> str:
    if isinstance(body, bytes):
        return _digest(body)
    return _digest(json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_plain).encode())


def _plain(value: object) -> object:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
