"""How does an answer look on a terminal, and in a file that takes the place of one?"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

import matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from matcher import Finding

    Progress = Callable[[str, float | None], None]

PLAIN_WIDTH = 120
"""Width of what is not shown on a terminal."""

SEVERITY_NAMES = {"error": "fout", "warning": "let op", "note": "ter info"}
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


class _Console(Console):
    """A console that goes on with the work where nobody reads any more, as with `| head`."""

    def on_broken_pipe(self) -> None:
        """Write what comes to nowhere."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def console(*, errors: bool = False) -> Console:
    """Give a console: as wide as the terminal, plain and wide enough where there is none."""
    stream = sys.stderr if errors else sys.stdout
    return _Console(file=stream, highlight=False, markup=False, width=None if stream.isatty() else PLAIN_WIDTH)


def say(*lines: str) -> None:
    """Print lines for people."""
    for line in lines:
        console().print(line, soft_wrap=not sys.stdout.isatty())


def say_error(line: str) -> None:
    """Print one line about what is wrong."""
    console(errors=True).print(line, style="red" if sys.stderr.isatty() else None, soft_wrap=True)


def say_table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[str] = ()) -> None:
    """Print a table; columns named in `right` hold numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for header in headers:
        table.add_column(header, justify="right" if header in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def say_json(answer: Any) -> None:  # noqa: ANN401 - any answer
    """Print an answer for programs."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")


def say_findings(findings: Sequence[Finding], most: int = 1000) -> None:
    """Print findings, errors first: where, what stood there, what is wrong, how it is mended; the same text once."""
    order = ("error", "warning", "note")
    screen = console(errors=True)
    told = matcher.once_each(sorted(findings, key=lambda one: order.index(one.severity)))
    for said in told[:most]:
        severity = said.first.severity
        screen.print(f"{SEVERITY_NAMES[severity]:8} ", style=SEVERITY_STYLES[severity], end="")
        screen.print(str(said), soft_wrap=True)
    if len(told) > most:
        screen.print(f"... en nog {matcher.counted(len(told) - most, 'opmerking', 'opmerkingen')}.")


@contextmanager
def progress_bar(title: str) -> Iterator[Progress | None]:
    """Show a bar on a terminal while something long runs; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - terminals only

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console(errors=True), transient=True) as bars:
        task = bars.add_task(title, total=1.0)

        def tell(text: str, fraction: float | None) -> None:
            bars.update(task, description=f"{title}: {text}", completed=fraction or 0.0)

        yield tell
