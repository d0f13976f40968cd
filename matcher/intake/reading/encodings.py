"""Which letters did an older program mean, where a file is no UTF-8, and which seem to have been spoilt on the way?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from matcher.domain.counting import counted
from matcher.domain.finding import Finding
from matcher.intake.reading.grid import Grid
from matcher.intake.reading.source_position import Place

_LETTER = "[a-z\u00df-\u00f6\u00f8-\u00ff]"
_NO_LETTER = f"(?<={_LETTER})[‘”•™‰ˆ†‡\u00a8\u00b0\u00bf](?={_LETTER})"
_CAPITAL = f"(?<={_LETTER})[\u017d\u0178\u0160\u00c0-\u00d6\u00d8-\u00de]"
_UNLIKELY = re.compile(f"{_NO_LETTER}|{_CAPITAL}")
"""A sign or a capital with an accent inside a word of small letters: not what anybody typed."""

_TAIL = "[\u0080-\u00bf\u20ac\u201a-\u203a\u0152-\u0192\u02c6\u02dc\u2122\u2013-\u2022]"
_TWICE = re.compile(rf"\w*(?:(?:[\u00c2\u00c3]|\u00e2{_TAIL}){_TAIL}\w*)+")
"""UTF-8 that was taken for Windows text and written as UTF-8 once more: `ZoÃ«` for `Zoë`."""

_REMEDY = "Kijk of letters met accenten kloppen; bewaar anders als «CSV UTF-8»."


def likely_letters(content: bytes, place: Place) -> tuple[str | None, tuple[Finding, ...]]:
    """Decode what is no UTF-8: as Windows text, or as text of an older Mac where that makes better words."""
    mac = content.decode("mac_roman")
    of_old_mac = b"\r" in content and b"\n" not in content
    try:
        windows = content.decode("cp1252")
    except UnicodeDecodeError as error:
        if not of_old_mac:
            message = f"Byte {error.start + 1} is geen geldige tekst (cp1252)."
            return None, (place.error("encoding", message, "Bewaar het bestand opnieuw als «CSV UTF-8»."),)
        return mac, (_of_a_mac(mac, content, place),)
    odd = _UNLIKELY.search(windows)
    if (odd or of_old_mac) and not _UNLIKELY.search(mac):
        return mac, (_of_a_mac(mac, content, place),)
    told = "Dit bestand is geen UTF-8; het is gelezen als Windows-tekst (cp1252)."
    if odd:
        word = _word_at(windows, odd.start())
        return windows, (place.warning("cp1252", f"{told} «{word}» lijkt geen woord.", _REMEDY, word),)
    return windows, (place.note("cp1252", told, _REMEDY),)


def _of_a_mac(text: str, content: bytes, place: Place) -> Finding:
    first = next(at for at, byte in enumerate(content) if byte > 127)  # noqa: PLR2004  # the end of ASCII
    word = _word_at(text, first)
    message = f"Dit bestand is gelezen als tekst van een oudere Mac (MacRoman), zoals «{word}»."
    return place.warning("mac_roman", message, _REMEDY, word)


def _word_at(text: str, at: int) -> str:
    """Give the word around a place of a text."""
    before, after = re.search(r"[^\s;,\t\"]*$", text[:at]), re.match(r"[^\s;,\t\"]*", text[at:])
    return (before[0] if before else "") + (after[0] if after else "")


def spoilt_letters(grids: Iterable[Grid]) -> list[Finding]:
    """Warn once a table of letters that were converted twice, with an example."""
    findings = []
    for grid in grids:
        accented = ((row.number, cell) for row in grid.rows for cell in row.cells if not cell.isascii())
        found = [(number, word[0]) for number, cell in accented for word in _TWICE.finditer(cell)]
        meant = [(row, word, told) for row, word in found if (told := _undone(word))]
        if meant:
            row, word, told = meant[0]
            cells = counted(len(meant), "woord", "woorden")
            message = f"In {cells} lijken letters met accenten dubbel omgezet, zoals «{word}» voor «{told}»."
            remedy = "Voer de lijst opnieuw uit als «CSV UTF-8», of herstel de woorden in Excel."
            findings.append(grid.place.at(row).warning("spoilt_letters", message, remedy, word))
    return findings


def _undone(word: str) -> str:
    """Give what was meant, empty where it is no UTF-8 taken for Windows text."""
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""
