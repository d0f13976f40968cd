"""How is a number of things written? One way for every sentence: 1 school, 2 scholen, 1.200 punten."""

from __future__ import annotations


def counted(number: int, one: str, more: str) -> str:
    """Write a number with the words that go with it: a noun, or a noun with its verb (`1 school blijft`)."""
    return f"{number:,}".replace(",", ".") + f" {one if number == 1 else more}"


def as_many(number: object, one: str, more: str) -> str:
    """Give the words that go with a number that is not written itself: `blijft`, `blijven`."""
    return one if number == 1 else more


def spelled(number: int, one: str, more: str) -> str:
    """Write a number with its words inside a sentence, where one is spelled: `één plaats`, `2 plaatsen`."""
    return f"één {one}" if number == 1 else counted(number, one, more)
