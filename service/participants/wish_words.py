"""How is what somebody asked said in a sentence?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.web.pages.dutch_format import half_days

ACCEPTED = {"change": "overgenomen", "withdraw": "genoteerd", "other": "afgehandeld"}
"""What became of what a coordinator accepted: only a change is done by that alone."""

KIND_WORDS = {"withdraw": "wil stoppen", "other": "vraagt iets"}

DAYS = {"ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag"}
HALF_DAYS = {
    f"{code}-{half}": f"{day}{part}"
    for code, day in DAYS.items()
    for half, part in (("vm", "voormiddag"), ("nm", "namiddag"))
}


def state_words(one: Any) -> str:  # noqa: ANN401 - a wish as it is kept, or as it is told
    """Say how what was asked stands."""
    return {"open": "wacht op de coördinator", "refused": "geweigerd"}.get(one.state) or ACCEPTED[one.kind]


def wish_words(one: Any, labels: Mapping[str, str]) -> str:  # noqa: ANN401 - a wish as it is kept, or as it is told
    """Say what is asked: each field with its new value, and what stands there now where that is told."""
    if one.kind != "change":
        return KIND_WORDS[one.kind]
    now: Mapping[str, Any] = getattr(one, "current", {})
    return "; ".join(
        f"{labels.get(name, name)}: {_value(value)}{f' (nu {_value(now[name])})' if name in now else ''}"
        for name, value in one.document.items()
    )


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join((DAYS | HALF_DAYS)[one] for one in half_days(value)) or "geen enkele halve dag"
    return "geen grens" if value is None else str(value)
