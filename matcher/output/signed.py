"""How is any document of ours kept so that nobody can change it unseen? Signed as a plan's record is.

One line of canonical JSON with an Ed25519 signature (RFC 8032), read back only byte for byte: see record.py.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from matcher.domain.document import loads
from matcher.domain.errors import DocumentError
from matcher.output.record import FIELDS, Verdict, _canonical, _signed_by, public_hex

SIGNED_FORMAT: Final = "in2stem-signed/1"


def sign_document(document: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """Write and sign a document."""
    content = dict(document)
    signed = _canonical(content)
    return _canonical(
        {
            "content": content,
            "format": SIGNED_FORMAT,
            "public_key": public_hex(key),
            "sha256": hashlib.sha256(signed).hexdigest(),
            "signature": base64.b64encode(key.sign(signed)).decode(),
        }
    )


def verify_document(signed: bytes, public_key: str | None = None) -> tuple[Verdict, dict[str, Any] | None]:
    """Check a signed document; give the verdict, and the document where it is sound.

    With `public_key` (hex) only one by that signer is sound. What the document says is not worked out again here.
    """
    try:
        envelope = _read(signed)
    except DocumentError as error:
        return Verdict(sound=False, sentence=f"Dit is geen ongeschonden document: {error}"), None
    signer = envelope["public_key"]
    if public_key is not None and signer != public_key.lower():
        return Verdict(sound=False, sentence="Dit is door iemand anders ondertekend.", public_key=signer), None
    content = _canonical(envelope["content"])
    whole = hashlib.sha256(content).hexdigest() == envelope["sha256"]
    if not (whole and _signed_by(signer, envelope["signature"], content)):
        return Verdict(
            sound=False, sentence="De handtekening klopt niet: er is iets gewijzigd.", public_key=signer
        ), None
    verdict = Verdict(sound=True, sentence="De handtekening klopt: er is niets gewijzigd.", public_key=signer)
    return verdict, envelope["content"]


def _read(signed: bytes) -> dict[str, Any]:
    """Read the envelope; raises DocumentError unless writing it again gives the very same bytes."""
    try:
        envelope = loads(signed.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DocumentError("het is geen tekst in UTF-8.") from error
    if not isinstance(envelope, dict) or set(envelope) != FIELDS or envelope["format"] != SIGNED_FORMAT:
        raise DocumentError("het heeft niet de velden van een ondertekend document.")
    if not all(isinstance(envelope[name], str) for name in FIELDS - {"content"}):
        raise DocumentError("een veld is geen tekst.")
    if not isinstance(envelope["content"], dict) or _canonical(envelope) != signed:
        raise DocumentError("het is anders geschreven dan een ondertekend document.")
    return envelope
