"""Signing in: passwords, second factors, tokens that expire, impersonation."""

import base64
import hashlib
import hmac
import json
import struct
import time
from typing import Any

from standin.access import ANONYMOUS, Viewer, gather_groups
from standin.answers import ApiError, Json, forbid, reject
from standin.store import Store

DEFAULT_LIFE = 3_600
LONGEST_LIFE = 604_800
KEY = b"loopback stand-in, nothing secret is signed with this"


class Sessions:
    """Issues and reads the stand-in's JWT-shaped tokens; the store says who exists."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.issued = 0
        self.revoked: set[str] = set()
        self.pending: dict[str, tuple[str, int]] = {}

    def sign_in(self, body: Json) -> Json:
        account = self.store.accounts.get(str(body.get("id") or "").lower())
        if account is None or account["password"] != body.get("password"):
            raise reject("Invalid username or password", "LoginError")
        life = read_life(body.get("expiresIn"))
        mfa = account.get("mfa")
        if not mfa:
            return self.issue(account, life)
        pending = encode_token({"mfaPending": True, "n": self.count()})
        self.pending[pending] = (account["username"], life)
        preferred = mfa.get("preferred", mfa["methods"][0])
        return {
            "mfaPending": True,
            "mfaPendingToken": pending,
            "mfaMethods": list(mfa["methods"]),
            "preferredMethod": preferred,
        }

    def challenge(self, body: Json) -> Json:
        username, _ = self.find_pending(body)
        check_method(self.store.accounts[username]["mfa"], str(body.get("method")))
        return {"status": "ok", "method": body["method"]}

    def verify(self, body: Json) -> Json:
        username, life = self.find_pending(body)
        account = self.store.accounts[username]
        mfa, method = account["mfa"], str(body.get("method"))
        check_method(mfa, method)
        codes = {str(mfa.get("codes", {}).get(method))}
        if method == "totp" and mfa.get("totp_secret"):
            codes = {make_totp(mfa["totp_secret"], time.time() + shift) for shift in (-30, 0, 30)}
        if str(body.get("code")) not in codes:
            raise reject("Invalid verification code", "MfaError")
        del self.pending[body["mfaPendingToken"]]
        return self.issue(account, life)

    def find_pending(self, body: Json) -> tuple[str, int]:
        found = self.pending.get(str(body.get("mfaPendingToken")))
        if found is None:
            raise ApiError(401, "MfaError", "The verification has expired, please sign in again")
        return found

    def issue(self, account: Json, life: int) -> Json:
        profile = self.store.profiles.get(account["profile"], {"id": account["profile"]})
        names = profile.get("content", {}).get("names") or [{}]
        user = {
            "id": account["username"],
            "profile": {"id": profile["id"], "fullname": names[0].get("fullname", "")},
        }
        return {"token": self.make_token({"user": user}, life), "user": user}

    def impersonate(self, viewer: Viewer, body: Json) -> Json:
        """Answer like a sign-in as the group, for its members and impersonators only."""
        group = self.store.groups.get(str(body.get("groupId")))
        if group is None:
            raise reject(f"The Group {body.get('groupId')} was not found", "NotFoundError")
        allowed = group.get("impersonators") or []
        if not viewer.acts_as(group["id"]) and viewer.groups.isdisjoint(allowed):
            raise forbid(f"{viewer.id} is not allowed to impersonate {group['id']}")
        user = {"id": group["id"], "profile": {"id": group["id"]}}
        token = self.make_token({"user": user, "impersonated": group["id"]}, DEFAULT_LIFE)
        return {"token": token, "user": user}

    def make_token(self, claims: Json, life: int) -> str:
        now = int(time.time())
        return encode_token({**claims, "iat": now, "exp": now + life, "jti": f"standin-{self.count()}"})

    def count(self) -> int:
        self.issued += 1
        return self.issued

    def revoke(self, token: str) -> None:
        self.revoked.add(token)

    def identify(self, token: str | None, memberships: dict[str, list[str]]) -> Viewer:
        """Return whoever carries the token; an expired or revoked one is 401 TokenExpiredError."""
        if token is None:
            return ANONYMOUS
        claims = decode_token(token)
        if token in self.revoked or claims["exp"] <= time.time():
            raise ApiError(401, "TokenExpiredError", "Token has expired, please sign in again")
        user = claims["user"]
        if claims.get("impersonated"):
            group = claims["impersonated"]
            return Viewer(group, None, gather_groups(["everyone", "~", group], memberships), impersonated=group)
        account = self.store.accounts.get(user["id"], {})
        profile = self.store.profiles.get(user["profile"]["id"], {"content": {}})
        usernames = [name["username"] for name in profile["content"].get("names", []) if name.get("username")]
        seeds = ["everyone", "~", user["id"], user["profile"]["id"], *usernames]
        seeds += [*profile["content"].get("emails", []), *account.get("groups", [])]
        return Viewer(user["profile"]["id"], user["id"], gather_groups(seeds, memberships))


def read_life(raw: Any) -> int:
    """Return the life of a token in seconds; at most a week."""
    if raw is None:
        return DEFAULT_LIFE
    if not isinstance(raw, int) or not 0 < raw <= LONGEST_LIFE:
        raise reject(f"expiresIn must be <= {LONGEST_LIFE}", path="expiresIn", value=raw)
    return raw


def check_method(mfa: Json, method: str) -> None:
    """Refuse a second factor that the account does not have."""
    if method not in mfa["methods"]:
        raise reject(f"The method {method} is not set up", "MfaError")


def encode_token(claims: Json) -> str:
    """Return the claims as a signed JWT."""
    head = encode_part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    body = encode_part(json.dumps(claims, sort_keys=True).encode())
    return f"{head}.{body}.{sign(f'{head}.{body}')}"


def decode_token(token: str) -> Json:
    """Return the claims of a token that was signed here."""
    signed, _, signature = token.rpartition(".")
    if not signed or not hmac.compare_digest(sign(signed).encode(), signature.encode()):
        raise ApiError(401, "TokenError", "Invalid token")
    claims: Json = json.loads(base64.urlsafe_b64decode(signed.split(".")[1] + "=="))
    return claims


def encode_part(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sign(text: str) -> str:
    """Return the HS256 signature of the text."""
    return encode_part(hmac.new(KEY, text.encode(), hashlib.sha256).digest())


def make_totp(secret: str, instant: float) -> str:
    """Return the six digits of RFC 6238 for a base32 secret at `instant` seconds."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    digest = hmac.new(key, struct.pack(">Q", int(instant) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
