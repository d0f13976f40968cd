"""Which types cross the border of the engine? Arrays, and the callbacks of a long search."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Progress = Callable[[str, float | None], None]
"""Told while a search runs: what it does, and the share done (0-1), None where nobody knows."""

Stop = Callable[[], bool]
"""Asked while a search runs: True ends it with the best so far."""
