"""How does an answer look on a terminal, and in a file that takes the place of one?"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import matcher

if TYPE_CHECKING:
    from rich.console import Console


Progress = Callable[[str, float | None], None]

MOST_ROWS = 200
"""So many rows of a table are shown: more is nobody's reading, and layout takes longer than the answer."""

PLAIN_WIDTH = 120
"""Width of what is not shown on a terminal."""

SEVERITY_NAMES = {"error": "fout", "warning": "let op", "note": "ter info"}
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


@cache
def _kind_of_console() -> type[Console]:
    """Give our kind of console; made when something is printed, for help asks for none."""
    from rich.console import Console  # noqa: PLC0415

    class Patient(Console):
        """A console that goes on with the work where nobody reads any more, as with `| head`."""

        def on_broken_pipe(self) -> None:
            """Write what comes to nowhere."""
            tell_nobody()

    return Patient


def tell_nobody() -> None:
    """Write what comes to nowhere where whoever read it went away, as with `| head`; else to whoever reads."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def say_at_once(text: str) -> None:
    """Print as it is and at once, and go on with the work where nobody reads any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        tell_nobody()


def console(*, errors: bool = False) -> Console:
    """Give a console: as wide as the terminal, plain and wide enough where there is none."""
    stream = sys.stderr if errors else sys.stdout
    width = None if stream.isatty() else PLAIN_WIDTH
    return _kind_of_console()(file=stream, highlight=False, markup=False, width=width)


def say(*lines: str) -> None:
    """Print lines for people."""
    screen, as_it_is = console(), not sys.stdout.isatty()
    for line in lines:
        screen.print(line, soft_wrap=as_it_is)


def say_error(line: str) -> None:
    """Print one line about what is wrong."""
    console(errors=True).print(line, style="red" if sys.stderr.isatty() else None, soft_wrap=True)


def say_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = (), whole: str = ""
) -> None:
    """Print a table; columns in `right` hold numbers. Where `whole` says where all are, a long one is cut."""
    from rich.table import Table  # noqa: PLC0415 - not every answer has one

    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for header in headers:
        table.add_column(header, justify="right" if header in right else "left", overflow="fold")
    for row in rows[:MOST_ROWS] if whole else rows:
        table.add_row(*row)
    console().print(table)
    if whole:
        say_rest(len(rows), whole)


def say_rest(count: int, whole: str) -> None:
    """Say that of so many rows only the first were shown, where that is so, and where all are."""
    if count > MOST_ROWS:
        say(f"Dit zijn de eerste {MOST_ROWS} van {matcher.counted(count, 'rij', 'rijen')}. Alle: {whole}.")


def say_json(answer: Any) -> None:  # noqa: ANN401 - any answer
    """Print an answer for programs."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")


def say_json_rows(rows: Iterable[Any]) -> None:
    """Print a list for programs, each of its rows as soon as it is known; the same text as `say_json` of the list."""
    before = "[\n"
    for row in rows:
        told = json.dumps(row, ensure_ascii=False, indent=2)
        sys.stdout.write(before + "\n".join(f"  {line}" for line in told.splitlines()))
        before = ",\n"
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")


def say_csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows for programs, in CSV with commas, each as soon as it is known; no cell of it can run."""
    lines = csv.writer(sys.stdout, lineterminator="\n")
    lines.writerow(headers)
    lines.writerows([matcher.safe(one) if isinstance(one, str) else one for one in row] for row in rows)


def say_findings(findings: Sequence[matcher.Finding], most: int = 1000) -> None:
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
    """Show a bar on a terminal while something long runs, with what it is doing; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - terminals only

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console(errors=True), transient=True) as bars:
        task = bars.add_task(title, total=None)

        def tell(text: str, fraction: float | None) -> None:
            bars.update(task, description=f"{title}: {text}", completed=fraction or 0.0, total=fraction and 1.0)

        yield tell
