"""Sign-in providers from the environment: each is off until its client id is given."""

from typing import Any
from urllib.parse import urlsplit

from syntagen.environment import read_text

OPENREVIEW_URL = "https://api2.openreview.net"
COMMON_PROVIDERS: dict[str, tuple[str, dict[str, Any]]] = {
    "google": ("https://accounts.google.com", {"OAUTH_PKCE_ENABLED": True, "EMAIL_AUTHENTICATION": True}),
    "github": ("https://github.com", {"OAUTH_PKCE_ENABLED": True}),
    "orcid": ("https://orcid.org", {"VERIFIED_EMAIL": False}),
}


def read_providers() -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Return allauth's `SOCIALACCOUNT_PROVIDERS` and the origins to which signing in leads.

    OpenReview and Google vouch for the addresses they call verified: such an address signs in to the
    account that has verified the same one. GitHub has to be connected by hand; ORCID proves no address.
    """
    providers: dict[str, dict[str, Any]] = {}
    origins: list[str] = []
    for name, (origin, options) in COMMON_PROVIDERS.items():
        prefix = f"SYNTAGEN_{name.upper()}"
        client_id = read_text(f"{prefix}_CLIENT_ID")
        if client_id:
            providers[name] = {**options, "APPS": [{"client_id": client_id, "secret": read_text(f"{prefix}_CLIENT_SECRET")}]}
            origins.append(origin)
    client_id = read_text("SYNTAGEN_OPENREVIEW_CLIENT_ID")
    if client_id:
        url = read_text("SYNTAGEN_OPENREVIEW_OIDC_URL", OPENREVIEW_URL).rstrip("/")
        providers["openid_connect"] = {"APPS": [describe_openreview(client_id, url)]}
        origins += _find_openreview_origins(url)
    return providers, origins


def describe_openreview(client_id: str, url: str) -> dict[str, Any]:
    """Return allauth's app for OpenReview's OpenID Connect: a public client, so PKCE instead of a secret."""
    return {
        "provider_id": "openreview",
        "name": "OpenReview",
        "client_id": client_id,
        "secret": "",
        "settings": {"server_url": url, "oauth_pkce_enabled": True, "email_authentication": True},
    }


def _find_openreview_origins(url: str) -> list[str]:
    parts = urlsplit(url)
    own = f"{parts.scheme}://{parts.netloc}"
    return [own] if url != OPENREVIEW_URL else [own, "https://openreview.net"]
