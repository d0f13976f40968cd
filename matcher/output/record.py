"""How is a plan kept so that nobody can change it unseen, and anybody can replay it? A signed record.

A record is one line of canonical JSON: the round, the plan, and an Ed25519 signature (RFC 8032) over exactly those
bytes. It is read back only when writing it again gives the same bytes, so that every byte counts.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from matcher.domain.document import (
    loads,
    plan_from_document,
    plan_to_document,
    round_from_document,
    round_to_document,
)
from matcher.domain.errors import DocumentError, InvalidValueError
from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.matching.assign import assign
from matcher.matching.checker import verify_plan

RECORD_FORMAT = "in2stem-record/1"
FIELDS = {"content", "format", "public_key", "sha256", "signature"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a record is sound: `sentence` (Dutch) says so, or the first thing that is wrong.

    `public_key` is the signer's (hex), empty where the record could not be read that far.
    """

    sound: bool
    sentence: str
    public_key: str = ""


def load_key(path: Path) -> Ed25519PrivateKey:
    """Read the signing key, or make it at first use, readable by its owner alone.

    Raises InvalidValueError where the file holds no Ed25519 key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        secret = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secret)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise InvalidValueError(
            f"{path} is geen sleutel. Zet het bestand opzij; dan wordt een nieuwe gemaakt."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise InvalidValueError(f"{path} is geen Ed25519-sleutel.")
    return key


def public_hex(key: Ed25519PrivateKey) -> str:
    """Give the public key in hex (64 digits), to be published beside the records."""
    return key.public_key().public_bytes_raw().hex()


def make_record(given: Round, plan: Plan, key: Ed25519PrivateKey) -> bytes:
    """Write and sign a record of a round and its plan."""
    content = {"plan": plan_to_document(plan), "round": round_to_document(given)}
    signed = _canonical(content)
    return _canonical(
        {
            "content": content,
            "format": RECORD_FORMAT,
            "public_key": public_hex(key),
            "sha256": hashlib.sha256(signed).hexdigest(),
            "signature": base64.b64encode(key.sign(signed)).decode(),
        }
    )


def verify_record(record: bytes, public_key: str | None = None) -> Verdict:
    """Check the signature of a record and replay it: judged and solved anew, no number in it is trusted.

    With `public_key` (hex) only a record by that signer is sound.
    """
    try:
        envelope = _read(record)
    except DocumentError as error:
        return Verdict(sound=False, sentence=f"Dit is geen ongeschonden dossier: {error}")
    signer = envelope["public_key"]
    if public_key is not None and signer != public_key.lower():
        return Verdict(sound=False, sentence="Dit dossier is door iemand anders ondertekend.", public_key=signer)
    signed = _canonical(envelope["content"])
    if not _signed_by(signer, envelope["signature"], signed):
        return Verdict(sound=False, sentence="De handtekening klopt niet: het dossier is gewijzigd.", public_key=signer)
    if hashlib.sha256(signed).hexdigest() != envelope["sha256"]:
        return Verdict(sound=False, sentence="De vingerafdruk klopt niet.", public_key=signer)
    difference = _replay(envelope["content"])
    sentence = (
        "Het dossier is ongeschonden en geeft bij herrekenen hetzelfde plan." if difference is None else difference
    )
    return Verdict(difference is None, sentence, signer)


def _signed_by(signer: str, signature: str, signed: bytes) -> bool:
    """Tell whether a signature holds; hex and base64 have several spellings of the same bytes, a record has one."""
    try:
        public, raw = bytes.fromhex(signer), base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(raw, signed)
    except (InvalidSignature, ValueError):
        return False
    return (public.hex(), base64.b64encode(raw).decode()) == (signer, signature)


def _read(record: bytes) -> dict[str, Any]:
    """Read the envelope; raises DocumentError unless writing it again gives the very same bytes."""
    try:
        envelope = loads(record.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DocumentError("het is geen tekst in UTF-8.") from error
    if not isinstance(envelope, dict) or set(envelope) != FIELDS or envelope["format"] != RECORD_FORMAT:
        raise DocumentError("het heeft niet de velden van een dossier.")
    if not all(isinstance(envelope[name], str) for name in FIELDS - {"content"}):
        raise DocumentError("een veld is geen tekst.")
    if _canonical(envelope) != record:
        raise DocumentError("het is anders geschreven dan een dossier.")
    return envelope


def _replay(content: object) -> str | None:
    """Solve the round anew; give the first difference with the plan, None where there is none."""
    if not isinstance(content, dict) or set(content) != {"plan", "round"}:
        return "Het dossier bevat geen ronde met een plan."
    try:
        given, plan = round_from_document(content["round"]), plan_from_document(content["plan"])
    except DocumentError as error:
        return f"Het dossier is niet te lezen: {error}"
    if plan.status in ("proven", "feasible"):
        difference = verify_plan(given, plan)
        if difference is not None:
            return difference
    again = assign(given)
    for goal, anew in zip(plan.goals, again.goals, strict=False):
        if (goal.name, goal.value) != (anew.name, anew.value):
            return f"Het doel {goal.name} is bij herrekenen {anew.value}, niet {goal.value}."
    if [(one.school, one.mentor) for one in plan.pairs] != [(one.school, one.mentor) for one in again.pairs]:
        return "Bij herrekenen komen er andere koppels uit."
    return None if plan.status == again.status else f"De uitkomst is bij herrekenen {again.status}, niet {plan.status}."


def _canonical(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")
