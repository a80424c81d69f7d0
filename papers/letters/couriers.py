"""Hands one mail after another to the mail server, over one connection, and says what became of each."""

import re
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from enum import Enum
from typing import Protocol

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

from papers.errors import SignInNeeded
from papers.letters.links import fill_link
from papers.letters.mails import ReadyMail, build_mail, encode_domain, find_envelope_sender
from papers.letters.recipients import is_usable
from papers.models import Letter, Workshop

MAILS_PER_CONNECTION = 50
LONGEST_SAID = 500
LEADING_DOT = re.compile(rb"(?m)^\.")


class Fate(Enum):
    """What became of a letter that was handed over."""

    SENT = "sent"
    LATER = "later"  # this one not now: the server asks to wait for this recipient
    REFUSED = "refused"  # this one never: the server said so
    UNCLEAR = "unclear"  # the server had it whole, and its answer never came
    BUSY = "busy"  # none now: the server can't be reached or asks everybody to wait
    BARRED = "barred"  # none before somebody mends the sign-in or the sender


@dataclass(frozen=True, slots=True)
class Handover:
    """A fate with what the other side said."""

    fate: Fate
    said: str = ""


class Courier(Protocol):
    """A way out of the house."""

    def hand_over(self, letter: Letter, workshop: Workshop) -> Handover:
        """Hand over one letter; never raises what the other side does wrong."""

    def close(self) -> None:
        """End the connection."""


class MailCourier:
    """Speaks SMTP step by step, because only that tells a letter that surely did not leave from one that perhaps did."""

    def __init__(self) -> None:
        self._backend: EmailBackend | None = None
        self._count = 0

    def hand_over(self, letter: Letter, workshop: Workshop) -> Handover:
        """Write the mail and hand it over; an address that no mail can bear is refused here."""
        if not is_usable(letter.address):
            return Handover(Fate.REFUSED, f"Mail can't go to “{letter.address}”; correct it and send the letter again.")
        parts = {name: getattr(letter, name) for name in ("address", "name", "subject", "message_id")}
        try:
            mail = build_mail(workshop=workshop, at=timezone.now(), body=fill_link(letter), **parts)
        except SignInNeeded:
            return Handover(Fate.REFUSED, "The link of this mail can't be read any more: the secret key has changed. Write anew.")
        except (ValueError, IndexError, MessageError) as error:
            return Handover(Fate.REFUSED, _clip(f"The mail can't be written: {error}"))
        return self.hand_over_mail(mail, letter.address)

    def hand_over_mail(self, mail: EmailMessage, address: str) -> Handover:
        """Hand over one mail; a connection that went stale since the last one is opened anew once."""
        backend = get_connection()
        if not isinstance(backend, EmailBackend):
            try:
                backend.send_messages([ReadyMail(mail, address)])
            except OSError as error:
                return Handover(Fate.BUSY, _clip(str(error)))
            return Handover(Fate.SENT)
        if self._backend is not None and self._count < MAILS_PER_CONNECTION:
            handover = self._speak(mail, address)
            if handover.fate is not Fate.BUSY:
                return handover
        self.close()
        opened = self._open(backend)
        return opened or self._speak(mail, address)

    def close(self) -> None:
        """End the connection politely if the server still listens."""
        if self._backend is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._backend.close()
        self._backend, self._count = None, 0

    def _open(self, backend: EmailBackend) -> Handover | None:
        try:
            backend.open()
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
            return Handover(Fate.BARRED, _describe(error))
        except (smtplib.SMTPException, OSError) as error:
            return Handover(Fate.BUSY, _describe(error))
        self._backend = backend
        return None

    def _speak(self, mail: EmailMessage, address: str) -> Handover:
        """Say MAIL, RCPT and DATA; before the final dot every loss means that nothing left, after it nobody knows."""
        assert self._backend is not None
        server = self._backend.connection
        assert server is not None
        content = LEADING_DOT.sub(b"..", mail.as_bytes())
        self._count += 1
        try:
            server.ehlo_or_helo_if_needed()
            refused = self._introduce(server, encode_domain(address))
            if refused:
                return refused
            server.send(content if content.endswith(b"\r\n") else content + b"\r\n")
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Handover(Fate.BUSY, _describe(error))
        try:
            server.send(b".\r\n")
            code, said = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Handover(Fate.UNCLEAR, f"The mail server had the letter and gave no answer ({_describe(error)}).")
        return self._judge(server, code, said)

    def _introduce(self, server: smtplib.SMTP, address: str) -> Handover | None:
        """Say who sends to whom; return why it may not be, or nothing."""
        code, said = server.mail(find_envelope_sender())
        if code != 250:
            self._give_up(server, code)
            return Handover(Fate.BUSY if code < 500 else Fate.BARRED, _say(code, said))
        code, said = server.rcpt(address)
        if code not in (250, 251):
            return self._judge(server, code, said)
        code, said = server.docmd("data")
        return None if code == 354 else self._judge(server, code, said)

    def _judge(self, server: smtplib.SMTP, code: int, said: bytes) -> Handover:
        if 200 <= code < 300:
            return Handover(Fate.SENT, _say(code, said))
        self._give_up(server, code)
        if code == 421:
            return Handover(Fate.BUSY, _say(code, said))
        return Handover(Fate.LATER if code < 500 else Fate.REFUSED, _say(code, said))

    def _give_up(self, server: smtplib.SMTP, code: int) -> None:
        """Make the connection fit for the next mail, or end it."""
        try:
            if code == 421 or server.rset()[0] != 250:
                self.close()
        except (smtplib.SMTPException, OSError):
            self.close()


def _describe(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _say(error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode())
    return _clip(str(error) or type(error).__name__)


def _say(code: int, said: bytes) -> str:
    return _clip(f"{code} {said.decode('utf-8', 'replace')}")


def _clip(text: str) -> str:
    return " ".join(text.split())[:LONGEST_SAID]
