"""How does a mail get its words? From a template that knows a few facts and can do nothing else.

A template is Jinja2 of which only this is let through: values, their members, choices, lists, a few filters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from service.mail.kinds import KINDS, Kind, MailKind
from service.web.values import one_line

TEXTS = Path(__file__).parent / "texts"

LET_THROUGH = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.If, nodes.For),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Filter, nodes.Keyword),
)
FILTERS = ("join", "length", "lower", "upper", "trim", "first", "last", "default")
MOST_COMPILED = 256
"""Templates that are kept ready: those of a few cohorts."""


@dataclass(frozen=True, slots=True)
class Template:
    """The words of a kind of mail."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Written:
    """A mail's own words."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What is wrong with a template: in its `subject` or `body`, on which line (from 1), and what to do."""

    part: str
    line: int
    detail: str


@cache
def ours(kind: Kind) -> Template:
    """Give our own words for a kind of mail: the first line of its file is the subject."""
    subject, _, body = (TEXTS / f"{kind}.txt").read_text(encoding="utf-8").partition("\n")
    return Template(subject, body.strip("\n") + "\n")


def write(kind: Kind, template: Template, facts: Mapping[str, Any]) -> Written:
    """Fill in a template that `faults` finds nothing wrong with."""
    values = KINDS[kind].nothing | dict(facts)
    subject = one_line(_compiled(template.subject).render(values))
    return Written(subject, _tidy(_compiled(template.body).render(values)))


def faults(kind: Kind, template: Template) -> list[TemplateFault]:
    """Find what is wrong with a template, the first of each line; nothing where it can be used."""
    found = [
        TemplateFault(part, line, detail)
        for part in ("subject", "body")
        for line, detail in dict(reversed([*_wrong(KINDS[kind], getattr(template, part))])).items()
    ]
    found = sorted(found, key=lambda one: (one.part != "subject", one.line))
    return found or [*_wrong_filled_in(kind, template)]


def _wrong(kind: MailKind, text: str) -> Iterator[tuple[int, str]]:
    """Give lines with what is wrong there."""
    try:
        tree = _environment().parse(text)
    except jinja2.TemplateSyntaxError as error:
        yield error.lineno, "Hier klopt de schrijfwijze niet: kijk of elke {{, {% if %} en {% for %} gesloten is."
        return
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, LET_THROUGH):
            yield node.lineno, "Dit kan hier niet. Gebruik alleen {{ … }}, {% if %} en {% for %}."
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            yield node.lineno, f"De bewerking «{node.name}» kan hier niet. Wel: {', '.join(FILTERS)}."
        elif isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in {*kind.spoken, *_loops(tree)}:
            yield node.lineno, f"«{node.name}» is hier niet bekend. Kies uit: {', '.join(kind.spoken)}."
        elif isinstance(node, nodes.Name) and node.ctx == "store" and node.name in kind.spoken:
            yield node.lineno, f"«{node.name}» heeft al een betekenis. Kies een ander woord, zoals «een»."
        elif isinstance(node, nodes.For) and (node.recursive or not isinstance(node.iter, nodes.Name)):
            yield node.lineno, "Herhaal over één van de lijsten, zoals {% for een in matches %}."
        elif isinstance(node, nodes.For) and [*node.iter_child_nodes(exclude=("iter",))] and _has_loop(node):
            yield node.lineno, "Een herhaling in een herhaling kan hier niet."


def _has_loop(node: nodes.For) -> bool:
    return any(True for part in (*node.body, *node.else_) for _ in _loops_in(part))


def _loops_in(node: nodes.Node) -> Iterator[nodes.For]:
    if isinstance(node, nodes.For):
        yield node
    yield from node.find_all(nodes.For)


def _loops(tree: nodes.Template) -> set[str]:
    """Give the words that stand for one of a list."""
    targets = [one.target for one in tree.find_all(nodes.For)]
    return {one.name for one in targets if isinstance(one, nodes.Name)}


def _wrong_filled_in(kind: Kind, template: Template) -> Iterator[TemplateFault]:
    """Try a template on an example, and on nothing at all."""
    known: dict[str, Any] = dict(KINDS[kind].sample) | {"cohorte": "C", "ondertekening": "O"}
    for facts in (known, {}):
        for part, text in (("subject", template.subject), ("body", template.body)):
            try:
                made = _compiled(text).render(KINDS[kind].nothing | facts)
            except (jinja2.TemplateError, TypeError, ValueError, AttributeError) as error:
                yield TemplateFault(part, _line_of(error), "Dit kan niet ingevuld worden met wat er bekend is.")
                return
            if facts and not made.strip():
                word = "Het onderwerp" if part == "subject" else "De tekst"
                yield TemplateFault(part, 1, f"{word} is leeg.")
                return


def _line_of(error: Exception) -> int:
    """Give on which line of the template something went wrong."""
    at, line = error.__traceback__, 1
    while at is not None:
        line = at.tb_lineno if at.tb_frame.f_code.co_filename == "<template>" else line
        at = at.tb_next
    return line


def _tidy(text: str) -> str:
    """Take out spaces at the ends of lines, and more than one empty line in a row."""
    lines: list[str] = []
    for line in text.strip("\n").split("\n"):
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).rstrip("\n") + "\n"


@cache
def _environment() -> jinja2.Environment:
    made = ImmutableSandboxedEnvironment(autoescape=False, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    made.globals.clear()
    made.trim_blocks = made.lstrip_blocks = False
    return made


@lru_cache(maxsize=MOST_COMPILED)
def _compiled(text: str) -> jinja2.Template:
    return _environment().from_string(text)
