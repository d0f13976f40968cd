"""Does every option of every command say something once, or several things, and always something that counts?"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from service.cli import parser
from service.terminal.argparse_dutch import DutchParser, Idle
from tests.journeys.command import SAMPLE, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
YEAR = SAMPLE.parent / "voorbeeld-traject"

ALWAYS = {
    "template": "",
    "round": "--out --policy --previous --withdrawn --lock --forbid --back --unlock --activate --roads --geocode "
    "--robust --json",
    "check": "--policy --only --column --fill --json",
    "travel": "--router --policy",
    "verify": "--cohort --public-key",
    "rerun": "--cohort --policy --withdrawn --lock --forbid --back --unlock --activate --roads --geocode --ladder "
    "--out --json",
    "why": "--json",
    "price": "--json --lock --forbid",
    "suggest": "--json --school --mentor",
    "resilience": "--json --two",
    "shortage": "--policy --json",
    "robust": "--out --json",
    "certificate": "--out --json",
    "compare": "--json",
    "record": "--out --key",
    "sessions": "--plan --out --policy --rounds --group-size --plenary --travel-margin --travel-first --school-year "
    "--locations --blackouts --season --previous --host-out --today --organizer --ladder --seconds --seed --json",
    "sessions-why": "--json",
    "sessions-price": "--json --school --host --day --half-day --seconds",
    "sessions-no-date": "--json --host",
    "trajectory template": "--json",
    "trajectory select": "--json --keep --without-reasons",
    "trajectory measure": "--json --moment --submit --due --reason --today",
    "trajectory plan": "--json --budget --start --today",
    "trajectory progress": "--json --plan",
    "trajectory label": "--json --rules --today",
    "trajectory award": "--json --again --key",
    "trajectory outcomes": "--json --plan --limit",
    "serve": "--folder --host --port --metrics-port --migrate --no-worker --admin",
    "work": "--metrics-port",
    "migrate": "--folder",
    "backup": "--folder --encrypt --recipient --without-secrets",
    "restore": "--folder --identity",
    "secrets renew": "--folder --yes --people",
    "users list": "--folder",
    "users add": "--folder --name --role --region",
    "users link": "--folder",
    "users block": "--folder",
    "users unblock": "--folder",
    "keys list": "--folder",
    "keys add": "--folder --role --region --cohort --until --trusted",
    "keys revoke": "--folder",
}
"""Options that count whatever else is given; that data can leave them nothing to do is asked below, one by one."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command, as people type it."""

    command: str
    parser: DutchParser
    action: argparse.Action

    @property
    def name(self) -> str:
        """Give the long name."""
        return self.action.option_strings[-1]

    def typed(self, number: int = 0) -> list[str]:
        """Write it with a value that it takes; another value for another number."""
        if self.action.nargs == 0:
            return [self.name]
        if self.action.choices:
            return [self.name, str(list(self.action.choices)[number])]
        values = (str(number + 1), f"0{number + 1}/01/2027", f"afzender{number}@voorbeeld.example")
        fits = [text for text in values if self._takes(text)]
        return [self.name, fits[0]]

    def _takes(self, text: str) -> bool:
        try:
            return self.action.type is None or bool([self.action.type(text)])  # type: ignore[operator]
        except (ValueError, argparse.ArgumentTypeError):
            return False


def commands(one: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, DutchParser]]:
    """Walk over every command that can be given."""
    below = [each for each in one._actions if isinstance(each, argparse._SubParsersAction)]
    for each in below:
        for word, deeper in each.choices.items():
            yield from commands(deeper, f"{name} {word}".strip())
    if not below:
        assert isinstance(one, DutchParser)
        yield name, one


COMMANDS = dict(commands(parser()))
OPTIONS = [
    Option(name, one, action)
    for name, one in COMMANDS.items()
    for action in one._actions
    if action.option_strings and not isinstance(action, argparse._HelpAction)
]
RULES = [(name, rule) for name, one in COMMANDS.items() for rule in one.idle]


def _named(one: Option) -> str:
    return f"{one.command} {one.name}"


def _refused(one: DutchParser, words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as stopped:
        one.parse_args(words)
    assert stopped.value.code == 2
    return capsys.readouterr().err


def test_every_option_says_whether_it_counts_alone() -> None:
    told = {name: {*words.split()} for name, words in ALWAYS.items()}
    for name, rule in RULES:
        told[name] |= {rule.option}
    assert told == {name: {one.name for one in OPTIONS if one.command == name} for name in COMMANDS}


@pytest.mark.parametrize("one", OPTIONS, ids=_named)
def test_an_option_given_twice_is_repeatable_or_refused(one: Option, capsys: pytest.CaptureFixture[str]) -> None:
    told = _refused(one.parser, [*one.typed(), *one.typed()], capsys)
    repeatable = isinstance(one.action.default, list)
    words = "staat er twee keer" if repeatable else "staat er meer dan één keer"
    assert f"{one.name} " in told
    assert words in told
    assert f"Typ «in2stem {one.command} --help»" in told
    assert ("mag vaker" in (one.action.help or "")) == repeatable
    if repeatable:
        found, _ = argparse.ArgumentParser.parse_known_args(_bare(one), [*one.typed(), *one.typed(1)])
        assert len(getattr(found, one.action.dest)) == 2


def _bare(one: Option) -> argparse.ArgumentParser:
    """Give a parser with this option alone."""
    bare = DutchParser(add_help=False)
    bare._add_action(one.action)
    return bare


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda one: getattr(one, "option", one))
def test_an_option_that_counts_only_beside_another_is_refused_alone(
    name: str, rule: Idle, capsys: pytest.CaptureFixture[str]
) -> None:
    one = COMMANDS[name]
    known = {each.name: each for each in OPTIONS if each.command == name}
    places = [each.metavar or "x" for each in one._actions if not each.option_strings and each.nargs != "?"]
    needed = [each.typed() for each in known.values() if each.action.required]
    base = [*map(str, places), *(word for each in needed for word in each), *known[rule.option].typed()]
    beside = rule.beside or rule.needs
    assert set(beside) <= set(known)
    others = [[*base, *known[each].typed()] for each in beside if not known[each].action.required]
    silent, counts = (others, [base]) if rule.beside else ([base], others)
    for words in silent:
        told = _refused(one, words, capsys)
        assert f"{rule.option} doet hier niets. {rule.why}" in told
        assert rule.why.endswith(".")
    for words in counts:
        assert rule.option in one.parse_args(words).typed


IDLE = {
    "who left already": (["rerun", "PLAN", "--cohort", "SAMPLE", "--withdrawn", "M017"], "al als uitgevallen"),
    "who stands by no more": (["rerun", "PLAN", "--cohort", "SAMPLE", "--activate", "M002"], "niet in reserve"),
    "back and gone": (
        ["rerun", "PLAN", "--cohort", "SAMPLE", "--withdrawn", "M002", "--back", "M002"],
        "niet tegelijk uitvallen en terugkomen",
    ),
    "the same by another name": (
        ["rerun", "PLAN", "--cohort", "SAMPLE", "--withdrawn", "M002", "--withdrawn", "m002"],
        "zijn dezelfde. Geef ze één keer.",
    ),
    "agreed already": (["round", "SAMPLE", "--out", "OUT", "--lock", "AGREED"], "is al vast. Hier verandert niets"),
    "unlock and lock": (
        ["rerun", "PLAN", "--cohort", "SAMPLE", "--unlock", "000101:M002", "--lock", "000101:M002"],
        "die vervangt de vorige vanzelf",
    ),
    "the same pair twice": (
        ["price", "PLAN", "--lock", "000101:M002", "--lock", "000101:m002"],
        "--lock: «000101:M002» en «000101:m002» zijn dezelfde",
    ),
    "back without a plan": (["round", "SAMPLE", "--out", "OUT", "--back", "M002"], "geef ook het vorige plan"),
    "no two": (["resilience", "PLAN", "--two", "0"], "geef een geheel getal van 1 of meer"),
    "all together": (
        [
            "sessions",
            "SAMPLE",
            "--plan",
            "PLAN",
            "--out",
            "OUT",
            "--rounds",
            "1",
            "--plenary",
            "1",
            "--group-size",
            "6",
        ],
        "--group-size doet hier niets. Alle rondes zijn met alle scholen samen.",
    ),
    "keep nothing": (["trajectory", "select", "YEAR", "--keep"], "is nog niets gekozen. Laat --keep weg."),
    "begin again with nothing": (["trajectory", "select", "YEAR", "--again"], "Laat --again weg."),
    "an admin of one region": (
        ["users", "add", "an@school.be", "--role", "admin", "--region", "Limburg"],
        "--region doet hier niets. Een beheerder ziet alle kamers.",
    ),
    "migrate SQLite": (["serve", "--migrate", "--folder", "OUT"], "--migrate doet hier niets."),
    "version of a command": (["--version", "template", "OUT"], "--version doet niets naast een opdracht."),
}
"""What the data leave nothing to do, and the sentence that says so."""


@pytest.mark.parametrize("name", IDLE)
def test_an_option_that_the_data_leave_nothing_to_do_is_refused(name: str, published: Path, tmp_path: Path) -> None:
    words, said = IDLE[name]
    agreed = (SAMPLE / "afspraken.csv").read_text(encoding="utf-8").splitlines()
    school, mentor = next(line.split(";")[:2] for line in agreed if ";vast;" in line)
    named: dict[str, object] = {"PLAN": published / "plan.json", "SAMPLE": SAMPLE, "OUT": tmp_path / "uit"}
    named |= {"YEAR": YEAR, "AGREED": f"{school}:{mentor}"}
    found = run(*(str(named.get(word, word)) for word in words))
    assert (found.code, said in found.err) == (2, True), found.err
    assert not (tmp_path / "uit").exists()


def test_data_folder_is_not_told_where_a_database_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://an@127.0.0.1:1/in2stem")
    found = run("migrate", "--folder", tmp_path)
    assert (found.code, "--folder doet hier niets. DATABASE_URL zegt al" in found.err) == (2, True)


def test_prices_of_several_agreements_are_of_all_together(published: Path) -> None:
    plan = published / "plan.json"
    pairs = [(one["school"], one["mentor"]) for one in json.loads(plan.read_text(encoding="utf-8"))["pairs"]]
    first, second = (f"{school}:{mentor}" for school, mentor in pairs[:2])
    both = run("price", plan, "--forbid", first, "--forbid", second, "--json").answer
    alone = [run("price", plan, "--forbid", one, "--json").answer for one in (first, second)]
    assert [one["school"] for one in both["locks"]] == [pairs[0][0], pairs[1][0]]
    assert "lock" not in both
    assert all(one["lock"] == one["locks"][0] for one in alone)
    gone = {(move["school"], mentor) for move in both["moves"] for mentor in move["goes"]}
    assert set(pairs[:2]) <= gone
    assert both["losses"]["points"] >= max(one["losses"]["points"] for one in alone)
    told = run("price", plan, "--forbid", first, "--forbid", second).out
    assert told.splitlines()[0].count(" verbieden") == 2


def test_header_that_no_file_has_is_refused() -> None:
    told = run("check", SAMPLE, "--column", "Plek=postcode")
    assert (told.code, "«Plek»: geen bestand heeft een kolom met die titel." in told.err) == (2, True)
    assert "Bedoelde u «contactpersoon»?" in run("check", SAMPLE, "--column", "contactpersoo=contactpersoon").err
    assert run("check", SAMPLE, "--column", "contactpersoon=contactpersoon").code == 0
