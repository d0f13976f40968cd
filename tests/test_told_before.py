"""Is a test told only what another test had computed, and the same?"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests import told_before
from tests.told_before import ASKER, ToldBefore

if TYPE_CHECKING:
    from collections.abc import Callable

Asked = list[tuple[str, dict[str, Any]]]
Heard = list[tuple[str, Any]]


class Pipe:
    """A pipe that keeps what it is told."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.heard: Heard = []

    def send(self, message: tuple[str, Any]) -> None:
        """Keep it."""
        self.heard.append(message)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Compute nothing; give what is computed."""
    done: Asked = []

    def usual(pipe: Pipe, kind: str, payload: dict[str, Any], stop: threading.Event) -> None:
        done.append((kind, payload))
        pipe.send(("progress", {"line": "half"}))
        if payload.get("stops"):
            stop.set()
        pipe.send(("failed", "stuk") if payload.get("fails") else ("done", len(done)))

    monkeypatch.setattr(told_before, "_usual", usual)
    return done


@pytest.fixture
def ask(computed: Asked) -> Callable[..., Heard]:
    """Give a way to ask as a test."""
    assert computed == []
    known = ToldBefore()

    def asked(test: str, kind: str = "ask", **payload: object) -> Heard:
        pipe = Pipe()
        known.compute(pipe, kind, payload | ({ASKER: test} if test else {}), threading.Event())
        return pipe.heard

    asked.known = known  # type: ignore[attr-defined]
    return asked


def test_other_test_is_told_the_same_and_the_same_test_has_it_computed_anew(
    ask: Callable[..., Heard], computed: Asked
) -> None:
    first = ask("een", given="x", round="rnd_1")
    assert first == [("progress", {"line": "half"}), ("done", 1)]
    assert ask("twee", given="x", round="rnd_2") == first
    assert ask("twee", given="x", round="rnd_2")[-1] == ("done", 2)
    assert ask("", given="x", round="rnd_1")[-1] == ("done", 3)
    assert [payload for _, payload in computed] == [{"given": "x", "round": f"rnd_{n}"} for n in (1, 2, 1)]


@pytest.mark.parametrize("other", [{"given": "y"}, {"given": "x", "plan": "z"}, {"kind": "solve_round", "given": "x"}])
def test_what_is_given_otherwise_is_computed(ask: Callable[..., Heard], other: dict[str, Any]) -> None:
    ask("een", given="x")
    assert ask("twee", **other)[-1] == ("done", 2)


@pytest.mark.parametrize("how", ["stops", "fails"])
def test_what_was_not_done_whole_is_not_told_again(ask: Callable[..., Heard], computed: Asked, how: str) -> None:
    ask("een", **{how: True})
    ask("twee", **{how: True})
    assert len(computed) == 2


def test_part_of_a_study_is_known_by_round_plan_and_what_is_asked(ask: Callable[..., Heard]) -> None:
    worked: list[tuple[Any, ...]] = []
    part = ask.known.part("_suggestions", lambda *given: worked.append(given) or len(worked))  # type: ignore[attr-defined]
    for test, plan, side in (("een", "p", "school"), ("twee", "p", "school"), ("drie", "p", "mentor")):
        ask(test, "study_round", given="x", plan=plan, names={test: "naam"})
        part("asked", side, bool)
    ask("vier", "study_round", given="x", plan="q")
    part("asked", "school", bool)
    part("asked", "school", bool)
    assert [one[1] for one in worked] == ["school", "mentor", "school", "school"]
