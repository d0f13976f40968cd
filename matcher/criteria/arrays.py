"""Of which arrays do criteria speak? Whole numbers and yes-or-no, by school, mentor or both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
