"""Letters that follow acts: a file came back, a request was answered; each as the workshop wants it."""

from django.conf import settings
from django.urls import reverse

from papers.letter_fields import make_values, read_frame
from papers.letter_jobs import start_sending
from papers.letter_language import Field, read_words
from papers.letters.checking import Written
from papers.letters.habits import find_settings
from papers.letters.mailings import make_letter
from papers.letters.notice_words import APPROVED, FIELDS, GRANTED, RECEIVED, REFUSED, RETURNED, NoticeWords
from papers.letters.recipients import Recipient, find_recipients, is_usable
from papers.models import Audience, ChangeRequest, FileVerdict, FileVersion, Letter, Mailing, Paper, Route, User
from papers.naming import name_paper
from papers.owed_files import find_owed_file, is_asked_for_files
from papers.texts import clean_line, clean_text
from papers.zones import format_instant

Facts = dict[str, str]


def tell_verdict(verdict: FileVerdict, *, by: User) -> Mailing | None:
    """Write to the authors that a file came back, with the reasons, or was approved; call it inside the act's transaction.

    The letters leave after its commit. Nothing is written where the workshop does not want it, and while decisions are hidden.
    """
    version = verdict.version
    habits = find_settings(version.paper.workshop)
    is_wanted = habits.tells_approvals if verdict.is_approved else habits.tells_returns
    if not is_wanted or not is_asked_for_files(version.paper):
        return None
    facts = {**_describe_version(version), "notice.reasons": clean_text(verdict.reasons), "notice.findings": _list_findings(version)}
    words = APPROVED if verdict.is_approved else RETURNED
    return _keep(version.paper, words, facts, about=version.get_kind_display(), by=by)


def tell_receipt(version: FileVersion, *, by: User | None) -> Mailing | None:
    """Write to the authors that a file came in, where the workshop wants that; call it inside the act's transaction."""
    if not find_settings(version.paper.workshop).tells_receipts or not is_asked_for_files(version.paper):
        return None
    facts = {**_describe_version(version), "notice.by": clean_line(str(by)) if by else "OpenReview"}
    return _keep(version.paper, RECEIVED, facts, about=version.get_kind_display(), by=by)


def tell_answer(request: ChangeRequest, *, told: tuple[str, ...], by: User) -> Mailing | None:
    """Write the answer to who asked and to the paper's authors; call it inside the act's transaction. `told` is what was asked."""
    if not find_settings(request.paper.workshop).tells_answers:
        return None
    facts = {
        "notice.asked": "\n".join(f"- {clean_line(line)}" for line in told),
        "notice.answer": clean_text(request.answer),
        "notice.page": _find_page("author-metadata", request.paper),
    }
    words = GRANTED if request.is_granted else REFUSED
    return _keep(request.paper, words, facts, about=request.get_field_display(), asker=request.asked_by, by=by)


def _keep(paper: Paper, words: NoticeWords, facts: Facts, *, about: str, asker: User | None = None, by: User | None) -> Mailing | None:
    """Put a letter for every author who can be reached, and for who asked, into the outbox."""
    paper = Paper.objects.filter(pk=paper.pk).for_letters().get()
    recipients, _ = find_recipients([paper], audience=Audience.ALL, route=Route.MAIL)
    known = {one.address.lower() for one in recipients}
    is_author = asker is not None and any(claim.user_id == asker.pk and claim.author_id for claim in paper.claims.all())
    if asker and not is_author and is_usable(asker.email) and asker.email.lower() not in known:
        recipients.append(Recipient(paper, asker.email, str(asker)))
    if not recipients:
        return None
    name = f"{words.name}: {about} of {name_paper(paper)}"[:100]
    mailing = Mailing.objects.create(
        workshop=paper.workshop, kind=Mailing.Kind.NOTICE, name=name, subject=words.subject, body=words.body, by=by
    )
    Letter.objects.bulk_create([make_letter(mailing, _write(words, facts, one)) for one in recipients])
    start_sending(paper.workshop, by=by)
    return mailing


def _write(words: NoticeWords, facts: Facts, recipient: Recipient) -> Written:
    frame = read_frame(recipient.paper.workshop)
    known: dict[str, Field] = {**frame.fields, **FIELDS}
    own = make_values(frame, recipient.paper, name=recipient.name, is_first=recipient.is_first, has_decision=False)
    values = {**dict.fromkeys(FIELDS, ""), **own, **facts}
    subject, _ = read_words(words.subject, known)
    body, _ = read_words(words.body, known)
    return Written(recipient, clean_line(subject.render(values).text)[:500], body.render(values).text.strip("\n") + "\n")


def _describe_version(version: FileVersion) -> Facts:
    owed = find_owed_file(version.paper, version.kind)
    due = format_instant(owed.due_at, version.paper.workshop.zone) if owed and owed.due_at else ""
    return {
        "notice.file": version.get_kind_display(),
        "notice.version": str(version.number),
        "notice.name": clean_line(version.name),
        "notice.due": due,
        "notice.page": f"{_find_page('author-files', version.paper)}#{version.kind}",
    }


def _list_findings(version: FileVersion) -> str:
    """Return the findings that stand against a file, with their remedies."""
    lines = []
    for finding in version.findings.all():
        if finding.is_standing:
            page = f"page {finding.page}: " if finding.page else ""
            lines.append(f"- {clean_line(f'{page}{finding.sentence} {finding.remedy}')}")
    return "\n".join(lines)


def _find_page(name: str, paper: Paper) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[paper.workshop.slug, paper.pk])}"
