"""Is everything that the trail of a cohort can hold told in words?"""

from __future__ import annotations

import re
from pathlib import Path

import service
from service.network.questions.job import QUESTIONS as OF_SEASONS
from service.records.trail.audit_sentences import LOOKED, WORDS, changes
from service.rounds.questions.job import QUESTIONS

NOTED = re.compile(r"(?:audit|note|written)\((?:[^()]|\([^()]*\))*?\"([a-z_]+\.[a-z_]+)\"")
LOOKS = ("read", "exported", "recorded", "record_checked", "asked", "advice_asked", "report_read")
ELSEWHERE = ("person.", "password.", "link.", "login.")
"""What is done without a cohort stands in no cohort's trail."""


def test_every_deed_that_a_cohort_notes_has_its_words() -> None:
    sources = [one.read_text(encoding="utf-8") for one in sorted(Path(service.__file__).parent.rglob("*.py"))]
    noted = {found for text in sources for found in NOTED.findall(text) if not found.startswith(ELSEWHERE)}
    asked = {f"round.asked.{name}" for name in QUESTIONS} | {f"season.asked.{name}" for name in OF_SEASONS}
    assert len(noted) > 40
    assert sorted((noted | asked) - WORDS.keys()) == []


def test_what_only_looks_is_no_change() -> None:
    """Of each deed the last word says whether it changed anything; the page of changes leaves out the others."""
    looks = {one for one in WORDS if one.split(".")[1] in LOOKS}
    assert {one for one in WORDS if not changes(one)} == looks
    assert looks > LOOKED
    assert changes("mentor.changed")
    assert changes("round.stop_asked")
