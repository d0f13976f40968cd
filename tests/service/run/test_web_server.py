"""Does the example of a web server keep the times and sizes of the service, and speak no old TLS?"""

from __future__ import annotations

import re

from service.core.settings import Settings
from service.participants.own_route import own_router
from service.run.running import IDLE_SECONDS
from service.trajectory.applications.mails import CONFIRM_PAGE
from tests.service.run.running import ROOT

TEXT = (ROOT / "docs/beheer/nginx.conf").read_text(encoding="utf-8")


def said(name: str) -> str:
    """Give what a directive says, where it stands once."""
    (found,) = re.findall(rf"^ +{name} +(.+?);", TEXT, re.MULTILINE)
    return str(found)


def test_only_tls_12_and_13_with_forward_secrecy_and_authenticated_ciphers() -> None:
    assert said("ssl_protocols").split() == ["TLSv1.2", "TLSv1.3"]
    suites = said("ssl_ciphers").split(":")
    assert [
        one for one in suites if not re.fullmatch(r"ECDHE-(RSA|ECDSA)-(AES\d+-GCM-SHA\d+|CHACHA20-POLY1305)", one)
    ] == []
    strengths = [128 if "AES128" in one else 256 for one in suites]
    assert strengths == sorted(strengths, reverse=True)
    assert said("ssl_prefer_server_ciphers") == "on"


def test_plain_http_is_sent_on_and_nothing_else() -> None:
    plain, _, secure = TEXT.partition("listen 443")
    assert "proxy_pass" not in plain
    assert re.search(r"return 301 https://\S+\$request_uri;", plain)
    assert f"proxy_pass http://{Settings().host}:{Settings().port};" in secure


def test_sizes_and_times_are_those_of_the_service() -> None:
    assert int(said("client_max_body_size").removesuffix("m")) * 1_000_000 == Settings().most_body
    assert int(said("keepalive_timeout").removesuffix("s")) < IDLE_SECONDS
    for name in ("X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", "Host $host"):
        assert f"proxy_set_header {name};" in TEXT


def test_log_holds_no_address_that_opens_something() -> None:
    plain, _, secure = TEXT.partition("listen 443")
    assert re.findall(r"^ +access_log (\S+)", plain, re.MULTILINE) == ["off;"]
    assert re.findall(r"^ +access_log \S+ (\w+);", secure, re.MULTILINE) == ["zonder_geheim"]
    logged = TEXT.partition("log_format zonder_geheim")[2].partition(";")[0]
    assert re.findall(r"\$request\w*|\$http_referer|\$uri", logged) == ["$request_method"]
    rules = re.findall(r'^ +"~(\S+)" +"(\S+)";', TEXT, re.MULTILINE)

    def shown(address: str) -> str:
        for pattern, value in rules:
            found = re.search(pattern.replace("(?<", "(?P<"), address)
            if found:
                return found.expand(re.sub(r"\$(\w+)", r"\\g<\1>", value))
        return "-"

    assert shown("/cohorten/coh_1/plan?zoek=peeters") == "/cohorten/coh_1/plan"
    assert shown("/aanmelden/bevestigen?geheim=app_1.ff") == "/aanmelden/bevestigen"
    for place in (
        own_router().prefix.replace("{secret}", "SECRET"),
        CONFIRM_PAGE + "SECRET",
        "/v1/calendars/SECRET.ics",
    ):
        assert shown(place) == shown(place + "/meting?wie=SECRET") == f"{place.partition('/SECRET')[0]}/-"
