"""Is something sent only where it may go, to the address that was checked, and does it end?"""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest

from service.webhooks.addresses import is_public, url_fault
from service.webhooks.outbound import MOST_ANSWER, RefusedError, Sent, Way, checked, post
from tests.certificates import a_certificate
from tests.service.webhooks.receiver import a_receiver

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from pathlib import Path

NAME = "haken.example"

CLOSED = (
    *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104 - looked at, nothing listens
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
    *("::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:db8::1"),
)
OPEN = ("1.1.1.1", "193.190.198.1", "2606:4700:4700::1111", "2a00:1450:400e::1", "64:ff9b::101:101")


@pytest.mark.parametrize("text", CLOSED)
def test_address_of_a_closed_network_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))
    with pytest.raises(RefusedError):
        checked([way("1.1.1.1"), way(text)], allow_private=False)


@pytest.mark.parametrize("text", OPEN)
def test_address_of_the_internet_is_public(text: str) -> None:
    assert is_public(ip_address(text))
    assert checked([way(text)], allow_private=False) == [way(text)]


@pytest.mark.parametrize(
    "url",
    [
        *("http://voorbeeld.be/", "ftp://voorbeeld.be/", "https://", "https:///pad", "https://voorbeeld.be:0/", "haak"),
        *("https://an:geheim@voorbeeld.be/", "https://voorbeeld.be/#hier", "https://voorbeeld.be/a b", "https://é.be/"),
        *("https://voorbeeld.be:99999/", "https://[::1]/", "https://127.0.0.1/", "https://[fe80::1%25eth0]/"),
        *("https://voorbeeld.be\r\nX: 1/", "https://voorbeeld.be\\@10.0.0.1/", "https://[::ffff:10.0.0.1]/"),
    ],
)
def test_address_where_nothing_may_go_is_refused_before_anything_is_sent(url: str) -> None:
    assert url_fault(url, allow_private=False) is not None
    assert post(url, {}, b"", allow_private=False, resolve=never) == Sent(None, "refused_address")


def test_address_that_may_be_sent_to_has_no_fault() -> None:
    assert url_fault("https://voorbeeld.be:8443/haak?x=1", allow_private=False) is None
    assert url_fault("http://127.0.0.1:8000/", allow_private=True) is None


HOSTS = ("haak.voorbeeld.be", "*.voorbeeld.org")


@pytest.mark.parametrize(
    "host", ["HAAK.voorbeeld.be", "a.voorbeeld.org:8443", "a.b.voorbeeld.org", "haak.voorbeeld.be:443"]
)
def test_host_on_the_operators_list_may_be_sent_to(host: str) -> None:
    assert url_fault(f"https://{host}/x", allow_private=False, hosts=HOSTS) is None


@pytest.mark.parametrize(
    "host", ["voorbeeld.be", "x.haak.voorbeeld.be", "voorbeeld.org", "a-voorbeeld.org", "1.1.1.1", "haak.voorbeeld.be."]
)
def test_host_beside_the_operators_list_is_refused_when_set_and_when_sent(host: str) -> None:
    told = url_fault(f"https://{host}/x", allow_private=False, hosts=HOSTS)
    assert told is not None
    assert "IN2STEM_WEBHOOK_HOSTS" in told
    sent = post(f"https://{host}/x", {}, b"", allow_private=False, hosts=HOSTS, resolve=never)
    assert sent == Sent(None, "refused_address")


def way(text: str, port: int = 443) -> Way:
    """Make an address as the system gives it."""
    return Way(socket.AF_INET6 if ":" in text else socket.AF_INET, (text, port))


def never(host: str, _port: int) -> list[Way]:
    """Fail where a name is looked up that should not be."""
    raise AssertionError(host)


def test_name_that_leads_inside_is_refused_and_nothing_arrives() -> None:
    with a_receiver() as receiver:
        url = f"https://{NAME}:{receiver.port}/"
        sent = post(url, {}, b"", allow_private=False, resolve=lambda _host, port: [way("127.0.0.1", port)])
        assert (sent, receiver.got) == (Sent(None, "refused_address"), [])


def test_name_is_looked_up_once_and_the_checked_address_is_used() -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[Way]:
        asked.append(host)
        return [way("127.0.0.1", port)]  # a second look would be led elsewhere, and nothing else knows this name

    with a_receiver() as receiver:
        url = f"http://{NAME}:{receiver.port}/haak?x=1"
        assert post(url, {"X-A": "b"}, b"{}", allow_private=True, resolve=resolve) == Sent(204)
        path, headers, body = receiver.got[0]
    assert (asked, path, body) == ([NAME], "/haak?x=1", b"{}")
    assert (headers["host"], headers["x-a"], headers["connection"]) == (f"{NAME}:{receiver.port}", "b", "close")


def test_redirect_is_an_answer_and_is_not_followed() -> None:
    with a_receiver() as other, a_receiver() as receiver:
        receiver.status, receiver.headers = 307, {"Location": other.url}
        assert post(receiver.url, {}, b"", allow_private=True) == Sent(307)
        assert (len(receiver.got), other.got) == (1, [])


def test_endless_answer_is_not_read_to_its_end() -> None:
    with a_receiver() as receiver:
        receiver.body = b"x" * (MOST_ANSWER * 50)
        assert post(receiver.url, {}, b"", allow_private=True) == Sent(204)


@contextmanager
def a_dripper(text: bytes) -> Iterator[int]:
    """Answer with the same bytes again and again, a little at a time, until the other hangs up."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line:
                try:
                    while not ended.wait(0.02):
                        line.sendall(text)
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        yield server.getsockname()[1]
        ended.set()
        thread.join()


@pytest.mark.parametrize("text", [b"H", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_answer_that_drips_is_cut_at_the_end(text: bytes) -> None:
    with a_dripper(text) as port:
        sent = post(f"http://127.0.0.1:{port}/", {}, b"", allow_private=True, seconds=0.3)
    assert sent == Sent(None, "too_slow")


def test_nobody_at_home_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert post(f"http://127.0.0.1:{port}/", {}, b"", allow_private=True) == Sent(None, "ConnectionRefusedError")


def test_certificate_must_be_of_the_name_also_where_the_address_is_chosen(tmp_path: Path) -> None:
    serving, trusting = a_certificate(tmp_path, NAME)
    with a_receiver(serving) as receiver:

        def send(host: str, context: ssl.SSLContext | None) -> Sent:
            url = f"https://{host}:{receiver.port}/"
            here = [way("127.0.0.1", receiver.port)]
            return post(url, {}, b"{}", allow_private=True, resolve=lambda _host, _port: here, context=context)

        assert send(NAME, trusting) == Sent(204)
        assert send("anders.example", trusting) == Sent(None, "no_secure_connection")
        assert send(NAME, None) == Sent(None, "no_secure_connection")
        assert len(receiver.got) == 1
