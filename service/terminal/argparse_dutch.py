"""How do argparse and the operating system speak Dutch? Their few fixed words, translated."""

from __future__ import annotations

import argparse
import errno
from typing import NoReturn

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


class DutchParser(argparse.ArgumentParser):
    """A parser whose errors are short, Dutch, and end with exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to see the options, and stop."""
        self.exit(EXIT_INPUT, f"{self.prog}: {message}.\nTyp «{self.prog} --help» voor uitleg.\n")
