"""Is a mail given to a real server whole, refused only where the server refuses it, and never sent in the clear?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from service.core.smtp_address import Sender, SmtpServer
from service.mail.message import Letter, content_of
from service.mail.smtp import Patience, Sent, send
from tests.certificates import a_certificate
from tests.post_office import PostOffice, a_post_office
from tests.postgres import free_port

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

BY = Sender("IN2STEM Limburg", "in2stem@voorbeeld.be")
AN = Letter(
    "mail_1", "Zoë, de Ünige", "an@school.example", "Uw match – vást", "Beste Zoë\n\n.\n.. punt\nhttps://x/?a=b\n"
)
MOMENT = datetime(2026, 11, 29, 12, tzinfo=UTC)
QUICK = Patience(5.0, 5.0)


def given(  # noqa: PLR0913 - how
    office: PostOffice,
    letter: Letter = AN,
    *,
    ours: bool = True,
    starttls: bool = False,
    password: str = "",
    patience: Patience = QUICK,
    host: str = "127.0.0.1",
    context: ssl.SSLContext | None = None,
) -> Sent:
    user = "in2stem" if password else ""
    server = SmtpServer(host=host, port=office.port, tls=False, starttls=starttls, user=user, password=password)
    content = content_of(letter, BY, MOMENT)
    return send(server, BY.address, letter.address, content, lambda: ours, patience=patience, context=context)


def test_mail_arrives_as_it_was_written() -> None:
    with a_post_office() as office:
        assert given(office) == Sent("sent", "250 taken")
        (got,) = office.got
    assert office.addressed == [(BY.address, (AN.address,))]
    assert got.get_content().replace("\r\n", "\n") == AN.body
    assert (got["Subject"], got["Message-ID"]) == (AN.subject, "<mail_1@voorbeeld.be>")
    assert [one.display_name for one in got["To"].addresses] == [AN.name]
    assert got["Auto-Submitted"] == "auto-generated"


def test_invitation_travels_beside_the_text_with_its_method() -> None:
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    with a_post_office() as office:
        assert given(office, AN._replace(calendar=calendar, reply_to="els@voka.example")).state == "sent"
        (got,) = office.got
    assert got.get_content_type() == "multipart/alternative"
    text, invitation = got.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert (invitation.get_content_type(), invitation["content-type"].params["method"]) == ("text/calendar", "REQUEST")
    assert invitation.get_payload(decode=True) == calendar.encode()
    assert got["Reply-To"] == "els@voka.example"


def test_refusal_of_an_address_is_kept_in_the_servers_words() -> None:
    with a_post_office() as office:
        office.rcpt[AN.address] = "550 5.1.1 Onbekend\tadres"
        assert given(office) == Sent("refused", "550 5.1.1 Onbekend adres")
        office.rcpt[AN.address] = "451 4.7.1 Greylisted"
        assert given(office) == Sent("later", "451 4.7.1 Greylisted")
        office.rcpt.clear()
        office.data = "554 5.7.1 Spam"
        assert given(office) == Sent("refused", "554 5.7.1 Spam")
        office.data = "452 4.2.2 Vol"
        assert given(office) == Sent("later", "452 4.2.2 Vol")
        assert office.got == []


@pytest.mark.parametrize(("cut", "taken", "unsure"), [("rcpt", 0, False), ("data", 0, True), ("answer", 1, True)])
def test_line_that_is_cut_is_tried_again_and_doubted_from_the_last_word_on(cut: str, taken: int, unsure: bool) -> None:  # noqa: FBT001
    with a_post_office() as office:
        office.cut = cut
        found = given(office)
        assert (found.state, found.unsure, len(office.got)) == ("later", unsure, taken)
        assert found.answer == "De verbinding met de mailserver brak af."


def test_slow_server_is_waited_for_and_one_that_is_too_slow_is_doubted() -> None:
    with a_post_office() as office:
        office.slow = 0.6
        assert given(office, patience=Patience(0.3, 5.0)).state == "sent"
        found = given(office, patience=Patience(5.0, 0.2))
    assert (found.state, found.unsure) == ("later", True)


def test_mail_that_another_process_took_over_is_not_sent() -> None:
    with a_post_office() as office:
        assert given(office, ours=False).state == "later"
        assert office.got == []


def test_starttls_and_login_come_before_all_else(tmp_path: Path) -> None:
    serving, trusting = a_certificate(tmp_path, "localhost")
    with a_post_office(serving, password="geheim") as office:  # noqa: S106 - of this server
        way = {"host": "localhost", "context": trusting}
        assert given(office, starttls=True, password="geheim", **way).state == "sent"  # type: ignore[arg-type]  # noqa: S106
        assert office.secured == [True]
        wrong = given(office, starttls=True, password="fout", **way)  # type: ignore[arg-type]  # noqa: S106
        assert (wrong.state, wrong.answer[:3]) == ("later", "535")
        assert given(office, starttls=False).state == "later"
        assert len(office.got) == 1


def test_certificate_of_another_name_ends_it_before_anything_is_said(tmp_path: Path) -> None:
    serving, trusting = a_certificate(tmp_path, "elders.example")
    with a_post_office(serving) as office:
        found = given(office, starttls=True, host="localhost", context=trusting)
    assert found.state == "later"
    assert found.answer.startswith("Het certificaat van de mailserver klopt niet")
    assert office.addressed == []


def test_server_without_starttls_gets_no_mail_where_it_is_asked_for() -> None:
    with a_post_office() as office:
        found = given(office, starttls=True)
        assert (found.state, office.got) == ("later", [])
    assert "STARTTLS" in found.answer


def test_no_server_is_no_refusal() -> None:
    found = given(PostOffice(port=free_port()))
    assert found.state == "later"
    assert found.answer.startswith("Geen verbinding met de mailserver")


def test_mail_that_is_not_encrypted_reads_no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """The authorities that a machine trusts take 40 ms of a processor to read, for each mail."""
    monkeypatch.setattr("ssl.create_default_context", lambda: pytest.fail("read"))
    with a_post_office() as office:
        assert given(office) == Sent("sent", "250 taken")
