"""How is the status of a pair called on a page?"""

from __future__ import annotations

from collections.abc import Mapping

STATUSES: Mapping[str, tuple[str, str]] = {
    "to_discuss": ("let-op", "te bespreken"),
    "discussed": ("", "besproken"),
    "agreed": ("goed", "akkoord"),
    "doubt": ("fout", "twijfel"),
}
"""Status to the class and the words of its mark."""
