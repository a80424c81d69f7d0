"""A loopback OpenID provider shaped like OpenReview's: code with PKCE (S256), RS256, `sub` is the tilde id."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "syntagen-test"


class OidcProvider(ThreadingHTTPServer):
    """Signs in whoever `person` says, without asking."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.person: dict[str, Any] = {}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.challenges: dict[str, str] = {}
        self.is_broken = False
        self.token_requests: list[dict[str, str]] = []

    def sign_id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **self.person}
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})

    def accept_code(self, form: dict[str, str]) -> bool:
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return self.challenges.pop(form.get("code", ""), "") == challenge and form.get("client_id") == CLIENT_ID


class _Handler(BaseHTTPRequestHandler):
    server: OidcProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            return self._authorize(dict(parse_qsl(parts.query)))
        if parts.path == "/userinfo" and self.headers.get("Authorization") != "Bearer access-1":
            return self._answer({"error": "invalid_token"}, status=401)
        pages = {"/.well-known/openid-configuration": self._discovery, "/userinfo": lambda: self.server.person, "/jwks": self._keys}
        return self._answer(pages[parts.path]())

    def do_POST(self) -> None:
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.server.token_requests.append(form)
        if self.server.is_broken:
            return self._answer({}, status=500)
        if not self.server.accept_code(form):
            return self._answer({"error": "invalid_grant"}, status=400)
        return self._answer({"access_token": "access-1", "token_type": "Bearer", "id_token": self.server.sign_id_token()})

    def _authorize(self, query: dict[str, str]) -> None:
        assert query["code_challenge_method"] == "S256"
        assert sorted(query["scope"].split()) == ["email", "openid", "profile"]
        code = f"code{len(self.server.challenges) + 1}"
        self.server.challenges[code] = query["code_challenge"]
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")
        self.end_headers()

    def _discovery(self) -> dict[str, Any]:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo", "jwks_uri": "jwks"}
        found = {name: f"{self.server.url}/{path}" for name, path in names.items()}
        return {"issuer": self.server.url, "token_endpoint_auth_methods_supported": ["none"], **found}

    def _keys(self) -> dict[str, Any]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.server.key.public_key()))
        return {"keys": [{**key, "kid": "1", "use": "sig", "alg": "RS256"}]}

    def _answer(self, document: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def run_oidc_provider() -> Iterator[OidcProvider]:
    provider = OidcProvider()
    threading.Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
