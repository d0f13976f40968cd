"""Is it read in what a mail server sends back which address failed, why, and about which mail?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.mail.delivery_report import LONGEST, MOST_RECIPIENTS, Returned, read_report
from tests.service.mail.returning import a_report

FAILED = Returned(address="an@school.example", failed=True, reason="5.1.1 550 5.1.1 User unknown", mail="mail_1")


@pytest.mark.parametrize("whole", [True, False])
def test_report_tells_address_reason_and_mail(*, whole: bool) -> None:
    assert read_report(a_report(whole=whole)) == (FAILED,)


def test_report_without_the_message_tells_no_mail() -> None:
    (one,) = read_report(a_report(key=""))
    assert (one.address, one.mail) == ("an@school.example", "")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_did_not_fail_is_told_so(action: str) -> None:
    assert [one.failed for one in read_report(a_report(action=action))] == [False]


def test_each_address_is_told_once() -> None:
    found = read_report(a_report("an@school.example,bo@school.example,an@school.example"))
    assert [one.address for one in found] == ["an@school.example", "bo@school.example"]


def test_address_that_was_written_to_goes_before_where_it_was_forwarded() -> None:
    told = a_report().replace(b"Final-Recipient:", b"Original-Recipient: rfc822; <an@oud.example>\r\nFinal-Recipient:")
    assert [one.address for one in read_report(told)] == ["an@oud.example"]


def test_long_and_strange_words_are_cut_and_plain() -> None:
    (one,) = read_report(a_report(said="smtp; 550 \x07" + "a" * 1000))
    assert len(one.reason) <= LONGEST
    assert "\x07" not in one.reason
    many = read_report(a_report(",".join(f"an{number}@school.example" for number in range(200))))
    assert len(many) <= MOST_RECIPIENTS


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff",
        b"Subject: hallo\r\n\r\nIk ben afwezig tot maandag.",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n",
        b"Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        a_report().replace(b"Action: failed\r\n", b""),
        a_report().replace(b"Final-Recipient: rfc822; an@school.example\r\n", b""),
    ],
)
def test_what_is_no_report_tells_nothing(content: bytes) -> None:
    assert read_report(content) == ()


@given(st.binary(max_size=200), st.integers(0, len(a_report())))
def test_nothing_that_is_handed_in_breaks_the_reading(noise: bytes, place: int) -> None:
    whole = a_report()
    for one in read_report(whole[:place] + noise + whole[place:]):
        assert one.address
