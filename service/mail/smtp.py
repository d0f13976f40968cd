"""How is one mail given to a server over SMTP, and what did it say?

Only what a server says of this very mail is a refusal. Of all else (no connection, no certificate, no login) the
mail is not to blame: it is tried again. After its last line the server has ten minutes to answer, as RFC 5321,
4.5.3.2.6 asks: who gives up earlier and tries again sends twice what was taken.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from service.core.crashpoints import reach
from service.core.smtp_address import SmtpServer

SECONDS, LAST_SECONDS = 60.0, 600.0
"""How long an answer may take; and the last one, which says that the mail was taken."""

WHOLE_SECONDS = 900.0
LONGEST_ANSWER = 500
GO_ON = 354
LATER, FOR_GOOD = 400, 500
DOT = re.compile(rb"^\.", re.MULTILINE)


class Sent(NamedTuple):
    """What came of it, and what the server said; `unsure` where it may have taken the mail all the same."""

    state: Literal["sent", "refused", "later"]
    answer: str
    unsure: bool = False


class Patience(NamedTuple):
    """Seconds for an answer, and for the last one."""

    each: float = SECONDS
    last: float = LAST_SECONDS


USUAL = Patience()


class _TroubleError(Exception):
    """The server wants nothing from us now; the mail is not to blame."""


def send(  # noqa: PLR0913 - what is sent, by whom, to whom, and how carefully
    server: SmtpServer,
    by: str,
    to: str,
    content: bytes,
    is_ours: Callable[[], bool],
    *,
    patience: Patience = USUAL,
    context: ssl.SSLContext | None = None,
) -> Sent:
    """Give a mail to a server; `is_ours` is asked at the last moment at which nothing was sent yet.

    Whatever goes wrong is in what comes back.
    """
    try:
        line = _connected(server, by, patience, context)
    except (smtplib.SMTPException, OSError, _TroubleError) as error:
        return Sent("later", _told(error))
    with _closing(line):
        try:
            refused = _addressed(line, by, to)
        except (smtplib.SMTPException, OSError, _TroubleError) as error:
            return Sent("later", _told(error))
        if refused is not None:
            return refused
        reach("mail.greeted")
        if not is_ours():
            return Sent("later", "Een ander proces nam deze mail over.")
        return _given(line, content, patience)


def _connected(server: SmtpServer, by: str, patience: Patience, context: ssl.SSLContext | None) -> smtplib.SMTP:
    """Connect, encrypt and log in; raises SMTPException, OSError or _TroubleError."""
    secure = None
    if server.tls or server.starttls:  # the authorities that are trusted take 40 ms to read
        secure = context or ssl.create_default_context()
    name = by.rpartition("@")[2]
    if server.tls:
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=name, timeout=patience.each, context=secure
        )
    else:
        line = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=patience.each)
    try:
        if server.starttls:
            line.starttls(context=secure)
        line.ehlo_or_helo_if_needed()
        if server.user:
            line.login(server.user, server.password)
    except BaseException:
        line.close()
        raise
    return line


def _addressed(line: smtplib.SMTP, by: str, to: str) -> Sent | None:
    """Say from whom and to whom; gives the refusal of this address, if it is one."""
    code, said = line.mail(by)
    if code >= LATER:
        raise _TroubleError(_answer(code, said))
    code, said = line.rcpt(to)
    if code >= FOR_GOOD:
        return Sent("refused", _answer(code, said))
    if code >= LATER:
        raise _TroubleError(_answer(code, said))
    return None


def _given(line: smtplib.SMTP, content: bytes, patience: Patience) -> Sent:
    """Send what is to be sent, and hear whether it was taken."""
    try:
        code, said = line.docmd("DATA")
        if code != GO_ON:
            return _judged(code, said)
        line.send(DOT.sub(b"..", content) + b".\r\n")
    except (smtplib.SMTPException, OSError) as error:
        return Sent("later", _told(error))  # without its last line no server takes a mail
    reach("mail.said")
    try:
        if line.sock is not None:
            line.sock.settimeout(patience.last)
        code, said = line.getreply()
    except (smtplib.SMTPException, OSError) as error:
        return Sent("later", _told(error), unsure=True)
    reach("mail.answered")
    return _judged(code, said)


def _judged(code: int, said: bytes) -> Sent:
    if code < LATER:
        return Sent("sent", _answer(code, said))
    return Sent("refused" if code >= FOR_GOOD else "later", _answer(code, said))


@contextlib.contextmanager
def _closing(line: smtplib.SMTP) -> Iterator[None]:
    """End a connection whatever happens, and cut one that goes on without end."""

    def cut() -> None:
        with contextlib.suppress(OSError, AttributeError):
            socket.socket.shutdown(line.sock, socket.SHUT_RDWR)  # type: ignore[arg-type]

    timer = threading.Timer(WHOLE_SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with contextlib.suppress(smtplib.SMTPException, OSError):
            if line.sock is not None:
                line.sock.settimeout(1.0)
            line.quit()
        line.close()


def _told(error: Exception) -> str:
    """Say what went wrong, in the server's words where it used any."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _answer(error.smtp_code, said if isinstance(said, bytes) else str(said).encode())
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "De mailserver biedt niet aan wat nodig is (STARTTLS of aanmelden)."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"Het certificaat van de mailserver klopt niet: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return "De mailserver antwoordt niet op tijd."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "De verbinding met de mailserver brak af."
    return _short(str(error)) if isinstance(error, _TroubleError) else f"Geen verbinding met de mailserver: {error}"


def _answer(code: int, said: bytes) -> str:
    return _short(f"{code} {said.decode('utf-8', 'replace')}" if code > 0 else said.decode("utf-8", "replace"))


def _short(text: str) -> str:
    """Put on one line, not too long, what a server said."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:LONGEST_ANSWER]
