"""What does a field of a school or mentor tell of itself? Its column, its words, its range, declared once.

The table that is read, the template, the check of a value, the shape in the API and the form are all made of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from matcher.domain.errors import InvalidValueError

Reader = Literal["line", "number", "postcode", "mail", "company_number", "whole", "choice", "choices", "criterion"]
"""How a cell is read: `line` is any text, `number` an id kept as text, `criterion` what the criterion itself reads."""

Portal = Literal["", "consent", "acceptance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """What a field tells.

    `column` is its header in spreadsheets (empty: it has none), `meaning` a short Dutch sentence for who fills it in.
    A field that is not `required` but names another `instead` must be told where that other is not.
    `known` are the only values there are (with their words in a table, where those differ), `noun` what one of them is
    called; `low` and `high` the range of a whole number, both included, and `quantity` what that number is called.
    `usual` is what the field becomes when nobody tells it, where a value itself must be told.
    `label` is what the form says (empty: it does not ask), `hint` what stands below. `shown` is what anybody
    who may open the cohort sees; the rest is for who may see the contact data of people. `portal` says when the web
    portal may be told it: never (empty), with the consent of whom it is about, or once they accepted the match too.
    """

    column: str = ""
    meaning: str = ""
    synonyms: tuple[str, ...] = ()
    example: str = ""
    required: bool = False
    instead: str = ""
    reader: Reader = "line"
    known: Collection[Any] = ()
    noun: str = ""
    low: int | None = None
    high: int | None = None
    quantity: str = ""
    label: str = ""
    hint: str = ""
    shown: bool = False
    portal: Portal = ""
    usual: Any = None


class Declared(NamedTuple):
    """A field as it is declared: its name, its type, what it is when nothing is said (MISSING: it must be said)."""

    name: str
    type: Any
    default: Any
    spec: FieldSpec


def field_specs(kind: type) -> tuple[Declared, ...]:
    """Give the fields of a dataclass that tell something of themselves, in their order."""
    return _found(kind)


@cache
def _found(kind: Any) -> tuple[Declared, ...]:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(kind, include_extras=True)
    found: list[Declared] = []
    for one in fields(kind):
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        told = get_args(hints[one.name]) if get_origin(hints[one.name]) is Annotated else ()
        specs = [part for part in told[1:] if isinstance(part, FieldSpec)]
        found += [Declared(one.name, told[0], default, spec) for spec in specs]
    return tuple(found)


def spec_of(kind: type, name: str) -> FieldSpec:
    """Give what one field tells; raises KeyError for a field that tells nothing."""
    return {one.name: one.spec for one in field_specs(kind)}[name]


def untold_values(kind: type) -> dict[str, Any]:
    """Give what each field of a dataclass is when nobody tells it, as JSON has it; fields that must be told are out."""
    values = {one.name: one.default for one in field_specs(kind) if one.default is not MISSING}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def check_fields(value: Any) -> None:  # noqa: ANN401 - a School or a Mentor
    """Refuse a value with a field outside its list or its range; raises InvalidValueError."""
    for name, spec in _checked(type(value)):  # type: ignore[arg-type]
        now = getattr(value, name)
        if spec.known:
            _check_known(spec, (now,) if isinstance(now, str) else now)
        if spec.low is None or spec.high is None or now is None:
            continue
        if isinstance(now, Mapping):
            for key, number in now.items():
                _check_range(f"{spec.quantity} {key} van {value.id}", number, spec.low, spec.high)
        else:
            _check_range(f"{spec.quantity} van {value.id}", now, spec.low, spec.high)


@cache
def _checked(kind: Any) -> tuple[tuple[str, FieldSpec], ...]:  # noqa: ANN401
    return tuple((one.name, one.spec) for one in field_specs(kind) if one.spec.known or one.spec.low is not None)


def _check_known(spec: FieldSpec, values: Iterable[object]) -> None:
    for one in values:
        if one not in spec.known:
            raise InvalidValueError(f"{spec.noun}: {one} is niet gekend.")


def _check_range(what: str, number: int, low: int, high: int) -> None:
    if not low <= number <= high:
        raise InvalidValueError(f"{what} is {number}; het moet tussen {low} en {high} liggen.")
