"""Does one caller ask too much? A limit a minute, counted in memory."""

from __future__ import annotations

import time
from http import HTTPStatus

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from service.errors import Problem


class Limits:
    """Requests a minute for each caller; for logins a stricter one."""

    def __init__(self, requests: int, logins: int) -> None:
        """Begin counting."""
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerMinute(requests)
        self._logins = RateLimitItemPerMinute(logins)

    def count(self, caller: str) -> None:
        """Count one request; raises Problem 429 where it is one too many."""
        self._hit(self._requests, caller)

    def count_login(self, address: str) -> None:
        """Count one attempt to log in; raises Problem 429 where it is one too many."""
        self._hit(self._logins, f"login {address}")

    def _hit(self, limit: RateLimitItemPerMinute, name: str) -> None:
        if self._limiter.hit(limit, name):
            return
        wait = max(1, int(self._limiter.get_window_stats(limit, name).reset_time - time.time()) + 1)
        detail = f"Te veel vragen na elkaar. Probeer het over {wait} seconden opnieuw."
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", detail, headers={"Retry-After": str(wait)})
