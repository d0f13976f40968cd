"""How does a test have an OpenID provider? A small one on loopback that signs what the test says."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT, SECRET = "in2stem", "geheim"


@cache
def _usual_key() -> RSAKey:
    """Make a key once: that takes as long as all the rest of a login."""
    return RSAKey.generate_key(2048, {"kid": "a"})


@dataclass
class Provider:
    """What the provider says; `claims` are added to those of an honest token, `asked` is what it was asked last."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    key: RSAKey = field(default_factory=_usual_key)
    signs_with: Any = None
    asked: dict[str, str] = field(default_factory=dict)
    status: int = 200

    def log_in(self, address: str) -> dict[str, str]:
        """Be the person at the provider: take the address we were sent to, give what comes back."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return {"state": self.asked["state"], "code": "code-1"}

    def document(self, path: str) -> dict[str, Any]:
        """Answer a GET."""
        if path == "/jwks":
            return {"keys": [self.key.as_dict(private=False)]}
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/jwks"}
        return {"issuer": self.issuer} | {name: self.issuer + one for name, one in places.items()} | self.metadata

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Answer a POST for a token: only to our client, for our code, to who knows the verifier."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        honest = (form["code"], authorization, challenge.decode(), form["redirect_uri"])
        if honest != ("code-1", f"Basic {known}", self.asked["code_challenge"], self.asked["redirect_uri"]):
            return 400, {"error": "invalid_grant"}
        moment = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "an", "iat": moment, "exp": moment + 60}
        claims |= {"nonce": self.asked["nonce"], "email": "an@example.be", "email_verified": True} | self.claims
        told = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode({"alg": self.algorithm, "kid": "a"}, told, self.signs_with or self.key, [self.algorithm])
        return 200, {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": signed}


@contextmanager
def a_provider() -> Iterator[Provider]:
    """Serve a provider on loopback."""
    one = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(one.status, one.document(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(*one.token(form, self.headers.get("authorization", "")))

        def _answer(self, status: int, document: dict[str, Any]) -> None:
            content = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
