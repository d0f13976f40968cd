"""Is the server that takes mail read as it was meant, and is what would send a password in the clear refused?"""

from __future__ import annotations

import pytest

from matcher import InvalidValueError
from service.core.settings import settings_from
from service.core.smtp_address import SmtpServer, is_mailable, sender, smtp_server

FROM = "IN2STEM <in2stem@voorbeeld.be>"


@pytest.mark.parametrize(
    ("given", "server"),
    [
        ("smtp://mail.voorbeeld.be", SmtpServer(host="mail.voorbeeld.be", port=587, tls=False, starttls=True)),
        (
            "smtps://an%40voorbeeld.be:p%3Aw@mail.voorbeeld.be",
            SmtpServer(
                host="mail.voorbeeld.be",
                port=465,
                tls=True,
                starttls=False,
                user="an@voorbeeld.be",
                password="p:w",  # noqa: S106 - as told above
            ),
        ),
        ("smtp://10.0.0.5:25?starttls=nee", SmtpServer(host="10.0.0.5", port=25, tls=False, starttls=False)),
        (
            "smtp://u:p@localhost:25/?starttls=nee",
            SmtpServer(host="localhost", port=25, tls=False, starttls=False, user="u", password="p"),  # noqa: S106
        ),
    ],
)
def test_address_is_read_as_it_is_meant(given: str, server: SmtpServer) -> None:
    assert smtp_server(given) == server
    assert settings_from({"IN2STEM_SMTP_URL": given, "IN2STEM_MAIL_FROM": FROM}).smtp == server


@pytest.mark.parametrize(
    "given",
    [
        "mail.voorbeeld.be",
        "http://mail.voorbeeld.be",
        "smtp://",
        "smtp://mail.voorbeeld.be:poort",
        "smtp://mail.voorbeeld.be:0",
        "smtp://mail.voorbeeld.be/pad",
        "smtp://mail.voorbeeld.be?starttls=soms",
        "smtp://mail.voorbeeld.be?tls",
        "smtp://an:geheim@mail.voorbeeld.be?starttls=nee",
        "smtp://[::1",
    ],
)
def test_address_that_means_nothing_is_refused_without_repeating_it(given: str) -> None:
    with pytest.raises(InvalidValueError, match="IN2STEM_SMTP_URL klopt niet: ") as refused:
        settings_from({"IN2STEM_SMTP_URL": given, "IN2STEM_MAIL_FROM": FROM})
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("given", ["", "IN2STEM", "a@b", "An <an@voorbeeld.be>\r\nBcc: x@y.be", "an é@voorbeeld.be"])
def test_server_without_a_sender_is_refused(given: str) -> None:
    with pytest.raises(InvalidValueError, match="IN2STEM_MAIL_FROM"):
        settings_from({"IN2STEM_SMTP_URL": "smtps://mail.voorbeeld.be", "IN2STEM_MAIL_FROM": given})


def test_no_server_is_no_fault() -> None:
    assert not settings_from({}).can_mail
    assert sender(FROM).domain == "voorbeeld.be"


@pytest.mark.parametrize(
    "given", ["an@x.be,bo@x.be", "an@x.be\nBcc: y", "<an@x.be>", "an", "", "zoë@x.be", "an@hé.be", "a" * 250 + "@x.be"]
)
def test_what_is_no_address_gets_no_mail(given: str) -> None:
    assert not is_mailable(given)
    assert is_mailable("an.peeters+x@school.example")
