"""What if the power fails just here? Points with names, at which a test has this process kill itself."""

from __future__ import annotations

import os
import signal
from pathlib import Path

VARIABLE = "IN2STEM_CRASH_AT"
POINTS = (
    "accepted",
    "claimed",
    "mid-solve",
    "publish.before",
    "publish.inside",
    "publish.after",
    "import.inside",
    "propose.inside",
    "answer.inside",
    "answer.after",
    "migration.inside",
    "backup.inside",
    "mail.released",
    "mail.begun",
    "mail.greeted",
    "mail.said",
    "mail.answered",
    "mail.noted",
)
"""Where a campaign may kill: after a job is accepted, when it is claimed, while it is computed, and so on."""


def reach(point: str) -> None:
    """Go on; or die at once with SIGKILL where the environment names this point, or a file (`@path`) that does.

    A file is one death: of several processes that reach its point, the one that removes it dies.
    """
    armed = os.environ.get(VARIABLE, "")
    if armed == point or (armed.startswith("@") and _taken(Path(armed[1:]), point)):
        os.kill(os.getpid(), signal.SIGKILL)


def _taken(file: Path, point: str) -> bool:
    try:
        if file.read_text(encoding="utf-8") != point:
            return False
        file.unlink()
    except FileNotFoundError:
        return False
    return True
