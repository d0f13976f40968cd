"""Who looks something up again? One request, while the others go on with what is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Lookup:
    """When something was looked up, and whether a request is looking again."""

    at: float
    again: bool = False

    def is_due(self, moment: float, fresh: float, holds: float) -> bool:
        """Have one request look again after `fresh` seconds, and every request after `holds` seconds."""
        age = moment - self.at
        if age < fresh or (age < holds and self.again):
            return False
        self.again = True
        return True
