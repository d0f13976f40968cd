"""Does a record stand only as it was signed, and replay anywhere?"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from matcher.domain.errors import InvalidValueError
from matcher.matching.assign import assign
from matcher.output.record import load_key, make_record, public_hex, verify_record
from tests.builders import a_mentor, a_round, a_school
from tests.random_rounds import random_round

if TYPE_CHECKING:
    from pathlib import Path

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def _record(seed: int = 1) -> bytes:
    given = random_round(seed, 4, 6)
    return make_record(given, assign(given), KEY)


@pytest.mark.parametrize("seed", range(10))
def test_a_record_as_signed_is_sound(seed: int) -> None:
    verdict = verify_record(_record(seed), public_hex(KEY))
    assert verdict.sound, verdict.sentence
    assert verdict.public_key == public_hex(KEY)


def test_a_record_with_any_one_byte_changed_is_not_sound() -> None:
    record = make_record(a_round(1, 1), assign(a_round(1, 1)), KEY)
    dice = random.Random(0)  # noqa: S311
    for place in range(len(record)):
        other = bytes([(record[place] + dice.randint(1, 255)) % 256])
        assert not verify_record(record[:place] + other + record[place + 1 :]).sound
        turned = record[place : place + 1].swapcase()
        if turned != record[place : place + 1]:
            assert not verify_record(record[:place] + turned + record[place + 1 :]).sound


def test_a_record_with_a_byte_more_or_less_is_not_sound() -> None:
    record = make_record(a_round(1, 1), assign(a_round(1, 1)), KEY)
    for place in range(0, len(record), 7):
        assert not verify_record(record[:place] + record[place + 1 :]).sound
        assert not verify_record(record[:place] + b" " + record[place:]).sound


def test_a_record_signed_again_with_other_numbers_does_not_replay() -> None:
    given = a_round([a_school(1)], [a_mentor(1), a_mentor(2, sectors=("overige",))])
    plan = assign(given)
    goals = tuple(replace(goal, value=1, bound=1) if goal.name == "points" else goal for goal in plan.goals)
    verdict = verify_record(make_record(given, replace(plan, goals=goals), KEY))
    assert not verdict.sound
    assert "punten" in verdict.sentence
    weaker = replace(plan, pairs=(replace(plan.pairs[0], mentor="M002"),))
    assert not verify_record(make_record(given, weaker, KEY)).sound


def test_a_record_of_another_signer_is_not_sound() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert "iemand anders" in verify_record(_record(), public_hex(other)).sentence


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"\xff\xfe", b'{"format":"in2stem-record/1"}'])
def test_what_is_no_record_is_told_so(text: bytes) -> None:
    assert "geen ongeschonden dossier" in verify_record(text).sentence


def test_a_record_replays_in_another_process_with_other_hashing(tmp_path: Path) -> None:
    given = random_round(3, 6, 9)
    shuffled = replace(given, schools=given.schools[::-1], mentors=given.mentors[::-1], locks=given.locks[::-1])
    record = make_record(given, assign(given), KEY)
    assert make_record(shuffled, assign(shuffled), KEY) == record
    (tmp_path / "record.json").write_bytes(record)
    code = "import sys, pathlib; from matcher import verify_record; "
    code += "print(verify_record(pathlib.Path(sys.argv[1]).read_bytes()).sound)"
    for seed in ("0", "1234"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code, str(tmp_path / "record.json")]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
        assert done.stdout.strip() == "True"


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "sleutel.pem"
    first = load_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert public_hex(load_key(path)) == public_hex(first)
    path.write_text("geen sleutel")
    with pytest.raises(InvalidValueError, match="geen sleutel"):
        load_key(path)


def test_a_record_is_plain_json_with_all_that_is_needed() -> None:
    record = json.loads(_record())
    assert set(record) == {"content", "format", "public_key", "sha256", "signature"}
    assert set(record["content"]) == {"plan", "round"}
    assert {"seed", "versions", "policy"} <= set(record["content"]["plan"])
