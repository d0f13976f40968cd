"""How does `in2stem` begin? Even while it still loads, Ctrl+C ends it with a sentence."""

from __future__ import annotations

import sys

EXIT_STOPPED = 4
STOPPED = "Gestopt."


def main() -> int:
    """Run one command; give its exit code."""
    try:
        from service.cli import main as run  # noqa: PLC0415 - takes a second, in which somebody may stop it

        return run()
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)  # noqa: T201 - nothing of ours is loaded
        return EXIT_STOPPED
