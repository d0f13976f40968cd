"""Where does mail arrive in a test? At a real SMTP server on loopback that keeps what it took, and can be difficult."""

from __future__ import annotations

import asyncio
import email
import email.policy
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tests.postgres import free_port

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from email.message import EmailMessage


@dataclass
class PostOffice:
    """What came, and how the server behaves.

    `rcpt` and `data` are what it answers (None: it takes the mail); `cut` says at which step it hangs up, `slow` how
    many seconds it takes to answer the last line. `seen` counts what it took, also where it never said so.
    """

    port: int = 0
    rcpt: dict[str, str] = field(default_factory=dict)
    data: str | None = None
    cut: str = ""
    slow: float = 0.0
    got: list[EmailMessage] = field(default_factory=list)
    addressed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """What IN2STEM_SMTP_URL says of it."""
        return f"smtp://127.0.0.1:{self.port}?starttls=nee"

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each mail that came, as they came."""
        with self.lock:
            return [str(one["Message-ID"]) for one in self.got]

    async def handle_RCPT(self, server: SMTP, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: ANN401, N802
        """Take an address, or not."""
        if self.cut == "rcpt":
            server.transport.abort()
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: ANN401, N802
        """Take a mail, or not."""
        if self.data is not None:
            return self.data
        if self.cut == "data":
            server.transport.abort()
            return "250 OK"
        with self.lock:
            self.got.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
            self.addressed.append((envelope.mail_from, tuple(envelope.rcpt_tos)))
            self.secured.append(session.ssl is not None)
        await asyncio.sleep(self.slow)
        if self.cut == "answer":
            server.transport.abort()
        return "250 taken"


@contextmanager
def a_post_office(context: ssl.SSLContext | None = None, password: str = "", **settings: Any) -> Iterator[PostOffice]:  # noqa: ANN401
    """Run a server: with STARTTLS where a context is given, and a login where a password is."""
    one = PostOffice(port=free_port())
    if context is not None:
        settings |= {"tls_context": context, "require_starttls": True}
    if password:

        def is_known(_server: Any, _session: Any, _envelope: Any, _way: str, said: Any) -> AuthResult:  # noqa: ANN401
            return AuthResult(success=said.password == password.encode(), handled=False)

        settings |= {"authenticator": is_known, "auth_required": True, "auth_require_tls": context is not None}
    controller = Controller(one, hostname="127.0.0.1", port=one.port, **settings)
    controller.start()
    try:
        yield one
    finally:
        controller.stop()
