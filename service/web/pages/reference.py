"""How does the OpenAPI document read for people? Each operation with its fields, its answers, and a call to copy."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]

JSON = "application/json"
DEEPEST = 4
"""So many members within members are shown; what lies deeper has an address of its own."""

WHO = {
    "anyone": "iedereen, ook zonder sleutel",
    "portal": "elke sleutel, en wie hier werkt",
    "suggestions": "een sleutel voor suggestions of portal, en wie hier werkt",
    "publication": "een sleutel voor publication of portal, en wie hier werkt",
    "applications": "een sleutel voor applications, en coördinatoren",
    "viewer": "wie hier werkt",
    "coordinator": "coördinatoren",
    "admin": "beheerders",
}
TYPES = {"string": "tekst", "integer": "geheel getal", "number": "getal", "boolean": "ja of nee", "object": "object"}
FORMATS = {"date-time": "moment", "date": "dag", "binary": "bestand"}
METHOD_WORDS = {"get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "delete": "DELETE"}


UNSAID = "Successful Response"
"""What FastAPI writes where a route says nothing of its answer."""


@dataclass(frozen=True, slots=True)
class Field:
    """A member of what is sent or answered: its name with dots, what it holds, whether it must, what it means."""

    name: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program can ask."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    who: str
    parameters: list[Field]
    sent: list[Field]
    answers: list[tuple[str, str, list[Field]]]
    headers: list[tuple[str, str]]
    call: str
    answer: str


def tags_of(document: Document) -> list[tuple[str, str, int]]:
    """Give the heads of the document, each with its sentence and how many operations stand under it."""
    used = [tag for operations in document["paths"].values() for one in operations.values() for tag in one["tags"]]
    return [(one["name"], one["description"], used.count(one["name"])) for one in document["tags"]]


def operations_of(document: Document, tag: str) -> list[Operation]:
    """Give the operations of a head, in the order of the document."""
    return [
        _operation(document, path, method, one)
        for path, found in document["paths"].items()
        for method, one in found.items()
        if tag in one["tags"]
    ]


def messages_of(document: Document) -> list[tuple[str, str, list[Field]]]:
    """Give what is sent to webhooks: the event, a sentence, the members of its data."""
    return [
        (event, one["post"]["summary"], _fields(document, one["post"]["requestBody"]["content"][JSON]["schema"]))
        for event, one in document["webhooks"].items()
    ]


def _operation(document: Document, path: str, method: str, one: Mapping[str, Any]) -> Operation:
    body = one.get("requestBody", {}).get("content", {})
    good = [(status, answer) for status, answer in one["responses"].items() if status.startswith(("2", "3"))]
    answers = [
        (status, _words_of(answer), _fields(document, _schema(answer["content"])))
        for status, answer in good
        if answer.get("content")
    ]
    told = {name: header["description"] for _, answer in good for name, header in answer.get("headers", {}).items()}
    return Operation(
        id=one["operationId"],
        method=METHOD_WORDS[method],
        path=path,
        summary=one["summary"],
        description=one["description"],
        who=WHO[one["x-access"]],
        parameters=[_parameter(document, each) for each in one["parameters"]],
        sent=_fields(document, _schema(body)) if body else [],
        answers=answers,
        headers=list(told.items()),
        call=call_of(document, path, method, one),
        answer=_example(good),
    )


def _words_of(answer: Mapping[str, Any]) -> str:
    words = str(answer["description"])
    return "" if words == UNSAID else words


def _schema(content: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(iter(content.values())).get("schema", {})
    return found


def _example(good: list[tuple[str, Mapping[str, Any]]]) -> str:
    for _, answer in good:
        example = answer.get("content", {}).get(JSON, {}).get("example")
        if example is not None:
            return json.dumps(example, ensure_ascii=False, indent=2)
    return ""


def _parameter(document: Document, one: Mapping[str, Any]) -> Field:
    where = {"path": "in het adres", "query": "achter het vraagteken", "header": "als kop"}[one["in"]]
    words = " ".join(part for part in (one.get("description", ""), _range(one["schema"])) if part)
    kind = f"{_kind(document, one['schema'])}, {where}"
    return Field(one["name"], kind, bool(one.get("required")), words)


def call_of(document: Document, path: str, method: str, one: Mapping[str, Any]) -> str:
    """Write a call for a terminal: with an example where the document has one, and a key where one is asked."""
    parts = ["curl", *(["-X", METHOD_WORDS[method]] if method != "get" else [])]
    words = [shlex.quote(part) for part in parts]
    if one["x-access"] != "anyone":
        words.append('-H "Authorization: Bearer $SLEUTEL"')
    takes = {each["name"] for each in one["parameters"] if each["in"] == "header"}
    if method in ("put", "patch") and "If-Match" in takes:
        words.append('-H "If-Match: $ETAG"')
    body = one.get("requestBody", {}).get("content", {}).get(JSON)
    if body is not None:
        example = body.get("example", example_of(document, body["schema"]))
        words += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(json.dumps(example, ensure_ascii=False))}"]
    place = document["servers"][0]["url"] + path.replace("{", "$").replace("}", "")
    asked = [each["name"] for each in one["parameters"] if each["in"] == "query" and each["required"]]
    query = "?" + "&".join(f"{name}=${name}" for name in asked) if asked else ""
    return " ".join([*words, f'"{place}{query}"'])


def example_of(document: Document, schema: Mapping[str, Any], depth: int = DEEPEST) -> Any:  # noqa: ANN401 - JSON
    """Make an example of a schema: of its own examples, else of what must be told or has an example."""
    schema = _found(document, schema)
    known = schema.get("examples", [schema[name] for name in ("const", "default") if schema.get(name) is not None])
    if known:
        return known[0]
    if schema.get("enum"):
        return schema["enum"][0]
    if "properties" in schema and depth:
        must = schema.get("required", ())
        named = [name for name, one in schema["properties"].items() if name in must or "examples" in one]
        return {name: example_of(document, schema["properties"][name], depth - 1) for name in named}
    if schema.get("type") == "array":
        return [example_of(document, schema.get("items", {}), depth - 1)] if schema.get("minItems") and depth else []
    if "anyOf" in schema:
        return example_of(document, schema["anyOf"][0], depth)
    plain = {"string": "", "integer": schema.get("minimum", 0), "number": 0, "boolean": False}
    return plain.get(str(schema.get("type")), {})


def _found(document: Document, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a reference."""
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].rpartition("/")[2]
    target: Mapping[str, Any] = document["components"]["schemas"][name]
    return {**target, **{key: value for key, value in schema.items() if key != "$ref"}}


def _fields(document: Document, schema: Mapping[str, Any]) -> list[Field]:
    return list(_members(document, schema, "", DEEPEST))


def _members(document: Document, schema: Mapping[str, Any], before: str, depth: int) -> Iterator[Field]:
    """Give the members of a schema and those within them, each with its whole name."""
    schema = _bare(document, schema)
    if schema.get("type") == "array":
        yield from _members(document, schema.get("items", {}), f"{before}[]", depth)
        return
    for name, one in schema.get("properties", {}).items() if depth else ():
        whole = f"{before}.{name}" if before else name
        found = _found(document, one)
        words = " ".join(part for part in (str(found.get("description", "")), _range(_bare(document, one))) if part)
        shown = words if "$ref" not in one or "description" in one else ""
        yield Field(whole, _kind(document, one), name in schema.get("required", ()), shown)
        yield from _members(document, one, whole, depth - 1)


def _bare(document: Document, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a schema without the possibility that nothing is there."""
    schema = _found(document, schema)
    others = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return _found(document, others[0]) if len(others) == 1 else schema


def _kind(document: Document, schema: Mapping[str, Any]) -> str:
    """Say in words what a value is."""
    found = _found(document, schema)
    if "anyOf" in found:
        kinds = dict.fromkeys(_kind(document, one) for one in found["anyOf"] if one.get("type") != "null")
        nothing = " of null" if any(one.get("type") == "null" for one in found["anyOf"]) else ""
        return " of ".join(kinds) + nothing
    if found.get("enum"):
        return "een van: " + ", ".join(str(one) for one in found["enum"])
    if "const" in found:
        return f"altijd {found['const']}"
    if found.get("type") == "array":
        return f"lijst van {_kind(document, found.get('items', {}))}"
    return FORMATS.get(str(found.get("format", "")), TYPES.get(str(found.get("type", "")), "vrije inhoud"))


def _range(schema: Mapping[str, Any]) -> str:
    """Say in words how long, how much, how many."""
    told = []
    for low, high, noun in (
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " tekens"),
        ("minItems", "maxItems", " stuks"),
    ):
        least, most = schema.get(low), schema.get(high)
        if least is not None and most is not None:
            told.append(f"{least} tot {most}{noun}.")
        elif least or most is not None:
            told.append(f"Minstens {least}{noun}." if most is None else f"Hoogstens {most}{noun}.")
    return " ".join(told)
