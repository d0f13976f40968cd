"""Which fields may the web portal be told, as the fields of a school and a mentor themselves declare it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import matcher

Side = Literal["school", "mentor"]

KINDS: Mapping[Side, type] = {"school": matcher.School, "mentor": matcher.Mentor}

SHOWABLE: Mapping[Side, Mapping[str, str]] = {
    side: {one.name: one.spec.portal for one in matcher.field_specs(kind) if one.spec.portal}
    for side, kind in KINDS.items()
}
"""The fields that may be shown, each with what it asks: `consent`, or `acceptance` of the match besides."""

LABELS: Mapping[Side, Mapping[str, str]] = {
    side: {one.name: one.spec.label for one in matcher.field_specs(kind) if one.spec.portal}
    for side, kind in KINDS.items()
}
"""What a form calls them."""
