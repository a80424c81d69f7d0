"""Makes signed-in connections to OpenReview for an import."""

import os
from collections.abc import Callable

from django.conf import settings

from papers.errors import NotThere
from papers.openreview.client import Connection
from papers.openreview.sign_in import Credentials

Urls = dict[int, str]


def find_addresses(base_url: str = "", *, api: str = "auto") -> Urls:
    """Return the address of each API generation; an empty one where it is not known.

    `base_url` replaces the address of the generation that `api` names, v2 by default. OpenReview's two
    hosts are named alike; of another host only what is said is known.
    """
    urls = {2: settings.OPENREVIEW_BASE_URL, 1: settings.OPENREVIEW_BASE_URL_V1}
    if not base_url:
        return urls
    base_url = base_url.rstrip("/")
    if api == "1":
        return {1: base_url, 2: _pair(base_url, "//api.", "//api2.") or _tell("OPENREVIEW_API_BASEURL_V2")}
    return {2: base_url, 1: _pair(base_url, "//api2.", "//api.") or _tell("OPENREVIEW_API_BASEURL")}


def make_connector(urls: Urls, credentials: Credentials) -> Callable[[int], Connection]:
    """Return what makes a signed-in connection for an API generation; the session of the first serves the second.

    OpenReview signs in at the v2 host, and one token works on both.
    """
    made: dict[int, Connection] = {}

    def connect(generation: int) -> Connection:
        if generation not in made:
            if not urls[generation]:
                name = "OPENREVIEW_API_BASEURL" if generation == 1 else "OPENREVIEW_API_BASEURL_V2"
                raise NotThere(f"The venue lives on OpenReview's API v{generation}, whose address is not known; set {name} to it.")
            earlier = next(iter(made.values()), None)
            token = earlier.token if earlier else credentials.token
            known = Credentials(credentials.username, credentials.password, token, credentials.code)
            connection = Connection(urls[generation], generation=generation, credentials=known, sign_in_url=urls[2])
            connection.request_count = earlier.request_count if earlier else 0
            connection.sign_in()
            made[generation] = connection
        return made[generation]

    return connect


def _pair(base_url: str, known: str, wanted: str) -> str:
    is_theirs = known in base_url and base_url.endswith(".openreview.net")
    return base_url.replace(known, wanted, 1) if is_theirs else ""


def _tell(name: str) -> str:
    return os.environ.get(name, "")
