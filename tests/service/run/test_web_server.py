"""Does the example of a web server keep the times and sizes of the service, and speak no old TLS?"""

from __future__ import annotations

import re

from service.core.settings import Settings
from service.run.running import IDLE_SECONDS
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
