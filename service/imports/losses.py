"""What does an import take away that nobody may have meant: most of a side, and agreements that fall with it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import matcher
from service.cohorts.members.store import Side
from service.core.errors import Problem, conflict
from service.imports.merging import TABLES, Document, Merged

FEWEST: Final = 2
"""A side of one school or mentor can't be taken for another list."""

KINDS: Final = {"required": "vast", "forbidden": "verboden"}


@dataclass(frozen=True, slots=True)
class Losses:
    """For each side of which most would go: how many of how many; and the agreements whose school or mentor goes."""

    most: Mapping[Side, tuple[int, int]]
    fallen: tuple[dict[str, str], ...]

    @property
    def document(self) -> dict[str, Any]:
        """Write it as JSON-able values."""
        most = [{"side": side, "gone": gone, "of": of} for side, (gone, of) in self.most.items()]
        return {"losses": most, "fallen": list(self.fallen)}


def losses_of(found: Merged) -> Losses:
    """Tell what goes, of who and what there is now."""
    before = found.before
    gone = {side: [one.id for one in found.changes if (one.side, one.action) == (side, "removed")] for side in TABLES}
    most = {
        side: (len(gone[side]), len(before[side]))
        for side in TABLES
        if len(before[side]) >= FEWEST and 2 * len(gone[side]) > len(before[side])
    }
    fallen = [one for one in found.locks_before if one.school in gone["school"] or one.mentor in gone["mentor"]]
    return Losses(most, tuple(_told(one, before) for one in fallen))


def _told(one: matcher.Lock, before: Mapping[Side, Mapping[str, Document]]) -> dict[str, str]:
    school, mentor = before["school"].get(one.school, {}), before["mentor"].get(one.mentor, {})
    name = " ".join(str(mentor.get(part) or "") for part in ("first_name", "last_name")).strip()
    return {
        "school": one.school,
        "mentor": one.mentor,
        "school_name": str(school.get("name") or one.school),
        "mentor_name": name or one.mentor,
        "kind": one.kind,
        "reason": one.reason,
    }


def unasked(losses: Losses) -> Problem:
    """Refuse to take most of a cohort away without being told so."""
    words = {"school": "scholen", "mentor": "mentoren"}
    told = [f"{gone} van de {of} {words[side]}" for side, (gone, of) in losses.most.items()]
    detail = f"Deze import laat {' en '.join(told)} verdwijnen."
    if losses.fallen:
        pairs = [f"{one['mentor_name']} bij {one['school_name']} ({KINDS[one['kind']]})" for one in losses.fallen]
        detail += f" Daarmee vervallen deze afspraken: {'; '.join(pairs[:10])}{' ...' if len(pairs) > 10 else ''}."  # noqa: PLR2004
    detail += " Zijn het dezelfde met een ander nummer, herstel dan de nummers. Is het bedoeld, bevestig het dan."
    return conflict("most_would_go", detail, **losses.document)
