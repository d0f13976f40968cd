"""How are several things, or a number of them, named in a Dutch sentence?"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.counting import counted as counted  # noqa: PLC0414 - told from here too


def listed(names: Sequence[str], last: str = "en") -> str:
    """Name things one after the other: `TSO, BSO en KSO`."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
