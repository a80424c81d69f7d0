"""How requests travel: timeouts always, short retries, nothing slept on another's word."""

from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

CONNECT_SECONDS = 5
READ_SECONDS = 60


class BoundedAdapter(HTTPAdapter):
    """Gives every request a timeout; retries reads twice on connection and gateway failures, a 429 never.

    The client itself sets no timeout, and sleeps for as long as `Retry-After` says (openreview-py 2.9.1).
    """

    def __init__(self, *, read_seconds: float = READ_SECONDS) -> None:
        self.read_seconds = read_seconds
        retry = Retry(
            total=2,
            backoff_factor=0.3,
            status_forcelist=[502, 503, 504],
            allowed_methods=frozenset({"GET"}),
            raise_on_status=False,
            respect_retry_after_header=False,
        )
        super().__init__(max_retries=retry, pool_maxsize=4)

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Send with a timeout unless the caller set one."""
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = (CONNECT_SECONDS, self.read_seconds)
        return super().send(request, *args, **kwargs)
