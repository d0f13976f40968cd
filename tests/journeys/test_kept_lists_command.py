"""Does the command read a coordinator's own list: fill in proposals, say the rest once, and never be asked again?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import matcher
from tests import kept_lists
from tests.journeys.command import run

if TYPE_CHECKING:
    from pathlib import Path


def test_own_workbook_is_read_by_one_file_and_one_answer(tmp_path: Path) -> None:
    for name, content in kept_lists.workbook().items():
        (tmp_path / name).write_bytes(content)
    assert run("check", tmp_path).code == 2
    assert run("check", tmp_path, "--fill").code == 2
    ours = tmp_path / matcher.READING_FILE
    text = ours.read_text(encoding="utf-8")
    assert '"11/01/2027" = "ma"' in text
    assert '# "overleg met An" = ""' in text
    ours.write_text(text.replace('# "overleg met An" = ""', '"overleg met An" = "altijd"'), encoding="utf-8")
    found = run("check", tmp_path)
    assert found.code == 0
    assert "10 mentoren, 0 afspraken en 10 scholen gelezen, 0 fouten" in found.out


def test_form_needs_its_columns_alone(tmp_path: Path) -> None:
    for name, content in kept_lists.form().items():
        (tmp_path / name).write_bytes(content)
    assert run("check", tmp_path, "--fill").code == 0
    found = run("round", tmp_path, "--out", tmp_path / "plan")
    assert found.code == 0
    assert "Dezelfde naam en hetzelfde bedrijf" in found.text
