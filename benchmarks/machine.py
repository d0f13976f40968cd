"""On which machine, with which versions, when and at which commit was this measured?"""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

PACKAGES = (
    "numpy", "pandas", "ortools", "highspy", "scipy", "PuLP", "networkx", "matching", "algmatch"
)  # fmt: skip


def describe() -> dict[str, object]:
    """Give the machine, the versions and the moment; no host name, no path."""
    return {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "commit": _git("rev-parse", "--short", "HEAD"),
        "changed_since_commit": bool(_git("status", "--porcelain", "--", "matcher", "service", "benchmarks/*.py")),
        "cpu": _first("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(int((_first("/proc/meminfo", "MemTotal") or "0").split()[0]) / 1024**2, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: metadata.version(name) for name in PACKAGES},
    }


def _first(path: str, key: str) -> str:
    """Give the first value of a key in a file of `key : value` lines, empty where there is none."""
    if not Path(path).exists():
        return ""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")


def _git(*words: str) -> str:
    command = ["git", *words]
    folder = Path(__file__).parent.parent
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)  # noqa: S603
    return done.stdout.strip()
