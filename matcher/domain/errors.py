"""What can go wrong, as one tree?

In2StemError
├── InvalidValueError      a value that no cohort can hold (also a ValueError)
├── UnreadableInputError   files that can't become a round; carries the findings
├── DocumentError          JSON that is not a document of ours, or of another version
│   └── NotFiniteError     a number in it that is none: NaN, infinity, 1e999
└── RoutingError           a road-time server that does not answer as it should
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.domain.finding import Finding


class In2StemError(Exception):
    """The root: its text is Dutch and may be shown to a user."""


class InvalidValueError(In2StemError, ValueError):
    """A value that no cohort can hold."""


class UnreadableInputError(In2StemError):
    """Files that can't become a round; `findings` tell where and how to mend them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep the findings beside a text that counts them."""
        super().__init__("; ".join(str(finding) for finding in findings if finding.severity == "error"))
        self.findings = findings


class DocumentError(In2StemError):
    """JSON that is not a document of ours; `pointer` (RFC 6901) names the place."""

    def __init__(self, message: str, pointer: str = "") -> None:
        """Keep the pointer beside the Dutch message."""
        super().__init__(f"{message} (op {pointer})" if pointer else message)
        self.pointer = pointer


class NotFiniteError(DocumentError):
    """A number in JSON that is none."""


class RoutingError(In2StemError):
    """A road-time server that does not answer as it should."""
