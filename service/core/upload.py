"""What is an uploaded file? Its name and its bytes."""

from __future__ import annotations

from typing import NamedTuple


class Upload(NamedTuple):
    """A file as it was handed in."""

    name: str
    content: bytes
