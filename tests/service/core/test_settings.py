"""Are variables read as they are meant, and refused by their name where they mean nothing?"""

from __future__ import annotations

import pytest

from matcher import InvalidValueError
from service.core.settings import Settings, settings_from


def test_address_of_six_groups_is_told_with_brackets() -> None:
    assert Settings(host="::1", port=80).url == "http://[::1]:80"


def test_empty_variable_means_what_goes_without_it() -> None:
    names = ("FOLDER", "HOST", "PORT", "METRICS_PORT", "URL", "PROXY", "PRIVATE_WEBHOOKS", "REQUESTS_A_MINUTE")
    assert settings_from({f"IN2STEM_{name}": " " for name in names}) == Settings()


def test_variables_are_read_as_they_are_meant() -> None:
    given = {
        "IN2STEM_URL": "HTTPS://In2stem.Voorbeeld.be/",
        "IN2STEM_PROXY": "127.0.0.1, 10.0.0.0/8,::1",
        "IN2STEM_PRIVATE_WEBHOOKS": "Ja",
        "IN2STEM_PORT": "0",
        "IN2STEM_WEBHOOK_HOSTS": "Haak.Voorbeeld.be, *.voorbeeld.org",
    }
    found = settings_from(given)
    assert found.webhook_hosts == ("haak.voorbeeld.be", "*.voorbeeld.org")
    assert (found.url, found.port) == ("https://in2stem.voorbeeld.be", 0)
    assert (found.trusted_proxies, found.allow_private_webhooks) == (given["IN2STEM_PROXY"], True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "in2stem.voorbeeld.be"),
        ("URL", "https://"),
        ("URL", "ftp://in2stem.voorbeeld.be"),
        ("URL", "https://in2stem.voorbeeld.be:poort"),
        ("URL", "https://[::1"),
        ("URL", "https://iemand@in2stem.voorbeeld.be"),
        ("PROXY", "onzin"),
        ("PROXY", "127.0.0.1,"),
        ("PROXY", "10.0.0.1/8"),
        ("PRIVATE_WEBHOOKS", "aan"),
        ("REQUESTS_A_MINUTE", "0"),
        ("LOGINS_A_MINUTE", "0"),
        ("LOGINS_A_MINUTE", "veel"),
        ("WEBHOOK_HOSTS", "https://voorbeeld.be"),
        ("WEBHOOK_HOSTS", "voorbeeld.be,"),
        ("WEBHOOK_HOSTS", "*"),
        ("PLAIN_DATABASE", "aan"),
        ("PORT", "9" * 5000),
        ("METRICS_PORT", "65536"),
    ],
)
def test_variable_that_means_nothing_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(InvalidValueError, match=f"IN2STEM_{name} is «.*; hier ho") as refused:
        settings_from({f"IN2STEM_{name}": value})
    assert len(str(refused.value)) < 200
