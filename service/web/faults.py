"""How does a refusal of Pydantic read for people? A JSON pointer and a Dutch sentence, without the value itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from service.core.errors import Fault, Problem
from service.web.strict import clean, escape

Read = TypeVar("Read", bound=BaseModel)

NO_UPLOAD = "Expected UploadFile"
"""How FastAPI's own sentence begins where a form holds a text in the place of a file."""

NOT_A_FILE = "not_a_file"

SENTENCES = {
    "missing": "Dit ontbreekt.",
    "extra_forbidden": "Dit veld is niet gekend.",
    "string_type": "Hier hoort tekst.",
    "string_too_short": "Deze tekst is te kort: minstens {min_length} tekens.",
    "string_too_long": "Deze tekst is te lang: hoogstens {max_length} tekens.",
    "string_pattern_mismatch": "Deze tekst heeft niet de juiste vorm.",
    "int_type": "Hier hoort een geheel getal.",
    "int_parsing": "Hier hoort een geheel getal.",
    "int_from_float": "Hier hoort een geheel getal.",
    "float_type": "Hier hoort een getal.",
    "float_parsing": "Hier hoort een getal.",
    "finite_number": "Hier hoort een eindig getal.",
    "bool_type": "Hier hoort true of false.",
    "bool_parsing": "Hier hoort true of false.",
    "list_type": "Hier hoort een lijst.",
    "dict_type": "Hier hoort een object.",
    "model_type": "Hier hoort een object.",
    "model_attributes_type": "Hier hoort een object.",
    "greater_than": "Dit moet groter zijn dan {gt}.",
    "greater_than_equal": "Dit moet minstens {ge} zijn.",
    "less_than": "Dit moet kleiner zijn dan {lt}.",
    "less_than_equal": "Dit mag hoogstens {le} zijn.",
    "literal_error": "Dit kan niet; kies uit {expected}.",
    "enum": "Dit kan niet; kies uit {expected}.",
    "too_long": "Dit zijn er te veel: hoogstens {max_length}.",
    "too_short": "Dit zijn er te weinig: minstens {min_length}.",
    "datetime_type": "Hier hoort een moment (ISO 8601).",
    "datetime_parsing": "Hier hoort een moment (ISO 8601).",
    "datetime_from_date_parsing": "Hier hoort een moment (ISO 8601).",
    "date_type": "Hier hoort een datum (JJJJ-MM-DD).",
    "date_parsing": "Hier hoort een datum (JJJJ-MM-DD).",
    "date_from_datetime_parsing": "Hier hoort een datum (JJJJ-MM-DD).",
    "value_error": "{error}",
    "unknown_value": "{sentence}",
    NOT_A_FILE: "Hier hoort een bestand. Stuur het met zijn naam in een formulier (multipart/form-data).",
}
EMPTY = {"string_too_short": "Dit is nog leeg.", "too_short": "Kies er minstens één."}
"""What reads better where one would have been enough."""

MOST_FAULTS = 100
"""Faults that one answer tells: who made more has enough to mend."""

OTHERWISE = "Deze waarde kan hier niet."


def fault_of(error: Mapping[str, Any]) -> Fault:
    """Turn one of Pydantic's errors into ours; its value is never repeated."""
    where = tuple(error["loc"])
    kind = str(error["type"])
    if where == ("body",) and kind in ("model_attributes_type", "bytes_type") and isinstance(error.get("input"), bytes):
        return Fault("", "wrong_media_type", "Zend application/json.")
    if kind == "value_error" and str(error.get("ctx", {}).get("error", "")).startswith(NO_UPLOAD):
        kind = NOT_A_FILE
    source, parts = (where[0], where[1:]) if where else ("body", ())
    pointer = "".join(f"/{escape(str(part))}" for part in parts)
    pointer = pointer if source == "body" else f"/{source}{pointer}"
    try:
        told = error.get("ctx", {})
        empty = EMPTY.get(kind, "") if told.get("min_length") == 1 else ""
        sentence = empty or SENTENCES.get(kind, OTHERWISE).format(**told)
    except (KeyError, IndexError):
        sentence = OTHERWISE
    return Fault(pointer, kind, sentence.replace(" or ", " of "))


def problem_of_faults(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """Give the problem that tells Pydantic's errors, the first of them as its sentence."""
    faults = tuple(fault_of(one) for one in errors[:MOST_FAULTS])
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", faults[0].detail if faults else "", faults)


def read_shape(kind: type[Read], document: Mapping[str, Any]) -> Read:
    """Read what a page's form says as the API reads a body; raises Problem 422 with a pointer for each fault."""
    try:
        return kind.model_validate(clean(dict(document), ""))
    except ValidationError as error:
        raise problem_of_faults([one | {"loc": ("body", *one["loc"])} for one in error.errors()]) from error
