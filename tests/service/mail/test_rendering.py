"""Can every kind of mail be written, and does a template do no more than fill in words?"""

from __future__ import annotations

import pytest

from service.mail.kinds import ALL, KINDS, Kind
from service.mail.rendering import Template, faults, ours, write


@pytest.mark.parametrize("kind", ALL)
def test_our_own_words_can_be_used_and_say_every_fact(kind: Kind) -> None:
    assert faults(kind, ours(kind)) == []
    marks = {name: f"«{name}»" for name, value in KINDS[kind].nothing.items() if isinstance(value, str)}
    lists = {
        name: [{"naam": f"«{name}»", "organisatie": "", "gemeente": ""}]
        for name, value in KINDS[kind].nothing.items()
        if isinstance(value, list)
    }
    told = [write(kind, ours(kind), marks | lists)]
    told += [write(kind, ours(kind), marks | lists | {"afgelast": ""})]
    said = "".join(one.subject + one.body for one in told)
    silent = {name for name in (*marks, *lists) if f"«{name}»" not in said}
    assert silent <= {"afgelast", "ondertekening", "cohorte"}
    assert "\n\n\n" not in said


@pytest.mark.parametrize("kind", ALL)
def test_our_own_words_say_nothing_of_what_is_not_known(kind: Kind) -> None:
    told = write(kind, ours(kind), {"naam": "An"})
    assert told.subject
    assert told.body.startswith("Beste An\n")
    assert "None" not in told.body
    assert "Houd deze link" not in told.body


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("Beste {{ naam }\n", 1, "schrijfwijze"),
        ("Beste\n{% if link %}x\n", 2, "schrijfwijze"),
        ("Beste\n\n{{ telefoon }}", 3, "«telefoon» is hier niet bekend"),
        ("{{ naam.__class__ }}", 1, "niet ingevuld"),
        ("{{ naam * 100000000 }}", 1, "Dit kan hier niet"),
        ("\n{{ naam() }}", 2, "Dit kan hier niet"),
        ("{{ naam['x'] }}", 1, "Dit kan hier niet"),
        ("{% include 'basis.html' %}", 1, "Dit kan hier niet"),
        ("{% set naam = 'x' %}", 1, "Dit kan hier niet"),
        ("{{ naam|replace('a', 'b') }}", 1, "De bewerking «replace»"),
        ("{% for een in 'abc' %}{{ een }}{% endfor %}", 1, "Herhaal over"),
        ("{% for een in matches %}\n{% for twee in matches %}x{% endfor %}{% endfor %}", 1, "Een herhaling in een"),
        ("{% for naam in matches %}x{% endfor %}", 1, "heeft al een betekenis"),
        ("{% for een in matches %}{{ een.leeftijd }}{% endfor %}", 1, "niet ingevuld"),
        ("Beste\n{% for een in matches %}\n{{ een.leeftijd }}{% endfor %}", 3, "niet ingevuld"),
        ("  \n", 1, "De tekst is leeg"),
    ],
)
def test_bad_template_is_told_with_its_line(body: str, line: int, says: str) -> None:
    found = faults("plan_published", Template("Onderwerp", body))
    assert found
    assert (found[0].part, found[0].line) == ("body", line)
    assert says in found[0].detail


def test_bad_subject_is_told_too() -> None:
    assert faults("plan_published", Template("{{ wie }}", "Beste {{ naam }}"))[0].part == "subject"
    assert faults("plan_published", Template("", "Beste"))[0].detail == "Het onderwerp is leeg."


def test_value_is_never_read_as_a_template_and_a_subject_has_one_line() -> None:
    template = Template("Aan {{ naam }}", "Beste {{ naam }}")
    told = write("plan_published", template, {"naam": "{{ 7 * 7 }}\r\nBcc: iemand@example.be"})
    assert told.subject == "Aan {{ 7 * 7 }} Bcc: iemand@example.be"
    assert "{{ 7 * 7 }}" in told.body
