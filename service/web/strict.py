"""Is this body something that we can trust? JSON read strictly: no doubles, no NaN, no text that hides something."""

from __future__ import annotations

import json
import unicodedata
from http import HTTPStatus
from typing import Any

import matcher
from service.core.errors import Problem, invalid

HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Signs that turn the direction of writing: what is read is not what stands there."""

ALLOWED_CONTROLS = frozenset("\n\t\r")
NO_CHARACTERS = frozenset("\ufffe\uffff")
"""What no XML may hold, so no workbook or picture either."""

FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Signs that Unicode calls letters or symbols, and that show nothing."""

BEYOND = 2**63
MOST_MEMBERS = 1000
"""No object of ours has as many; each one that is not known would be told."""


def read_json(body: bytes) -> Any:  # noqa: ANN401 - any JSON
    """Read a body; raises Problem 400 where it is no JSON of ours, 422 where a value in it can't be used."""
    try:
        text = body.decode("utf-8")
        value = matcher.loads(text)
    except UnicodeDecodeError as error:
        raise Problem(HTTPStatus.BAD_REQUEST, "not_utf8", "Deze tekst is geen UTF-8.") from error
    except matcher.NotFiniteError as error:
        raise invalid("", "not_finite", str(error)) from error
    except matcher.DocumentError as error:
        raise Problem(HTTPStatus.BAD_REQUEST, "not_json", str(error)) from error
    return clean(value, "")


def read_back(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Read JSON that a page of ours sent along; raises Problem 400 for what none of ours can have written."""
    try:
        value = matcher.loads(text)
        json.dumps(value, ensure_ascii=False).encode()  # half characters can stand on no page
    except (matcher.DocumentError, UnicodeEncodeError) as error:
        detail = "Dit formulier is onleesbaar. Laad het opnieuw."
        raise Problem(HTTPStatus.BAD_REQUEST, "bad_form", detail) from error
    return value


def clean_text(text: str, pointer: str) -> str:
    """Give a text in Unicode's composed form, an empty one where none of its signs shows.

    Raises Problem 422 on controls, hidden signs and half signs.
    """
    for sign in text:
        if sign in HIDDEN:
            raise invalid(pointer, "hidden_sign", "Hierin staat een onzichtbaar teken dat de leesrichting omkeert.")
        category = unicodedata.category(sign) if not sign.isalnum() else ""
        if category == "Cs" or sign in NO_CHARACTERS or (category == "Cc" and sign not in ALLOWED_CONTROLS):
            raise invalid(pointer, "not_a_sign", "Hierin staat een teken dat geen tekst is.")
    return unicodedata.normalize("NFC", text) if text.isascii() or any(_shows(sign) for sign in text) else ""


def _shows(sign: str) -> bool:
    return not sign.isspace() and sign not in FILLERS and unicodedata.category(sign) != "Cf"


def clean(value: Any, pointer: str) -> Any:  # noqa: ANN401 - any JSON
    """Give a document with its texts composed (NFC); raises Problem 422 for what can't be used."""
    if isinstance(value, str):
        return clean_text(value, pointer)
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float) and abs(value) >= BEYOND:
        raise invalid(pointer, "too_large", "Dit getal is te groot.")
    if isinstance(value, list):
        return [clean(one, f"{pointer}/{place}") for place, one in enumerate(value)]
    if isinstance(value, dict):
        if len(value) > MOST_MEMBERS:
            raise invalid(pointer, "too_long", f"Dit zijn er te veel: hoogstens {MOST_MEMBERS}.")
        return {clean_text(key, pointer): clean(one, f"{pointer}/{escape(key)}") for key, one in value.items()}
    return value


def escape(part: str) -> str:
    """Write one part of a JSON pointer (RFC 6901)."""
    return part.replace("~", "~0").replace("/", "~1")
