"""Does a command end quietly, and the service go on, where nobody reads what is printed any more, as with `| head`?"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from tests.service.run.running import ROOT, WAIT_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = str(ROOT / "data" / "voorbeeld")


def begun(*words: str, folder: Path) -> subprocess.Popen[str]:
    """Start a command whose output we read ourselves."""
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "service.cli", *words],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": "", "IN2STEM_FOLDER": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--help",), 0),
        (("template", "--help"), 0),
        (("round", SAMPLE, "--out", "{folder}/plan"), 0),
        (("secrets", "--help"), 0),
        (("--version",), 0),
        ((), 2),
        (("secrets",), 2),
    ],
)
def test_command_ends_quietly_where_nobody_reads(words: tuple[str, ...], code: int, tmp_path: Path) -> None:
    process = begun(*(one.format(folder=tmp_path) for one in words), folder=tmp_path)
    assert process.stdout is not None
    process.stdout.close()
    with process:
        assert process.stderr is not None
        told = process.stderr.read()
    assert (process.returncode, re.findall(r"Broken|Traceback|systeemfout|misliep", told)) == (code, [])
    assert (tmp_path / "plan").exists() == ("round" in words)


def test_service_goes_on_where_nobody_reads_and_ends_as_it_should(tmp_path: Path) -> None:
    process = begun("serve", "--port", "0", "--metrics-port", "0", folder=tmp_path)
    assert process.stdout is not None
    url = process.stdout.readline().split()[-1]
    process.stdout.close()
    time.sleep(0.5)
    try:
        with urlopen(f"{url}/livez", timeout=WAIT_SECONDS) as answer:  # noqa: S310 - our own
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 0
    assert [line for line in told.splitlines() if not line.startswith("{")] == []
