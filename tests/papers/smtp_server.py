"""A real mail server on loopback for tests: takes mail, refuses at any step, hangs, drops the connection."""

import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

DROP, HANG, DROP_AFTER_TAKING = "drop", "hang", "drop after taking"


@dataclass(frozen=True, slots=True)
class TakenMail:
    """A mail that the server has promised to deliver."""

    sender: str
    recipient: str
    data: bytes

    @property
    def message(self) -> EmailMessage:
        """Return the mail as a reader's program reads it."""
        mail = message_from_bytes(self.data, policy=SMTP)
        assert isinstance(mail, EmailMessage)
        return mail

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass(slots=True)
class Fault:
    """What happens at a step instead of the usual answer: DROP, HANG, DROP_AFTER_TAKING, or a reply such as 450 later."""

    step: str
    answer: str
    times: int
    recipient: str = ""


@dataclass(slots=True)
class MailServer:
    """What the server took and was told; `watch` is called at every step, in the server's thread, before its answer."""

    port: int = 0
    mails: list[TakenMail] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    connection_count: int = 0
    watch: Callable[[str], None] = lambda step: None
    stopped: threading.Event = field(default_factory=threading.Event)

    def fail(self, step: str, answer: str, *, times: int = 1, recipient: str = "") -> None:
        """Answer so at `step` (connect, ehlo, mail, rcpt, data, content), so many times, to this recipient or to any."""
        self.faults.append(Fault(step, answer, times, recipient))

    def settings(self) -> dict[str, Any]:
        """Return Django's settings under which mail comes here."""
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": self.port,
            "EMAIL_USE_TLS": False,
            "EMAIL_TIMEOUT": 1,
        }

    def take_fault(self, step: str, recipient: str) -> str:
        for fault in self.faults:
            if fault.step == step and fault.times > 0 and fault.recipient in {"", recipient}:
                fault.times -= 1
                return fault.answer
        return ""


class _Session(socketserver.StreamRequestHandler):
    """One connection."""

    server: "_Listener"

    def handle(self) -> None:
        self.state, self.sender, self.recipient = self.server.state, "", ""
        self.state.connection_count += 1
        with suppress(OSError):
            if self.answer("connect", "220 loopback ready"):
                while self.obey():
                    pass

    def obey(self) -> bool:
        line = self.rfile.readline().decode("ascii", "replace").strip()
        verb, _, rest = line.partition(" ")
        match verb.upper():
            case "EHLO" | "HELO":
                return self.answer("ehlo", "250 loopback")
            case "MAIL":
                self.sender = rest.partition("<")[2].partition(">")[0]
                return self.answer("mail", "250 ok")
            case "RCPT":
                self.recipient = rest.partition("<")[2].partition(">")[0]
                return self.answer("rcpt", "250 ok")
            case "DATA":
                return self.answer("data", "354 go on") and (self.replied != "354" or self.read_content())
            case "RSET" | "NOOP":
                return self.say("250 ok")
            case "QUIT":
                self.say("221 bye")
                return False
            case "":
                return False
        return self.say("500 what?")

    def read_content(self) -> bool:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.content = b"".join(lines)
        return self.answer("content", "250 taken")

    def answer(self, step: str, usual: str) -> bool:
        """Give the usual answer to a step, or what was arranged; tell whether the connection goes on."""
        self.state.steps.append(step)
        self.state.watch(step)
        fault = self.state.take_fault(step, self.recipient)
        if fault == HANG:
            self.state.stopped.wait(5)
        if fault in {DROP, HANG}:
            return False
        takes = step == "content" and fault in {"", DROP_AFTER_TAKING}
        if takes:
            self.state.mails.append(TakenMail(self.sender, self.recipient, self.content))
            self.state.watch("taken")
        if fault == DROP_AFTER_TAKING:
            return False
        goes_on = self.say(fault or usual)
        if takes:
            self.state.watch("answered")
        return goes_on and self.replied != "421"

    def say(self, line: str) -> bool:
        self.replied = line[:3]
        self.wfile.write(f"{line}\r\n".encode())
        self.wfile.flush()
        return True


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, state: MailServer) -> None:
        self.state = state
        super().__init__(("127.0.0.1", 0), _Session)


@contextmanager
def serve_mail() -> Iterator[MailServer]:
    """Run a mail server on a free port of loopback until the block ends."""
    state = MailServer()
    listener = _Listener(state)
    state.port = listener.server_address[1]
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.stopped.set()
        listener.shutdown()
        listener.server_close()
        thread.join()


def wait_until(is_so: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until it is so; fail when it never is."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.005)
