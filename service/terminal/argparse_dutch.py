"""How do argparse and the operating system speak Dutch? Their few fixed words, translated.

An option is either repeatable or given once, and one that would do nothing is refused: here, for every command.
"""

from __future__ import annotations

import argparse
import errno
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

import matcher
from service.terminal.printing import tell_nobody

WORDS = {
    "usage: ": "gebruik: ",
    "positional arguments": "wat u opgeeft",
    "options": "opties",
    "show this help message and exit": "toon deze uitleg en stop",
    "the following arguments are required: %s": "dit ontbreekt nog: %s",
    "unrecognized arguments: %s": "dit ken ik niet: %s",
    "expected one argument": "hier hoort één waarde achter",
    "expected at least one argument": "hier hoort minstens één waarde achter",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "«%(value)s» kan niet; kies uit %(choices)s",
    "invalid %(type)s value: %(value)r": "«%(value)s» is geen geldige waarde",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan van alles zijn: %(matches)s",
    "not allowed with argument %s": "gaat niet samen met %s",
}

TROUBLES = {
    errno.ENOENT: "dit bestaat niet.",
    errno.EACCES: "hier mag u niet aan. Sluit het als het in Excel open staat.",
    errno.EPERM: "hier mag u niet aan. Sluit het als het in Excel open staat.",
    errno.EROFS: "hier mag u niet aan.",
    errno.EEXIST: "hier staat al een bestand.",
    errno.ENOTDIR: "dit is geen map.",
    errno.EISDIR: "dit is een map, geen bestand.",
    errno.ENOSPC: "de schijf is vol.",
    errno.ENAMETOOLONG: "deze naam is te lang.",
}

EXIT_INPUT = 2

# argparse asks this module-level function for each of its own words; there is no other way in.
argparse._ = lambda word: WORDS.get(word, word)  # type: ignore[attr-defined]


def trouble(error: OSError) -> str:
    """Say what the operating system could not do with a file."""
    return TROUBLES.get(error.errno or 0, f"dit lukt niet (systeemfout {error.errno}).")


@dataclass(frozen=True, slots=True)
class Idle:
    """When does an option do nothing? Without any of `needs`, or beside one of `beside`; `why` is a sentence."""

    option: str
    needs: tuple[str, ...]
    beside: tuple[str, ...]
    why: str

    @property
    def words(self) -> str:
        """Say beside what it counts, as in `enkel met --lock`."""
        return f"enkel met {_either(self.needs)}" if self.needs else f"niet met {_either(self.beside)}"

    def applies(self, given: frozenset[str]) -> bool:
        """Tell whether this option does nothing beside what else is given."""
        lacking = bool(self.needs) and given.isdisjoint(self.needs)
        return self.option in given and (lacking or not given.isdisjoint(self.beside))


def does_nothing(option: str, why: str) -> matcher.InvalidValueError:
    """Make the error of an option that would change nothing; `why` is a sentence."""
    return matcher.InvalidValueError(f"{option} doet hier niets. {why}")


def given_options(options: argparse.Namespace) -> frozenset[str]:
    """Tell which options somebody typed, as `--lock`; what a default filled in is none of them."""
    return frozenset(getattr(options, "typed", ()))


class _Once(argparse.Action):
    """An option that is given once; a positional value is kept as argparse does."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,  # noqa: ANN401 - what the option's type reads
        option: str | None = None,
    ) -> None:
        """Keep the value; stop where the option stands there already."""
        if option is not None:
            _note(parser, namespace, self)
        setattr(namespace, self.dest, values)


class _Flag(_Once):
    """An option without a value that is given once."""

    def __init__(self, option_strings: Sequence[str], dest: str, **choices: Any) -> None:  # noqa: ANN401 - as argparse has it
        super().__init__(option_strings, dest, nargs=0, default=False, **choices)

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,  # noqa: ANN401, ARG002 - nothing follows a flag
        option: str | None = None,
    ) -> None:
        """Say that it is there."""
        super().__call__(parser, namespace, True, option)  # noqa: FBT003 - argparse's own order


class _Each(argparse.Action):
    """An option that may be repeated, with another value each time."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,  # noqa: ANN401 - what the option's type reads
        option: str | None = None,  # noqa: ARG002 - argparse gives it
    ) -> None:
        """Add the value; stop where it stands there already."""
        before: Iterable[Any] = getattr(namespace, self.dest)
        if values in before:
            parser.error(f"{self.option_strings[-1]} {values} staat er twee keer. Geef het één keer")
        namespace.typed = {*given_options(namespace), self.option_strings[-1]}
        setattr(namespace, self.dest, [*before, values])


def _note(parser: argparse.ArgumentParser, namespace: argparse.Namespace, action: argparse.Action) -> None:
    name = action.option_strings[-1]
    if name in given_options(namespace):
        parser.error(f"{name} staat er meer dan één keer. Geef het één keer")
    namespace.typed = {*given_options(namespace), name}


class DutchParser(argparse.ArgumentParser):
    """A parser whose errors are short, Dutch, and end with exit code 2."""

    def __init__(self, *arguments: Any, **choices: Any) -> None:  # noqa: ANN401 - as argparse has it
        """Have every option say whether it may be repeated."""
        super().__init__(*arguments, **choices)
        self.idle: list[Idle] = []
        for name, action in ((None, _Once), ("store", _Once), ("store_true", _Flag), ("append", _Each)):
            self.register("action", name, action)

    def only_with(self, option: str, *needs: str, why: str = "") -> None:
        """Say that an option does nothing unless one of these is given too."""
        self.idle.append(Idle(option, needs, (), why or f"Geef ook {_either(needs)}."))

    def not_beside(self, option: str, *beside: str, why: str) -> None:
        """Say that an option does nothing where one of these is given; `why` is a sentence."""
        self.idle.append(Idle(option, (), beside, why))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - as argparse has it
        """Parse, and stop at the first option that would do nothing."""
        options, rest = super().parse_known_args(args, namespace)
        given = given_options(options)
        found = next((one for one in self.idle if one.applies(given)), None)
        if found is not None and not rest:
            self.error(f"{found.option} doet hier niets. {found.why.removesuffix('.')}")
        return options, rest

    def print_help(self, file: Any = None) -> None:  # noqa: ANN401 - as argparse has it
        """Tell all options; to nobody, where nobody reads any more (a later 3.11 swallows that itself)."""
        with suppress(BrokenPipeError):
            super().print_help(file)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Stop, quietly where nobody reads the help any more, as with `| head`."""
        tell_nobody()
        super().exit(status, message)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to see the options, and stop."""
        self.exit(EXIT_INPUT, f"{self.prog}: {message}.\nTyp «{self.prog} --help» voor uitleg.\n")


def _either(names: Sequence[str]) -> str:
    return " of ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
