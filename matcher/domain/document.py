"""How do rounds and plans become JSON and come back? Versioned documents, written the same way every time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from matcher.domain import position
from matcher.domain.claim import KINDS, ClaimSentence, kind_of
from matcher.domain.errors import DocumentError, InvalidValueError, NotFiniteError
from matcher.domain.plan import Conflict, Plan
from matcher.domain.round import Round
from matcher.domain.travel import RoadTimes

PLAN_FORMAT = "in2stem-plan/1"
ROUND_FORMAT = "in2stem-round/1"
DEEPEST, NESTS = 40, (list, dict)
PLAIN = frozenset((str, int, float, bool, NoneType))
TOO_DEEP = "Dit bestand is dieper genest dan een document van ons ooit is."

Value = TypeVar("Value")


def write_document(value: object, form: str) -> dict[str, Any]:
    """Write a frozen value of the domain as a document of the format `form`."""
    return {"format": form, **_write(value)}


def read_document(document: object, form: str, kind: type[Value]) -> Value:
    """Read a value of the domain; raises DocumentError with a JSON pointer where it is not one."""
    value: Value = _read(_checked_format(document, form), kind, "")
    return value


def document_of(form: str, kind: type[Value]) -> tuple[Callable[[Value], dict[str, Any]], Callable[[object], Value]]:
    """Give what writes a kind of value as its document of the format `form`, and what reads it back.

    Reading raises DocumentError, with a JSON pointer, where a document is no such value.
    """

    def write(value: Value) -> dict[str, Any]:
        """Write a value as its document."""
        return write_document(value, form)

    def read(document: object) -> Value:
        """Read a value; raises DocumentError with a JSON pointer where it is not one."""
        return read_document(document, form, kind)

    return write, read


plan_to_document, plan_from_document = document_of(PLAN_FORMAT, Plan)
round_to_document, round_from_document = document_of(ROUND_FORMAT, Round)


def inputs_hash(given: Round) -> str:
    """Give the SHA-256 (hex) of a round's document; the order of rows and the kind of file do not matter."""
    compact = json.dumps(round_to_document(given), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(compact.encode()).hexdigest()


def dumps(document: Mapping[str, Any]) -> str:
    """Write a document as text: UTF-8, two spaces, keys in order, a new line at the end."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def loads(text: str) -> object:
    """Read JSON; raises DocumentError on NaN, doubled keys, absurd depth, huge numbers or no JSON at all."""
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError as error:
        raise DocumentError(TOO_DEEP) from error
    except ValueError as error:
        raise DocumentError("Dit is geen geldige JSON.") from error
    if _is_deeper(value, DEEPEST):
        raise DocumentError(TOO_DEEP)
    return value


def _is_deeper(value: Any, most: int) -> bool:  # noqa: ANN401 - any JSON
    """Tell whether lists and objects nest deeper than that: of what was read, for in a text a bracket is a letter."""
    level = [value] if type(value) in NESTS else []
    for _ in range(most):
        values = (one.values() if isinstance(one, dict) else one for one in level)
        level = [inner for several in values for inner in several if type(inner) in NESTS]
    return bool(level)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DocumentError("Een sleutel staat twee keer in hetzelfde object.")
    return found


def _no_constant(_name: str) -> object:
    raise NotFiniteError("NaN en oneindig zijn geen getallen in een document.")


def _finite(text: str) -> float:
    number = float(text)
    return number if np.isfinite(number) else float(str(_no_constant(text)))


def _checked_format(document: object, expected: str) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise DocumentError("Hier hoort een object te staan.")
    if document.get("format") != expected:
        raise DocumentError(f"Dit document is {document.get('format')!r}; verwacht was {expected!r}.", "/format")
    return {key: value for key, value in document.items() if key != "format"}


def _write(value: Any) -> Any:  # noqa: ANN401 - any value of the domain
    if type(value) in PLAIN:
        return value
    if isinstance(value, tuple):
        return [one if type(one) in PLAIN else _write(one) for one in value]
    if isinstance(value, RoadTimes):
        return {
            "source": value.source,
            "origins": [_write(one) for one in value.origins],
            "destinations": [_write(one) for one in value.destinations],
            "minutes": value.minutes.tolist(),
        }
    if is_dataclass(value):
        return claim_to_document(value) if isinstance(value, ClaimSentence) else _write_fields(value)
    if isinstance(value, dict):
        return {key: _write(value[key]) for key in sorted(value)}
    return value.isoformat() if isinstance(value, (date, time)) else value


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(one.name for one in fields(kind))


def _write_fields(value: Any) -> dict[str, Any]:  # noqa: ANN401
    kind, later = value.__class__, _later(value.__class__)
    written = {}
    for name in _names(kind):
        one = getattr(value, name)
        written[name] = one if type(one) in PLAIN else _write(one)
    return {name: one for name, one in written.items() if one or name not in later} if later else written


@cache
def _later(kind: Any) -> frozenset[str]:  # noqa: ANN401
    """Give the fields that older documents lack; they are written only where they hold something."""
    return frozenset(one.name for one in fields(kind) if one.metadata.get("later"))


def claim_to_document(told: ClaimSentence) -> dict[str, Any]:
    """Write a claim: its kind, its fields, and its sentence."""
    return {"kind": kind_of(told.claim), **_write(told.claim), "sentence": told.sentence}


def conflict_to_document(conflict: Conflict | None) -> dict[str, Any] | None:
    """Write why there is no plan, None where nothing contradicts."""
    return None if conflict is None else _write_fields(conflict)


def _read_claim(value: Any, pointer: str) -> ClaimSentence:  # noqa: ANN401
    _expect(value, isinstance(value, dict), "een object", pointer)
    kind = value.get("kind")
    _expect(kind, isinstance(kind, str) and kind in KINDS, "een gekende soort uitspraak", f"{pointer}/kind")
    rest = {name: one for name, one in value.items() if name not in ("kind", "sentence")}
    sentence = _read(value.get("sentence"), str, f"{pointer}/sentence")
    return ClaimSentence(_read_dataclass(rest, KINDS[kind], pointer), sentence)


def _read(value: Any, kind: Any, pointer: str) -> Any:  # noqa: ANN401
    """Read a value as the type that a dataclass declares for it."""
    origin, arguments = _parts(kind)
    if origin in (Union, UnionType):
        return _read_union(value, arguments, pointer)
    if origin is Literal:
        return _expect(value, value in arguments, f"een van {', '.join(map(str, arguments))}", pointer)
    if origin is tuple:
        _expect(value, isinstance(value, list), "een lijst", pointer)
        return tuple(_read(one, arguments[0], f"{pointer}/{place}") for place, one in enumerate(value))
    if origin is not None:  # the only other generic of the domain is Mapping
        _expect(value, isinstance(value, dict), "een object", pointer)
        return {
            _read(key, arguments[0], pointer): _read(one, arguments[1], f"{pointer}/{_escape(key)}")
            for key, one in value.items()
        }
    if is_dataclass(kind):
        return _read_claim(value, pointer) if kind is ClaimSentence else _read_dataclass(value, kind, pointer)
    return _read_scalar(value, kind, pointer)


def _read_scalar(value: Any, kind: Any, pointer: str) -> Any:  # noqa: ANN401
    if kind is float:
        return float(_expect(value, type(value) in (int, float), "een getal", pointer))
    if kind in (date, time, datetime):
        return _read_clock(value, kind, pointer)
    words = {int: "een geheel getal", str: "tekst zonder halve tekens", bool: "true of false"}[kind]
    return _expect(value, type(value) is kind and (kind is not str or _is_whole(value)), words, pointer)


def _is_whole(text: str) -> bool:
    """Tell whether a text has no half of a surrogate pair, which JSON can escape and no file or page can hold."""
    return text.isascii() or all(not "\ud800" <= one <= "\udfff" for one in text)


def _read_clock(value: Any, kind: type[date | time], pointer: str) -> Any:  # noqa: ANN401
    """Read a day, an hour or a moment as ISO 8601 has it, in the very form in which we write it."""
    try:
        read = kind.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        read = None
    return _expect(read, read is not None and read.isoformat() == value, "een datum of uur (ISO 8601)", pointer)


def _read_union(value: Any, kinds: tuple[Any, ...], pointer: str) -> Any:  # noqa: ANN401
    if value is None and NoneType in kinds:
        return None
    options = [kind for kind in kinds if kind is not NoneType]
    for kind in options[:-1]:
        if type(value) is kind or (get_origin(kind) is tuple and isinstance(value, list)):
            return _read(value, kind, pointer)
    return _read(value, options[-1], pointer)


def _read_dataclass(value: Any, kind: Any, pointer: str) -> Any:  # noqa: ANN401
    if kind is RoadTimes:
        return _read_roads(value, pointer)
    _expect(value, isinstance(value, dict), "een object", pointer)
    declared = _declared(kind)
    unknown = [key for key in value if key not in declared]
    if unknown:
        raise DocumentError(f"Het veld «{unknown[0]}» is niet gekend.", f"{pointer}/{_escape(unknown[0])}")
    read = {}
    for name, (hint, needed) in declared.items():
        if name in value:
            read[name] = _read(value[name], hint, f"{pointer}/{name}")
        elif needed:
            raise DocumentError(f"Het veld «{name}» ontbreekt.", f"{pointer}/{name}")
    try:
        return kind(**read)
    except InvalidValueError as error:
        raise DocumentError(str(error), pointer) from error


@cache
def _parts(kind: Any) -> tuple[Any, tuple[Any, ...]]:  # noqa: ANN401
    """Give what a type is made of; kept, since every value of a document asks it."""
    return get_origin(kind), get_args(kind)


@cache
def _declared(kind: Any) -> dict[str, tuple[Any, bool]]:  # noqa: ANN401
    """Give the fields of a dataclass: name to type, and whether a value must be there."""
    hints = get_type_hints(kind)
    return {
        one.name: (hints[one.name], one.default is MISSING and one.default_factory is MISSING) for one in fields(kind)
    }


def _read_roads(value: Any, pointer: str) -> RoadTimes:  # noqa: ANN401
    _expect(value, isinstance(value, dict), "een object", pointer)
    positions = tuple[position.Position, ...]
    origins = _read(value.get("origins"), positions, f"{pointer}/origins")
    destinations = _read(value.get("destinations"), positions, f"{pointer}/destinations")
    rows = _read(value.get("minutes"), tuple[tuple[int, ...], ...], f"{pointer}/minutes")
    wrong = len(rows) != len(origins) or any(len(row) != len(destinations) for row in rows)
    _expect(value, not wrong, "een tabel van vertrekpunten bij bestemmingen", f"{pointer}/minutes")
    minutes = np.array(rows, dtype=np.int32).reshape(len(origins), len(destinations))
    return RoadTimes(_read(value.get("source"), str, f"{pointer}/source"), origins, destinations, minutes)


def _expect(value: Any, holds: bool, what: str, pointer: str) -> Any:  # noqa: ANN401, FBT001
    if not holds:
        raise DocumentError(f"Hier hoort {what} te staan.", pointer)
    return value


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
