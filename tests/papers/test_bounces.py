"""Letters that came back: from delivery reports of every shape, or noted by hand, each once."""

import io
import json
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from papers.bounces import note_bounce, note_bounces, read_mails, read_reports, split_mails
from papers.errors import Refusal
from papers.models import Letter, User, Workshop
from tests.papers.letter_making import make_lettered_paper, make_template, queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(workshop: Workshop, olga: User) -> Letter:
    make_lettered_paper(workshop, number=1)
    mailing = queue(make_template(workshop, olga), olga)
    mailing.letters.update(state="sent")
    return mailing.letters.get()


def make_report(
    *, message_id: str = "", address: str = "a1.1@example.org", action: str = "failed", status: str = "5.1.1", returned: str = "headers"
) -> bytes:
    """Write a delivery report as mail servers do (RFC 3464): words, facts, what is returned of the letter."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"], report["To"], report["Subject"] = "MAILER-DAEMON@mx.example.org", "syntagen@localhost", "Undelivered Mail"
    report.attach(MIMEText("This is the mail system."))
    status_part = MIMENonMultipart("message", "delivery-status")
    server, recipient = Message(), Message()
    server["Reporting-MTA"] = "dns; mx.example.org"
    recipient["Final-Recipient"] = f"rfc822; {address}"
    recipient["Action"], recipient["Status"] = action, status
    recipient["Diagnostic-Code"] = "smtp; 550 5.1.1 no such\n user"
    status_part.set_payload([server, recipient])
    report.attach(status_part)
    if returned == "headers":
        report.attach(MIMEText(f"Subject: x\nMessage-ID: {message_id}\n", "rfc822-headers"))
    elif returned == "mail":
        original = EmailMessage()
        original["Message-ID"] = message_id
        original.set_content("Dear")
        report.attach(MIMEMessage(original))
    return report.as_bytes()


@pytest.mark.parametrize("returned", ["headers", "mail"])
def test_report_marks_its_letter(letter: Letter, workshop: Workshop, returned: str) -> None:
    report = make_report(message_id=letter.message_id, address="forwarded@elsewhere.org", returned=returned)
    assert str(note_bounces([report], by=None)) == "1 letter noted as come back."
    letter.refresh_from_db()
    assert (letter.state, letter.bounce, letter.trouble) == ("bounced", "hard", "5.1.1 550 5.1.1 no such user")
    assert letter.bounced_at is not None
    line = workshop.history.latest("pk")
    assert (line.action, line.actor, line.paper_id, line.note) == (
        "letter came back",
        "delivery report",
        letter.paper_id,
        "Accepted, a1.1@example.org: 5.1.1 550 5.1.1 no such user",
    )
    assert str(note_bounces([report], by=None)) == "0 letters noted as come back, 1 noted before."


def test_report_without_the_letter_is_matched_by_its_address(letter: Letter) -> None:
    assert len(note_bounces([make_report(address="A1.1@example.org", status="4.4.7", returned="")], by=None).noted) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.bounce) == ("bounced", "soft")


def test_letter_in_doubt_may_come_back(letter: Letter) -> None:
    Letter.objects.update(state="unclear")
    note_bounces([make_report(message_id=letter.message_id)], by=None)
    assert Letter.objects.get().state == "bounced"


@pytest.mark.parametrize("state", ["waiting", "failed", "canceled"])
def test_letter_that_never_left_does_not_come_back(letter: Letter, state: str) -> None:
    Letter.objects.update(state=state)
    assert note_bounces([make_report(message_id=letter.message_id)], by=None).known == 1
    assert Letter.objects.get().state == state


def test_strange_and_other_mails_are_counted(letter: Letter) -> None:
    mails = [
        make_report(message_id="<" + "0" * 32 + "@elsewhere>", address="x@example.org"),
        make_report(message_id=letter.message_id, action="delayed"),
        b"Subject: Away until Monday\n\nHello",
        b"\x00\xff garbage",
    ]
    summary = note_bounces(mails, by=None)
    assert (summary.noted, summary.strange, summary.other) == ([], ["x@example.org"], 3)
    assert str(summary) == "0 letters noted as come back, 1 not ours, 3 mails told of no failure."
    assert Letter.objects.get().state == "sent"


def test_broken_report_is_none() -> None:
    report = b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nAction\n--b--\n"
    assert read_reports(report) == []


def test_mbox_maildir_and_single_mail_are_read(tmp_path: Path) -> None:
    box = b"From a@b Mon\nSubject: 1\n\n>From here\nFrom there\n\nFrom c@d Tue\nSubject: 2\n"
    assert list(split_mails(box)) == [b"Subject: 1\n\nFrom here\nFrom there\n\n", b"Subject: 2\n"]
    assert list(split_mails(b"  \n")) == []
    (tmp_path / "one").write_bytes(b"Subject: 1\n\nx")
    assert list(read_mails(tmp_path / "one")) == [b"Subject: 1\n\nx"]
    folder = tmp_path / "Maildir"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
        (folder / name / "m").write_bytes(name.encode())
    assert list(read_mails(folder)) == [b"new", b"cur"]


def test_bounce_is_noted_by_hand(letter: Letter, olga: User, workshop: Workshop) -> None:
    note_bounce(letter, bounce="soft", reason=" mailbox\nfull ", by=olga)
    letter.refresh_from_db()
    assert (letter.state, letter.bounce, letter.trouble) == ("bounced", "soft", "mailbox full")
    assert (workshop.history.latest("pk").by, workshop.history.latest("pk").actor) == (olga, "")
    with pytest.raises(Refusal, match=r"The letter to a1\.1@example\.org can't have come back: it is came back\."):
        note_bounce(letter, bounce="hard", reason="", by=olga)


def test_command_reads_a_file_and_stdin(letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    report = make_report(message_id=letter.message_id)
    (tmp_path / "box").write_bytes(b"From x Mon\n" + report + b"\n\nFrom y Tue\n" + make_report(address="y@example.org") + b"\n")
    call_command("note_bounces", str(tmp_path / "box"), "--json", stdout=out)
    assert json.loads(out.getvalue()) == {
        "known": 0,
        "noted": [{"address": "a1.1@example.org", "letter": "Accepted", "paper": 1}],
        "other": 0,
        "strange": ["y@example.org"],
    }
    stdin: Any = type("Stdin", (), {"buffer": io.BytesIO(report)})()
    monkeypatch.setattr("sys.stdin", stdin)
    again, said = io.StringIO(), io.StringIO()
    call_command("note_bounces", "-", stdout=again, stderr=said)
    assert again.getvalue() == "0 letters noted as come back, 1 noted before.\n"


def test_command_refuses_what_is_not_there(db: None) -> None:
    with pytest.raises(CommandError, match="There is no /nowhere; name a Maildir folder") as caught:
        call_command("note_bounces", "/nowhere")
    assert caught.value.returncode == 1
