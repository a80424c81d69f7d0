"""The two HTTP servers of the stand-in and what happens on their wires."""

import json
import socket
import struct
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from standin.access import Viewer, can_read
from standin.answers import Answer, ApiError, Listing, dump_json, reject
from standin.calls import Call
from standin.control import answer_control
from standin.derived import Derived
from standin.faults import Fault, Faults, deform, find_fault, refuse_instead, spoil_listing, throttle
from standin.files import spoil_files
from standin.notes import DETAILS
from standin.queries import Query
from standin.routes import find_route, is_open
from standin.sessions import DEFAULT_LIFE, Sessions
from standin.store import Store

HOURLY = {"/notes": 500, "/groups": 700, "/attachment": 36, "/pdf": 36}
WIRE = ("reset", "truncate", "slow")


@dataclass
class Request:
    """One request as it came in, and the status it got."""

    host: str
    method: str
    path: str
    params: dict[str, str]
    account: str | None = None
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)


class Standin:
    """Serves a store on 127.0.0.1 as API v2 (`url`) and API v1 (`url_v1`); use it in a `with` block.

    `cached` keeps serialised rows until the store's revision moves: for data that only requests change.
    `anonymous` says what a request without a token meets: "forbidden", "challenge", "html" or "open". With `has_quota` the
    hourly limits hold; a new hour begins with `used.clear()`.
    """

    def __init__(self, store: Store, *, port: int = 0, port_v1: int = 0, cached: bool = False) -> None:
        self.store = store
        self.faults = Faults()
        self.sessions = Sessions(store)
        self.requests: list[Request] = []
        self.anonymous = "forbidden"
        self.has_control = False
        self.has_quota = False
        self.cached = cached
        self.derived = Derived(store)
        self.used: dict[tuple[str | None, str], int] = {}
        self.closing = threading.Event()
        self.servers = [Server(("127.0.0.1", port), self, "v2"), Server(("127.0.0.1", port_v1), self, "v1")]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.servers[0].server_port}"

    @property
    def url_v1(self) -> str:
        return f"http://127.0.0.1:{self.servers[1].server_port}"

    def __enter__(self) -> Self:
        for server in self.servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.closing.set()
        for server in self.servers:
            server.shutdown()
            server.close_connections()
            server.server_close()

    def count_requests(self, path: str, method: str = "GET", **params: str) -> int:
        """Count the requests seen so far on one path, with these parameters among theirs."""
        return len([
            seen for seen in self.requests
            if (seen.path, seen.method) == (path, method) and params.items() <= seen.params.items()
        ])  # fmt: skip

    def warm(self, username: str) -> None:
        """Serialise every paper for one account beforehand, so that a benchmark measures its client."""
        derived = self.look()
        token = self.sessions.issue(self.store.accounts[username], DEFAULT_LIFE)["token"]
        viewer = self.sessions.identify(token, derived.memberships)
        for note in self.store.notes.values():
            if note["id"] == note["forum"] and can_read(note, viewer):
                derived.write_note(note, viewer, frozenset({"replies"}))
                derived.write_note(note, viewer, frozenset())

    def look(self) -> Derived:
        if not self.cached or self.derived.revision != self.store.revision:
            self.derived = Derived(self.store)
        return self.derived

    def respond(self, call: Call, token: str | None, request: Request, struck: list[Fault]) -> Answer:
        """Answer one request: faults first, then who asks, then the route, then faults that spoil the answer."""
        try:
            stalled = find_fault(struck, "stall")
            if stalled is not None:
                self.closing.wait(float(stalled.options.get("seconds", 1)))
                raise ApiError(503, "UnavailableError", "The request was never looked at")
            instead = refuse_instead(struck)
            if instead is not None:
                return instead
            if find_fault(struck, "ignore_after"):
                call.query = call.query.without("after")
            with self.store.lock:
                answer = self.route(call, token, request, struck)
            return refuse_instead(struck, is_late=True) or answer
        except ApiError as error:
            return error.to_answer(len(self.requests))

    def route(self, call: Call, token: str | None, request: Request, struck: list[Fault]) -> Answer:
        if not is_open(call):
            if find_fault(struck, "expire_token") and token:
                self.sessions.revoke(token)
            call.derived = self.look()
            call.viewer = self.sessions.identify(token, call.derived.memberships)
            request.account = call.viewer.username or call.viewer.impersonated
            turned_away = self.turn_away(call.viewer)
            if turned_away is not None:
                return turned_away
        if self.is_over_quota(call):
            return throttle(3600, HOURLY[call.path])
        found = find_route(call)(call)
        if isinstance(found, Listing):
            answer = spoil_listing(found, struck, self.find_repeated(call, found))
        else:
            answer = found
            for fault in struck:
                if fault.kind == "shape":
                    answer.body = dump_json(deform(json.loads(answer.body), None, fault.options))
            if call.path == "/attachment":
                spoil_files(call, answer, struck)
        answer.headers = self.meter(call)
        self.change_notes(struck)
        return answer

    def turn_away(self, viewer: Viewer) -> Answer | None:
        if not viewer.is_anonymous or self.anonymous == "open":
            return None
        if self.anonymous in ("challenge", "html"):
            return refuse_instead([Fault(self.anonymous)])
        raise ApiError(403, "ForbiddenError", "Guest users are not allowed to make this request. Please sign in")

    def find_repeated(self, call: Call, listing: Listing) -> bytes | None:
        """Return the row that the previous page ended with, for the fault that repeats it."""
        note = self.store.notes.get(call.query.one("after") or "")
        if listing.key != "notes" or note is None:
            return None
        return call.derived.write_note(note, call.viewer, DETAILS & frozenset(call.query.many("details")))

    def change_notes(self, struck: list[Fault]) -> None:
        for fault in struck:
            if fault.kind == "change_note":
                self.store.change_note(fault.options["id"], fault.options["note"])

    def is_over_quota(self, call: Call) -> bool:
        """Tell whether the hour's quota is used up, where this stand-in enforces any; a restarted hour is `used.clear()`."""
        used = self.used.get((call.viewer.username, call.path), 0)
        return self.has_quota and call.path in HOURLY and used >= HOURLY[call.path]

    def meter(self, call: Call) -> dict[str, str]:
        """Return the quota headers of a normal reply."""
        limit = HOURLY.get(call.path)
        if limit is None:
            return {}
        key = (call.viewer.username, call.path)
        self.used[key] = self.used.get(key, 0) + 1
        return {
            "ratelimit-policy": f"{limit};w=3600",
            "ratelimit-limit": str(limit),
            "ratelimit-remaining": str(max(0, limit - self.used[key])),
            "ratelimit-reset": "3600",
            "x-ratelimit-reset": str(int(time.time()) + 3600),
        }


class Server(ThreadingHTTPServer):
    """One listening socket; remembers its connections so that closing is immediate."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], standin: Standin, host: str) -> None:
        super().__init__(address, Handler)
        self.standin = standin
        self.host = host
        self.connections: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a client hangs up; a test that kills its client is no news."""
        if not self.standin.closing.is_set():
            error = sys.exc_info()[1]
            if not isinstance(error, ConnectionError | TimeoutError):
                super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 with keep-alive."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 65_536
    server: Server

    def handle_any(self) -> None:
        standin, parts = self.server.standin, urlsplit(self.path)
        path = unquote(parts.path)
        values = parse_qs(parts.query, keep_blank_values=True)
        params = {name: ",".join(found) for name, found in values.items()}
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if path == "/__control":
            self.send(answer_control(standin, self.command, raw), [])
            return
        request = Request(self.server.host, self.command, path, params, headers=dict(self.headers))
        standin.requests.append(request)
        struck = standin.faults.strike(self.server.host, self.command, path, params)
        try:
            call = self.make_call(path, Query(values), raw)
            answer = standin.respond(call, self.read_token(), request, struck)
        except ApiError as error:
            answer = error.to_answer(len(standin.requests))
        except Exception as error:  # noqa: BLE001 - 599 is the one way to tell the client at once: it retries a 500 for minutes
            traceback.print_exc()
            answer = ApiError(599, "StandinError", repr(error)).to_answer(len(standin.requests))
        request.status = answer.status
        self.send(answer, struck)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = handle_any  # noqa: N815

    def make_call(self, path: str, query: Query, raw: bytes) -> Call:
        content_type = self.headers.get("Content-Type", "")
        body: Any = raw
        if raw and "json" in content_type:
            try:
                body = json.loads(raw)
            except ValueError:
                raise reject("The request body is not JSON") from None
        standin = self.server.standin
        viewer = Viewer("(anonymous)", None, frozenset())
        return Call(
            self.server.host,
            self.command,
            path,
            query,
            body,
            content_type,
            viewer,
            standin.store,
            standin.derived,
            standin.sessions,
        )

    def read_token(self) -> str | None:
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        return token if scheme == "Bearer" and token else None

    def send(self, answer: Answer, struck: list[Fault]) -> None:
        fault = next((fault for fault in struck if fault.kind in WIRE), None)
        body = answer.body
        if fault and fault.kind == "truncate":
            body = body[: len(body) // 2]
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if fault and fault.kind in ("reset", "slow"):
            self.send_badly(fault, body)
        else:
            self.wfile.write(body)

    def send_badly(self, fault: Fault, body: bytes) -> None:
        """Send half, then sleep or hang up the hard way."""
        half = len(body) // 2
        self.wfile.write(body[:half])
        self.wfile.flush()
        if fault.kind == "slow":
            self.server.standin.closing.wait(float(fault.options.get("seconds", 1)))
            self.wfile.write(body[half:])
            return
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: `Standin.requests` is the log."""
