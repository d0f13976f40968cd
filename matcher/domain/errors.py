"""What can go wrong, as one tree?

In2StemError
├── InvalidValueError      a value that no cohort can hold (also a ValueError)
├── NotBestError           a plan that was changed: it is not the best of its round
├── DocumentError          JSON that is not a document of ours, or of another version
│   └── NotFiniteError     a number in it that is none: NaN, infinity, 1e999
└── RoutingError           a road-time server that does not answer as it should
"""

from __future__ import annotations


class In2StemError(Exception):
    """The root: its text is Dutch and may be shown to a user."""


class InvalidValueError(In2StemError, ValueError):
    """A value that no cohort can hold."""


class NotBestError(In2StemError):
    """A plan of which a proof or price was asked, and that is not the best: it was changed since it was made."""

    def __init__(self) -> None:
        """Say so, and what to do."""
        super().__init__("Dit plan is niet het beste van deze gegevens: het is veranderd. Reken de ronde opnieuw uit.")


class DocumentError(In2StemError):
    """JSON that is not a document of ours; `pointer` (RFC 6901) names the place."""

    def __init__(self, message: str, pointer: str = "") -> None:
        """Keep the pointer beside the Dutch message, and the message also without it."""
        super().__init__(f"{message} (op {pointer})" if pointer else message)
        self.message = message
        self.pointer = pointer


class NotFiniteError(DocumentError):
    """A number in JSON that is none."""


class RoutingError(In2StemError):
    """A road-time server that does not answer as it should."""
