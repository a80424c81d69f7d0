"""Notes which letters came back: by delivery reports (RFC 3464), or by hand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal
from papers.history import record_change
from papers.models import Letter, User
from papers.texts import clean_line

OUR_ID = re.compile(rb"<[0-9a-f]{32}@[^<>\s]{1,150}>")
MBOX_LINE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\n]*\n")
LONGEST_REASON = 500
State = Letter.State


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail server says of one letter; `action` is failed, delayed, delivered, relayed or expanded."""

    message_ids: tuple[str, ...]
    address: str
    action: str
    status: str
    reason: str

    @property
    def bounce(self) -> Letter.Bounce:
        """Return for good, unless the status says that the trouble passes."""
        return Letter.Bounce.SOFT if self.status.startswith("4") else Letter.Bounce.HARD


@dataclass(slots=True)
class BounceSummary:
    """What some mails told: letters noted now, known before, reports on strange letters, mails that report no failure."""

    noted: list[Letter] = field(default_factory=list)
    known: int = 0
    strange: list[str] = field(default_factory=list)
    other: int = 0

    def __str__(self) -> str:
        count = len(self.noted)
        parts = [f"{count} letter{'' if count == 1 else 's'} noted as come back"]
        parts += [f"{self.known} noted before"] if self.known else []
        parts += [f"{len(self.strange)} not ours"] if self.strange else []
        parts += [f"{self.other} mail{'' if self.other == 1 else 's'} told of no failure"] if self.other else []
        return ", ".join(parts) + "."


def read_mails(path: Path) -> Iterator[bytes]:
    """Yield the mails of a Maildir folder, an mbox file, or a file that is one mail."""
    if path.is_dir():
        folders = [path / name for name in ("new", "cur") if (path / name).is_dir()] or [path]
        for folder in folders:
            for file in sorted(folder.iterdir()):
                if file.is_file():
                    yield file.read_bytes()
        return
    yield from split_mails(path.read_bytes())


def split_mails(content: bytes) -> Iterator[bytes]:
    """Yield the mails of an mbox, or the one mail that this is."""
    if not content.startswith(b"From "):
        if content.strip():
            yield content
        return
    places = [found.span() for found in MBOX_LINE.finditer(content)]
    ends = [start for start, _ in places[1:]] + [len(content)]
    for (_, start), end in zip(places, ends, strict=True):
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", content[start:end])


def read_reports(mail: bytes) -> list[Report]:
    """Return what a mail reports of each of its recipients; nothing when it is no delivery report."""
    message = message_from_bytes(mail)
    if message.get_content_type() != "multipart/report":
        return []
    ids = tuple(dict.fromkeys([*_find_original_ids(message), *(found.decode("ascii", "replace") for found in OUR_ID.findall(mail))]))
    blocks = [block for part in message.walk() if part.get_content_type() == "message/delivery-status" for block in _list_blocks(part)]
    return [_read_block(block, ids) for block in blocks if block.get("Action")]


def note_bounces(mails: Iterable[bytes], *, by: User | None) -> BounceSummary:
    """Note every letter that the reports among `mails` say came back; reading them again changes nothing."""
    summary = BounceSummary()
    for mail in mails:
        failures = [report for report in read_reports(mail) if report.action == "failed"]
        summary.other += not failures
        for report in failures:
            letter = _find_letter(report)
            if letter is None:
                summary.strange.append(report.address or ", ".join(report.message_ids) or "a mail without recipient")
            elif _note(letter, report.bounce, report.reason, by=by, actor="" if by else "delivery report"):
                summary.noted.append(letter)
            else:
                summary.known += 1
    return summary


def note_bounce(letter: Letter, *, bounce: str, reason: str, by: User) -> None:
    """Note by hand that a letter came back; refuses for one that never left and for one that is noted already."""
    reason = clean_line(reason)[:LONGEST_REASON] or "Noted by hand."
    if not _note(letter, Letter.Bounce(bounce), reason, by=by):
        letter.refresh_from_db()
        raise Refusal(f"The letter to {letter.address} can't have come back: it is {letter.get_state_display().lower()}.", subject=letter)


def _note(letter: Letter, bounce: Letter.Bounce, reason: str, *, by: User | None, actor: str = "") -> bool:
    with transaction.atomic():
        gone = Letter.objects.filter(pk=letter.pk, state__in=[State.SENT, State.UNCLEAR])
        if not gone.update(state=State.BOUNCED, bounced_at=timezone.now(), bounce=bounce, trouble=reason):
            return False
        note = f"{letter.mailing.name}, {letter.address}: {reason}"
        record_change(letter.mailing.workshop, "letter came back", by=by, actor=actor, paper=letter.paper, field="letter", note=note)
    return True


def _find_letter(report: Report) -> Letter | None:
    """Return the letter by its own Message-ID; where the report brings none, the newest that went to the address."""
    by_id = Letter.objects.by_message_id(report.message_ids)
    if len(by_id) > 1:
        by_id = [letter for letter in by_id if letter.address.lower() == report.address.lower()] or by_id
    return by_id[0] if by_id else Letter.objects.newest_to(report.address) if report.address and not report.message_ids else None


def _find_original_ids(message: Message) -> Iterator[str]:
    """Yield the Message-ID of the mail, or of the headers, that the report returns."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            returned = [message_from_bytes(payload if isinstance(payload, bytes) else b"")]
        elif kind in {"message/rfc822", "message/global"}:
            returned = _list_blocks(part)
        else:
            continue
        yield from (str(mail["Message-ID"]).strip() for mail in returned if mail["Message-ID"])


def _list_blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _read_block(block: Message, ids: tuple[str, ...]) -> Report:
    said = str(block.get("Diagnostic-Code") or "").partition(";")[2] or str(block.get("Diagnostic-Code") or "")
    status = str(block.get("Status") or "").strip().split(" ")[0]
    address = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "").rpartition(";")[2]
    reason = clean_line(f"{status} {said}")[:LONGEST_REASON]
    return Report(
        ids, clean_line(address).strip("<>"), str(block["Action"]).strip().lower().split(" ")[0], status, reason or "No reason given."
    )
