"""How does a command read a day, a time to compute or a seed that somebody typed?"""

from __future__ import annotations

import math
import re
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable
from datetime import date, datetime
from email.utils import parseaddr
from typing import Final, TypeVar

import matcher
from service.terminal.argparse_dutch import DutchParser

HIGHEST_SEED: Final = 2**31 - 1
Found = TypeVar("Found")


def today() -> date:
    """Give the day that it is for people here."""
    return datetime.now(matcher.BRUSSELS).date()


def read_day(text: str) -> date:
    """Read 13/01/2027 or 2027-01-13; raises ArgumentTypeError in Dutch."""
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    parts = (match[3], match[2], match[1]) if match else tuple(text.split("-"))
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError as error:
        raise ArgumentTypeError(f"«{text}» is geen datum; schrijf dag/maand/jaar, zoals 13/01/2027") from error


def add_seconds(one: DutchParser) -> None:
    """Add how long a command may compute."""
    words = "langste rekentijd in seconden (standaard 60)"
    one.add_argument("--seconds", metavar="AANTAL", type=read_seconds, default=60, help=words)


def read_seconds(text: str) -> float:
    """Read how long may be computed, 2,5 or 2.5; raises ArgumentTypeError in Dutch."""
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise ArgumentTypeError(f"«{text}» kan niet; geef een aantal seconden groter dan 0, zoals 60")
    return seconds


def read_sender(text: str) -> tuple[str, str]:
    """Read who sends, as name and address; raises ArgumentTypeError in Dutch where that is not one sender."""
    if "," in re.sub(r'"[^"]*"', "", text):
        one = re.fullmatch(r'\s*([^"<>@]+?)\s*<([^<>,@\s]+@[^<>,@\s]+)>\s*', text)
        how = f'zo: "{one[1]}" <{one[2]}>' if one else "of noem één afzender"
        raise ArgumentTypeError(
            f"«{text}» kan niet: een komma scheidt twee afzenders; "
            f"zet een naam met een komma tussen aanhalingstekens, {how}"
        )
    name, address = parseaddr(text)
    if not matcher.is_address(address):
        raise ArgumentTypeError(f"«{address or text}» is geen e-mailadres; schrijf de afzender als Naam <adres>")
    return name, address


def read_seed(text: str) -> int:
    """Read a seed; raises ArgumentTypeError in Dutch."""
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > HIGHEST_SEED:
        raise ArgumentTypeError(f"«{text}» kan niet; kies een geheel getal van 0 tot {HIGHEST_SEED}")
    return int(text)


def read_count(text: str) -> int:
    """Read how many, 1 or more; raises ArgumentTypeError in Dutch."""
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
        raise ArgumentTypeError(f"«{text}» kan niet; geef een geheel getal van 1 of meer")
    return int(text)


def each_once(option: str, told: Iterable[str], read: Callable[[str], Found]) -> tuple[Found, ...]:
    """Read what a repeatable option was given; raises InvalidValueError where two of them are the same."""
    found: dict[Found, str] = {}
    for text in told:
        one = read(text)
        if one in found:
            raise matcher.InvalidValueError(f"{option}: «{found[one]}» en «{text}» zijn dezelfde. Geef ze één keer.")
        found[one] = text
    return tuple(found)
