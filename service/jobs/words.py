"""How is the state of a job said in Dutch?"""

from __future__ import annotations

JOB_WORDS = {"queued": "wacht", "running": "rekent", "done": "klaar", "failed": "mislukt", "stopped": "gestopt"}


BUSY = ("queued", "running")
