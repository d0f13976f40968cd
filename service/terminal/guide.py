"""Which commands and options are there, told as a page for people (docs/opdrachten.md)?"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from service.terminal.argparse_dutch import Idle

Commands: TypeAlias = "argparse._SubParsersAction[Any]"  # noqa: SLF001 - it has no public name
"""Written as text: this class takes no parameters while the program runs."""

_HEAD: Final = """# Opdrachten

Deze bladzijde is gemaakt uit de code (`service/terminal/guide.py`) en een test houdt ze gelijk.
`in2stem OPDRACHT --help` toont hetzelfde in uw venster. Een dag schrijft u als dag/maand/jaar.
"""
_TABLE: Final = """
| u geeft | betekenis |
|---|---|
"""


def command_guide(parser: argparse.ArgumentParser) -> str:
    """Give the page as Markdown."""
    return _HEAD + "".join(_told(parser, 1))


def _told(parser: argparse.ArgumentParser, depth: int) -> Iterator[str]:
    """Tell the options of a command, then the commands below it."""
    rules = {one.option: one for one in getattr(parser, "idle", ())}
    given = sorted(_actions(parser), key=lambda one: bool(one.option_strings))
    if given:
        yield _TABLE
        yield from (
            _line(one, next((rules[name] for name in one.option_strings if name in rules), None)) for one in given
        )
    for group in _groups(parser):
        for told in group._get_subactions():  # noqa: SLF001 - nothing public has the words of a command
            words = told.help or ""
            yield f"\n{'#' * (depth + 1)} {_below(parser, told.dest)}\n{words[:1].upper()}{words[1:]}.\n"
            yield from _told(group.choices[told.dest], depth + 1)


def _below(parser: argparse.ArgumentParser, name: str) -> str:
    """Name a command as it is typed, without the program itself."""
    return " ".join([*parser.prog.split()[1:], name])


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    skipped = (argparse._HelpAction, argparse._SubParsersAction)  # noqa: SLF001 - argparse has no public name for it
    return [one for one in parser._actions if not isinstance(one, skipped) and one.help != argparse.SUPPRESS]  # noqa: SLF001 - idem


def _groups(parser: argparse.ArgumentParser) -> list[Commands]:
    return [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]  # noqa: SLF001 - idem


def _line(action: argparse.Action, rule: Idle | None) -> str:
    meaning = (action.help or "") % {"default": action.default}
    if action.choices:
        meaning = f"{meaning}; kies uit {', '.join(map(str, action.choices))}"
    if rule is not None:
        meaning = f"{meaning}; {rule.words}"
    needed = " (verplicht)" if action.option_strings and action.required else ""
    cells = (f"`{_name(action)}`{needed}", meaning)
    return f"| {' | '.join(_plain(cell) for cell in cells)} |\n"


def _plain(cell: str) -> str:
    """Keep Markdown from reading a bar or an angle bracket."""
    return cell.replace("|", "&#124;").replace("<", "&lt;")


def _name(action: argparse.Action) -> str:
    """Write an option with what follows it, or a value with the marks of what may be left out or repeated."""
    value = action.metavar if isinstance(action.metavar, str) else "KEUZE" if action.choices else "TEKST"
    if action.option_strings:
        return action.option_strings[-1] if action.nargs == 0 else f"{action.option_strings[-1]} {value}"
    marks = {"?": f"[{value}]", "*": f"[{value} ...]", "+": f"{value} [{value} ...]"}
    return marks.get(str(action.nargs), value)
