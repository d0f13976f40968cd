"""Is everything that the trail of a cohort can hold told in words?"""

from __future__ import annotations

import re
from pathlib import Path

import service
from service.network.questions.job import QUESTIONS as OF_SEASONS
from service.records.trail.audit_sentences import WORDS
from service.rounds.questions.job import QUESTIONS

NOTED = re.compile(r"(?:audit|note|written)\((?:[^()]|\([^()]*\))*?\"([a-z_]+\.[a-z_]+)\"")
ELSEWHERE = ("person.", "password.", "link.", "login.")
"""What is done without a cohort stands in no cohort's trail."""


def test_every_deed_that_a_cohort_notes_has_its_words() -> None:
    sources = [one.read_text(encoding="utf-8") for one in sorted(Path(service.__file__).parent.rglob("*.py"))]
    noted = {found for text in sources for found in NOTED.findall(text) if not found.startswith(ELSEWHERE)}
    asked = {f"round.asked.{name}" for name in QUESTIONS} | {f"season.asked.{name}" for name in OF_SEASONS}
    assert len(noted) > 40
    assert sorted((noted | asked) - WORDS.keys()) == []
