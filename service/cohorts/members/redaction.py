"""How is a person taken out of a document? Contact data becomes empty; in sentences the id stands for the name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from service.cohorts.members.store import Side

CONTACT: Mapping[Side, Mapping[str, Any]] = {
    "mentor": {one.name: one.default for one in matcher.field_specs(matcher.Mentor) if not one.spec.shown},
    "school": {one.name: one.default for one in matcher.field_specs(matcher.School) if not one.spec.shown},
}
"""What is contact data in the document of a mentor or a school: what not everybody sees, with what stands for none."""

TELLS = {"mentor": "first_name", "school": "contact"}
"""The member by which a mentor or a school is known wherever it stands in a document."""

GUEST = frozenset({"id", "name", "company", "email"})
"""The members of a mentor as a guest of the learning network."""

WORD = re.compile(r"\w+")


def people_in(value: Any, side: Side, key: str | None) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    """Give what a document holds of one mentor or school, or of all of a side (None)."""
    if isinstance(value, list):
        for one in value:
            yield from people_in(one, side, key)
    elif isinstance(value, dict):
        if _is_person(value, side, key):
            yield value
        for one in value.values():
            yield from people_in(one, side, key)


def _is_person(value: dict[str, Any], side: Side, key: str | None) -> bool:
    known = TELLS[side] in value or (side == "mentor" and value.keys() >= GUEST)
    return known and "id" in value and (key is None or value["id"] == key)


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is taken out: everyone of `sides` (an id, or None for all), and texts with what stands for them.

    `starts` holds the texts by their first word, the longest first, so that a long document is read once.
    """

    sides: tuple[tuple[Side, str | None], ...]
    texts: dict[str, str] = field(default_factory=dict)
    starts: dict[str, list[str]] = field(default_factory=dict)

    def learn(self, documents: Iterable[Any]) -> None:
        """Take up the names and addresses that documents hold of these people."""
        for document in documents:
            for side, key in self.sides:
                for one in people_in(document, side, key):
                    self._take(one, side)

    def _take(self, one: dict[str, Any], side: Side) -> None:
        names = ("name",) if TELLS[side] not in one else ("first_name", "last_name")
        full = " ".join(str(one.get(name) or "") for name in names).strip() if side == "mentor" else ""
        for text, instead in ((full, str(one["id"])), (str(one.get("email") or ""), "")):
            self.put(text, instead)

    def put(self, text: str, instead: str) -> None:
        """Have another text stand for this one, wherever it stands."""
        first = WORD.search(text)
        if first is not None and text not in self.texts and text != instead:
            self.texts[text] = instead
            self.starts.setdefault(first.group(), []).append(text[first.start() :])
            self.starts[first.group()].sort(key=len, reverse=True)
            self.texts[text[first.start() :]] = instead

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - any JSON
        """Give a document without these people."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.clean(one) for one in value]
        if not isinstance(value, dict):
            return value
        cleaned = {key: self.clean(one) for key, one in value.items()}
        for side, key in self.sides:
            if _is_person(value, side, key):
                cleaned |= _without_contact(value, side)
        return cleaned

    def text(self, value: str) -> str:
        """Give a text in which the id stands for a name, and nothing for an address."""
        done, told = 0, []
        for word in WORD.finditer(value) if self.starts else ():
            start = word.start()
            name = self._name_at(value, start, word.group()) if start >= done else None
            if name is not None:
                told += [value[done:start], self.texts[name]]
                done = start + len(name)
        return "".join([*told, value[done:]])

    def _name_at(self, value: str, start: int, word: str) -> str | None:
        for name in self.starts.get(word, ()):
            after = value[start + len(name) : start + len(name) + 1]
            if value.startswith(name, start) and not after.isalnum():
                return name
        return None


def _without_contact(value: dict[str, Any], side: Side) -> dict[str, Any]:
    if TELLS[side] not in value:
        return {"name": value["id"], "email": ""}
    return {name: nothing for name, nothing in CONTACT[side].items() if value.get(name)}


EVERYONE: tuple[tuple[Side, str | None], ...] = (("mentor", None), ("school", None))
