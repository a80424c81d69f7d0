"""How requests travel: timeouts always, short retries, nothing slept on another's word."""

import time
from typing import IO, Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.util.retry import Retry

from papers.errors import Unavailable
from papers.openreview.answers import Answer, BrokenOff

CONNECT_SECONDS = 5
READ_SECONDS = 60
WHOLE_ANSWER_FACTOR = 5
CHUNK = 1 << 20
SLOWEST = 50_000  # bytes in a second


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


def receive_answer(response: Response, *, read_seconds: float = READ_SECONDS) -> Answer:
    """Return the whole answer of a request sent with `stream=True`.

    The timeout of a socket begins anew with every byte, so an answer that only trickles in is given up
    after five times what one silence may last.
    """
    deadline = time.monotonic() + WHOLE_ANSWER_FACTOR * read_seconds
    chunks = []
    try:
        with response:
            while chunk := response.raw.read1(CHUNK, decode_content=True):
                chunks.append(chunk)
                if time.monotonic() > deadline:
                    raise Unavailable("OpenReview's answer came too slowly; try again later.")
    except ReadTimeoutError as error:
        raise Unavailable("OpenReview fell silent in the middle of an answer; try again later.") from error
    except HTTPError as error:
        raise BrokenOff from error
    return Answer(response.status_code, response.headers, b"".join(chunks))


def save_answer(response: Response, target: IO[bytes], *, read_seconds: float = READ_SECONDS, most_bytes: int) -> int:
    """Write the body of a request sent with `stream=True` into `target` as it comes; return how many bytes came.

    Gives up on a trickle as `receive_answer` does, with more time for more bytes, and on more than `most_bytes`.
    """
    begun, size = time.monotonic(), 0
    try:
        with response:
            while chunk := response.raw.read1(CHUNK, decode_content=True):
                size += target.write(chunk)
                if size > most_bytes:
                    raise Unavailable(f"OpenReview sent more than {most_bytes // CHUNK} MB at once; nothing of it was kept.")
                if time.monotonic() > begun + WHOLE_ANSWER_FACTOR * read_seconds + size / SLOWEST:
                    raise Unavailable("OpenReview's files came too slowly; try again later.")
    except ReadTimeoutError as error:
        raise Unavailable("OpenReview fell silent in the middle of a file; try again later.") from error
    except HTTPError as error:
        raise BrokenOff from error
    return size


def count_sendings(response: Response) -> int:
    """Return how many requests were sent for this response, retries counted."""
    retries = getattr(response.raw, "retries", None)
    return 1 + len(getattr(retries, "history", ()))
