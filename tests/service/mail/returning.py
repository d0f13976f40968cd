"""What do mail servers send back? Reports of several shapes, made for a test."""

from __future__ import annotations


def a_report(  # noqa: PLR0913 - what differs between servers
    to: str = "an@school.example",
    *,
    key: str = "mail_1",
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "smtp; 550 5.1.1 User unknown",
    whole: bool = True,
) -> bytes:
    """Write a report on a mail of ours (`key`, empty for one that does not tell which); with it whole, or its headers.

    A report of several addresses has them with a comma between.
    """
    about = f"Message-ID: <{key}@voorbeeld.be>\r\n" if key else ""
    original = f"From: in2stem@voorbeeld.be\r\nTo: {to}\r\n{about}Subject: Uw match\r\n\r\n"
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    blocks = "".join(
        f"\r\nFinal-Recipient: rfc822; {one}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: {said}\r\n"
        for one in to.split(",")
    )
    return (
        "From: MAILER-DAEMON@mail.example\r\nTo: in2stem@voorbeeld.be\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="grens"\r\n\r\n'
        "--grens\r\nContent-Type: text/plain\r\n\r\nYour mail did not arrive.\r\n"
        "--grens\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n"
        f"{blocks}\r\n--grens\r\nContent-Type: {kind}\r\n\r\n{original}{'Beste An' if whole else ''}\r\n--grens--\r\n"
    ).encode()
