"""Which fields do older documents lack?"""

from __future__ import annotations

from types import MappingProxyType

LATER = MappingProxyType({"later": True})
"""Marks a field that older documents lack: it is left out where it has nothing, so that their hashes stay."""
