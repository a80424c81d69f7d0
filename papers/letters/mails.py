"""Writes a letter as the mail that leaves: plain text, one recipient, its own Message-ID."""

import datetime as dt
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage as DjangoMail

from papers.models import Workshop
from papers.texts import clean_line

LONGEST_PLAIN_LINE = 500  # servers cut lines at 998 bytes; longer ones travel as quoted-printable


def build_mail(*, workshop: Workshop, address: str, name: str, subject: str, body: str, message_id: str, at: dt.datetime) -> EmailMessage:
    """Return the mail; its lines are as long as paragraphs are, mail programs wrap them. Nothing in it can start a header of its own."""
    mail = EmailMessage(policy=SMTP)
    own_name, own_address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail["From"] = _make_address(str(workshop) or own_name, own_address)
    mail["To"] = _make_address(name, address)
    if workshop.contact_email:
        mail["Reply-To"] = _make_address(str(workshop), workshop.contact_email)
    mail["Subject"] = clean_line(subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    is_plain = body.isascii() and max(map(len, body.splitlines()), default=0) <= LONGEST_PLAIN_LINE
    mail.set_content(body, charset="utf-8", cte="7bit" if is_plain else "quoted-printable")
    return mail


def find_envelope_sender() -> str:
    """Return where delivery reports go: SYNTAGEN_MAIL_BOUNCES_TO, else the sender's own address."""
    return encode_domain(parseaddr(settings.MAIL_BOUNCES_TO or settings.DEFAULT_FROM_EMAIL)[1])


def encode_domain(address: str) -> str:
    """Return an address whose domain is written in ASCII."""
    local, _, domain = address.rpartition("@")
    return address if domain.isascii() else f"{local}@{domain.encode('idna').decode()}"


class ReadyMail(DjangoMail):
    """A mail for Django's other backends, files and memory, that is written already."""

    def __init__(self, mail: EmailMessage, address: str) -> None:
        super().__init__(str(mail["Subject"]), mail.get_content(), str(mail["From"]), [address])
        self.ready = mail

    def message(self) -> EmailMessage:  # type: ignore[override]
        """Return the mail as it was written."""
        return self.ready


def _make_address(name: str, address: str) -> Address:
    local, _, domain = encode_domain(address).rpartition("@")
    return Address(display_name=clean_line(name), username=local, domain=domain)
