"""Where lie the files that an earlier product made, and how do they differ from what is answered now?"""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
ANYTHING = "*"
"""Expected where the value follows from the clock."""

ABSENT = "(absent)"

LATER = {
    "archived_at": "a cohort can be put away",
    "attendance": "somebody says on their own page whether they come to a session",
    "mails": "what is kept of a person holds the mails to them",
    "own_pages": "schools and mentors have pages of their own",
    "wishes": "schools and mentors ask for changes on their own page",
    "newcomers": "a year tells which schools joined after it was planned",
    "used_at": "a key tells when it was last used",
    "beyond_hours": "a mentor whose half-days exclude a session is told so",
    "changes": "a repair of a year tells what it changes",
    "outdated": "a year tells whom it invites wrongly",
    "locks": "agreements are priced together",
    "fallen": "an import names the agreements that fall with it",
    "finality_types": "finalities may stand in the place of onderwijsvormen",
    "consent": "who stands on the portal agreed to it",
    "portal": "who applies may agree to stand on the portal",
    "trusted": "a key may be believed about whom it asks for",
    "kind": "a place that receives is a school, a company or another",
    "link": "a session may be online",
    "losses": "an import by which most would go asks first",
    "online": "a session may be online",
    "practices": "what a school wrote for the label belongs to what is kept about it",
    "pair_notes": "what a coordinator noted about a pair belongs to what is kept about somebody",
    "proposals": "a group without a date is proposed three moments",
    "claims": "what sentences are made of goes along as claims",
    "words": "the command tells a drop-out in JSON as the API does",
}
"""Members that came since, by name: each may be there where nothing was, and why."""

REWORDED = {"waar de nulmeting ruimte laat": "waar de nulmeting een tekort toont"}
"""Words in a reason that plans bear which were made before, and as they are told now."""


def in_words_of_now(told: Any) -> Any:  # noqa: ANN401 - any JSON
    """Tell reasons as they are told now."""
    if isinstance(told, dict):
        return {name: in_words_of_now(one) for name, one in told.items()}
    if isinstance(told, list):
        return [in_words_of_now(one) for one in told]
    for before, after in REWORDED.items() if isinstance(told, str) else ():
        told = told.replace(before, after)
    return told


LATER_GOALS = {
    "reserves_used": "a rerun uses as few reserves as it can",
    "spread": "as many mentors as can be get a school",
    "stranded": "a rerun leaves no school without a mentor that had one",
}
"""Goals that came since, and why: left out of what is found, in lists and objects, where the stored has none."""


def without_later_goals(found: Any) -> Any:  # noqa: ANN401 - any JSON
    """Leave out what is told of goals that came since."""
    if isinstance(found, dict):
        later = LATER_GOALS if "worst_pair" in found else ()
        return {key: without_later_goals(one) for key, one in found.items() if key not in later}
    if isinstance(found, list):
        named = [(one.get("name") if isinstance(one, dict) else one, one) for one in found]
        goals = any(name == "worst_pair" for name, _ in named)
        return [without_later_goals(one) for name, one in named if not goals or name not in LATER_GOALS]
    return found


def unnamed(expected: Any, found: Any) -> list[tuple[str, Any, Any]]:  # noqa: ANN401 - any JSON
    """Give the differences between two documents, but for members that came since."""
    return [
        (pointer, one, other)
        for pointer, one, other in differences(expected, without_later_goals(found))
        if not (one == ABSENT and pointer.rpartition("/")[2] in LATER)
    ]


def document(name: str) -> Any:  # noqa: ANN401 - any JSON
    """Read one of the stored documents, packed or not."""
    path = HERE / name
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return json.loads(content)


def unpacked(folder: Path) -> Path:
    """Copy the files that commands made into a folder, each as it was written; give where they lie."""
    place = folder / "files"
    shutil.copytree(HERE / "files", place)
    for packed in place.rglob("*.gz"):
        packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
        packed.unlink()
    return place


def differences(expected: Any, found: Any, pointer: str = "") -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401 - any JSON
    """Give where two documents differ, as JSON pointers (RFC 6901) with both values."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in sorted(expected.keys() | found.keys()):
            inner = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            yield from differences(expected.get(name, ABSENT), found.get(name, ABSENT), inner)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for place, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{pointer}/{place}")
    elif expected != ANYTHING and (expected != found or type(expected) is not type(found)):
        yield pointer, expected, found
