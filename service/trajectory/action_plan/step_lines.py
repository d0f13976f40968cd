"""How are the steps of a plan written as lines of text, and read back? `x Lessen schrijven @ An 15/01/2027`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from service.trajectory.action_plan.shapes import DeedShape

DONE = re.compile(r"[xX]\s+(?=\S)")
OPEN = re.compile(r"-\s+(?=\S)")
DAY = re.compile(r"(.*\S)\s+(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})")
OWNER = re.compile(r"(.*\S)\s+@\s*(\S.*)")
FULL_YEAR = 4


class LineError(ValueError):
    """A line that can't be meant; its text is Dutch for who wrote it."""


def lines_of(text: str) -> list[str]:
    """Give the lines that say something."""
    return [line for one in text.splitlines() if (line := " ".join(one.split()))]


def written(deeds: Iterable[DeedShape], *, owners: bool = True) -> str:
    """Write steps one a line; `owners` are left out where all are the same person's."""
    return "\n".join(_line(one, owners=owners) for one in deeds)


def read(
    text: str, before: Iterable[DeedShape], today: date, *, owners: bool = True
) -> tuple[list[dict[str, Any]], list[str]]:
    """Read lines as steps, with what is wrong; a step that was done `before` keeps the day that it was.

    A line that stands as it was written is the very step that it was, whatever else it could mean.
    """
    days: dict[str, date] = {}
    same: dict[str, list[DeedShape]] = {}
    for one in before:
        same.setdefault(_line(one, owners=owners), []).append(one)
        if one.done:
            days[" ".join(one.text.split())] = one.done
    deeds, wrong = [], []
    for line in lines_of(text):
        if known := same.get(line):
            deeds.append(known[0].model_dump())
            del known[0]
            continue
        try:
            deeds.append(_deed(line, days, today, owners=owners))
        except LineError as error:
            wrong.append(str(error))
    return deeds, wrong


def _line(one: DeedShape, *, owners: bool) -> str:
    text = " ".join(one.text.split())
    mark = "x " if one.done else "- " if DONE.match(text) or OPEN.match(text) else ""
    owner = f" @ {one.owner}" if owners and one.owner else ""
    due = f" {one.due:%d/%m/%Y}" if one.due else ""
    return f"{mark}{text}{owner}{due}"


def _deed(line: str, days: Mapping[str, date], today: date, *, owners: bool) -> dict[str, Any]:
    done = DONE.match(line)
    mark = done or OPEN.match(line)
    text, owner, due = line[mark.end() :] if mark else line, "", None
    if found := DAY.fullmatch(text):
        text, due = found[1], _day(found[2])
    if owners and (found := OWNER.fullmatch(text)):
        text, owner = found[1], found[2]
    return {"text": text, "owner": owner, "due": due, "done": days.get(text, today) if done else None}


def _day(text: str) -> date:
    parts: Sequence[str] = re.split(r"[/.-]", text)
    if len(parts[2]) != FULL_YEAR:
        message = f"«{text}»: schrijf de dag als dd/mm/jjjj."
        raise LineError(message)
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError as error:
        message = f"«{text}» is geen dag."
        raise LineError(message) from error
