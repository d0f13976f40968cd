"""Can these uploads be kept? Bare names, sizes, and what shows without opening them."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from http import HTTPStatus

from fastapi import UploadFile

import matcher
from service.core.errors import Fault, Problem, invalid
from service.core.upload import Upload

MOST_FILES = 10
LONGEST_NAME, LONGEST_ENDING = 80, 10
STATUSES = {"too_large": 413, "wrong_format": 415}
"""What a file is refused with; 422 where it stands not here."""

OF_A_FILE = frozenset({*STATUSES, "empty_file", "damaged_file", "encrypted", "forbidden_xml"})
"""Codes of findings that refuse a whole file."""


def contents(files: Iterable[UploadFile]) -> list[tuple[str, bytes]]:
    """Read what a request brought: each file's name and its content."""
    return [(one.filename or "", one.file.read()) for one in files]


def checked(files: Iterable[tuple[str, bytes]]) -> list[Upload]:
    """Take files over, each a name and its content; raises Problem 413, 415 or 422 for one that can't be read at all.

    No two have one name afterwards.
    """
    found: dict[str, bytes] = {}
    for name, content in files:
        found[matcher.free_name(own_name(name), found)] = content
    if not found:
        raise invalid("/files", "no_files", "Stuur minstens één bestand mee, in het veld «files».")
    if len(found) > MOST_FILES:
        raise invalid("/files", "too_many_files", f"Stuur hoogstens {MOST_FILES} bestanden samen.")
    for place, (name, content) in enumerate(found.items()):
        refusal = matcher.first_refusal(name, content)
        if refusal is not None:
            raise refused([(place, refusal.code, f"{refusal.message} {refusal.remedy}")])
    return [Upload(name, content) for name, content in found.items()]


def own_name(name: str) -> str:
    """Keep the last part of a name, without what can't be shown, short enough to keep; it is never a path."""
    bare = unicodedata.normalize("NFC", matcher.bare_name(name))
    plain = "".join(sign for sign in bare if sign.isprintable()).strip() or "bestand"
    if len(plain) <= LONGEST_NAME:
        return plain
    stem, dot, ending = plain.rpartition(".")
    ending = f"{dot}{ending}" if dot and len(ending) <= LONGEST_ENDING else ""
    return (stem or plain)[: LONGEST_NAME - len(ending)] + ending


def refused(reasons: Sequence[tuple[int, str, str]]) -> Problem:
    """Answer that files can't be read: each its place, a code, and what to do."""
    _, code, detail = reasons[0]
    status = STATUSES.get(code, HTTPStatus.UNPROCESSABLE_ENTITY)
    return Problem(status, code, detail, tuple(Fault(f"/files/{place}", code, words) for place, code, words in reasons))


def fingerprint(files: Sequence[Upload]) -> bytes:
    """Give what tells these files from others."""
    return b"\0".join(one.name.encode() + b"\0" + hashlib.sha256(one.content).digest() for one in files)
