"""How often does a worker beat, listen and tell progress?"""

from __future__ import annotations

HEAR_SECONDS = 0.1


PROGRESS_SECONDS = 0.5


STOP_SECONDS = 10.0
"""How long a child that was asked to stop may take before it is killed."""


STARVED = "starved"
"""How an attempt ends that got next to nothing of the processor: it is begun anew at once, and yields less."""
