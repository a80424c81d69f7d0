"""The wire: one connection for many calls, many callers at once, an end without waiting."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from openreview import OpenReviewException
from openreview.api import OpenReviewClient

from standin import Standin, Store, Venue
from tests.standin.conftest import VENUE, OpenClient


def test_connection_is_kept_alive(standin: Standin, client: OpenReviewClient) -> None:
    connection = http.client.HTTPConnection(urlsplit(standin.url).netloc)
    ports = set()
    for _ in range(3):
        connection.request("GET", f"/groups?id={VENUE}", headers=client.headers)
        reply = connection.getresponse()
        assert (reply.status, reply.version, len(reply.read())) == (200, 11, int(reply.headers["Content-Length"]))
        ports.add(connection.sock.getsockname()[1])
    assert len(ports) == 1
    connection.close()


def test_many_callers_get_whole_answers(standin: Standin, open_client: OpenClient) -> None:
    client = open_client()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: len(client.get_notes(domain=VENUE, details="replies")), range(40)))
    assert (found, standin.count_requests("/notes")) == ([9] * 40, 40)


def test_closing_does_not_wait_for_open_connections(store: Store, venue: Venue) -> None:
    with Standin(store) as standin:
        standin.faults.add("slow", path="/login", method="POST", seconds=30)
        connection = http.client.HTTPConnection(urlsplit(standin.url).netloc)
        connection.request("POST", "/login", body="{}", headers={"Content-Type": "application/json"})
        connection.getresponse()
        begun = time.monotonic()
    assert time.monotonic() - begun < 1
    connection.close()


def test_bug_is_told_at_once(standin: Standin, client: OpenReviewClient, capsys: pytest.CaptureFixture[str]) -> None:
    standin.store.notes["broken"] = {"id": "broken", "forum": "elsewhere"}
    with pytest.raises(OpenReviewException, match="StandinError"):
        client.get_notes(domain=VENUE, details="replies")
    assert "KeyError: 'tcdate'" in capsys.readouterr().err


@pytest.mark.parametrize(("body", "status"), [("{", 400), ("[]", 400), ("", 400)])
def test_bodies_that_are_no_objects_are_400(standin: Standin, body: str, status: int) -> None:
    connection = http.client.HTTPConnection(urlsplit(standin.url).netloc)
    connection.request("POST", "/login", body=body, headers={"Content-Type": "application/json"})
    assert connection.getresponse().status == status
    connection.close()
