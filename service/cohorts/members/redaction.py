"""How is a person taken out of a document? Contact data becomes empty; in sentences the id stands for the name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import matcher
from service.cohorts.members.spellings import TITLES, WORD, Spellings, folded, words_of
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

SIDES: tuple[Side, ...] = ("mentor", "school")
CONTACT_PERSON = "contactpersoon"
"""What stands for the name of a school's contact in a sentence: the school's number would be read as the school."""

COLLEAGUE = "een collega"
"""What stands for the name of somebody who works for the organisation."""

FREE = frozenset(
    {
        *("note", "stop_note", "reason", "mentor_reason", "school_reason", "remark", "remarks", "why", "answer"),
        *("message", "remedy", "words", "text", "detail", "failure", "description", "summary", "subject", "body"),
        *("evidence", "question", "owner", "step", "deed", "support", "given"),
    }
)
"""The members that somebody wrote, or that tell what somebody wrote."""


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

    `starts` holds the texts by their first word, the longest first, so that a long document is read once. `others` are
    names that may be somebody else's, or a plain word: where they stand alone, they stay.
    """

    sides: tuple[tuple[Side, str | None], ...]
    texts: dict[str, str] = field(default_factory=dict)
    starts: dict[str, list[str]] = field(default_factory=dict)
    spellings: Spellings = field(default_factory=Spellings)
    emails: set[tuple[str, ...]] = field(default_factory=set)
    others: set[tuple[str, ...]] = field(default_factory=set)

    @classmethod
    def of_colleague(cls, name: str, email: str) -> Redaction:
        """Look for somebody who works for the organisation, and stands in no document by an id."""
        one = cls(())
        one.spellings.take(words_of(email), "")
        first, last = _name_of({"contact": name}, "school")
        if last:
            one.spellings.take_name(first, last, COLLEAGUE)
        else:  # a single word is told where it stands, and not replaced: sentences may be full of it
            one.spellings.take(words_of(first), COLLEAGUE, alone=True)
            one.others.add(words_of(first))
        return one

    def learn(self, documents: Iterable[Any]) -> None:
        """Take up the names and addresses that documents hold of these people, and the last names of all others."""
        for document in documents:
            for side in SIDES:
                for one in people_in(document, side, None):
                    self._take(one, side)

    def _take(self, one: dict[str, Any], side: Side) -> None:
        first, last = _name_of(one, side)
        email = words_of(str(one.get("email") or ""))
        if not self._is_theirs(one, side):
            self.others.add(words_of(last))
            return
        if email:
            self.emails.add(email)
            self.spellings.take(email, "")
        instead = str(one["id"]) if side == "mentor" else CONTACT_PERSON
        if last:
            self.spellings.take_name(first, last, instead)
        else:  # a single word may be one that sentences are full of: as it is written, and no other way
            self.put(first, instead)

    def _is_theirs(self, one: Mapping[str, Any], side: Side) -> bool:
        """Tell whether this is one of these people: by the id, or under another id by the address."""
        asked = any(side == mine and key in (None, one["id"]) for mine, key in self.sides)
        return asked or (bool(self.emails) and words_of(str(one.get("email") or "")) in self.emails)

    def put(self, text: str, instead: str) -> None:
        """Have another text stand for this one, wherever it stands."""
        first = WORD.search(text)
        if first is not None and text not in self.texts and text != instead:
            self.texts[text] = instead
            self.starts.setdefault(first.group(), []).append(text[first.start() :])
            self.starts[first.group()].sort(key=len, reverse=True)
            self.texts[text[first.start() :]] = instead

    def clean(self, value: Any, name: str = "") -> Any:  # noqa: ANN401 - any JSON
        """Give a document without these people; `name` is the member that it is."""
        if isinstance(value, str):
            return self.text(value, free=name in FREE)
        if isinstance(value, list):
            return [self.clean(one, name) for one in value]
        if not isinstance(value, dict):
            return value
        cleaned = {key: self.clean(one, key) for key, one in value.items()}
        for side in SIDES:
            if _is_person(value, side, None) and self._is_theirs(value, side):
                cleaned |= _without_contact(value, side)
        return cleaned

    def text(self, value: str, *, free: bool = False) -> str:
        """Give a text in which the id stands for a name, and nothing for an address.

        In what somebody wrote freely a last name alone is one too, where nobody else is called so.
        """
        return self._exact(self.spellings.replaced(value, alone=False) if not free else self._free(value))

    def _free(self, value: str) -> str:
        told = [one for one in self.spellings.found(value, alone=True) if self._is_sure(value[one[0] : one[1]])]
        for start, end, instead in reversed(told):
            value = value[:start] + instead + value[end:]
        return value

    def _is_sure(self, named: str) -> bool:
        return words_of(named) not in self.others

    def mentions(self, value: str) -> bool:
        """Tell whether a text may still name one of these people, in whatever spelling."""
        return next(self.spellings.found(value, alone=True), None) is not None

    def _exact(self, value: str) -> str:
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


def _name_of(one: Mapping[str, Any], side: Side) -> tuple[str, str]:
    """Give first and last name; of a whole name its first word, and the rest."""
    if side == "mentor" and TELLS[side] in one:
        first, last = str(one.get("first_name") or ""), str(one.get("last_name") or "")
        if last:
            return first, last
        whole = first
    else:
        whole = str(one.get("contact" if side == "school" else "name") or "")
    words = [word for word in WORD.findall(whole) if folded(word) not in TITLES]
    return " ".join(words[:1]), " ".join(words[1:])


def _without_contact(value: dict[str, Any], side: Side) -> dict[str, Any]:
    if TELLS[side] not in value:
        return {"name": value["id"], "email": ""}
    return {name: nothing for name, nothing in CONTACT[side].items() if value.get(name)}


EVERYONE: tuple[tuple[Side, str | None], ...] = (("mentor", None), ("school", None))
