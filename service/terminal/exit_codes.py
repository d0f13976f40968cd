"""What does the exit code of a command say? README.md lists them for people."""

from __future__ import annotations

from typing import Final

EXIT_DIFFERENT: Final = 1
EXIT_INPUT: Final = 2
EXIT_CONFLICT: Final = 3
EXIT_NO_PLAN: Final = 4
EXIT_UNEXPECTED: Final = 5


class RefusedError(Exception):
    """What stops the command is on the screen already."""
