"""Keeps the letters of a mailing, all at once; pauses, resumes and cancels it."""

from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal, Refusals
from papers.history import record_change
from papers.letter_debts import Asks
from papers.letter_jobs import start_sending
from papers.letters.checking import Check, Written, check_template
from papers.letters.links import lacks_link
from papers.models import Letter, LetterTemplate, Mailing, Route, User, Workshop
from papers.sight import Sight

BATCH = 500
State = Letter.State


def queue_mailing(
    template: LetterTemplate,
    *,
    sight: Sight,
    route: str = Route.MAIL,
    skips_repeats: bool = True,
    digest: str,
    nonce: str,
    token: str = "",
    by: User,
) -> Mailing:
    """Keep a mailing with a letter for every recipient, in one transaction, and start to send it after the commit.

    `digest` is that of the check that `by` has seen; refuses when letters or concerns read otherwise by now. `nonce` is the
    question: answered a second time it returns the first answer's mailing. `token` is the session with OpenReview, for that route.
    """
    workshop = template.workshop
    with transaction.atomic():
        _lock(workshop)
        held = workshop.mailings.answering(nonce)
        if held is not None:
            return held
        check = check_template(template, sight=sight, route=route, skips_repeats=skips_repeats)
        if check.refusals:
            raise Refusals(f"“{template.name}” was not sent.", list(check.refusals))
        if check.digest != digest:
            raise Refusal(f"“{template.name}” or its papers changed since you looked; look again, then send.", subject=template)
        mailing = keep_mailing(template, check, route=route, nonce=nonce, by=by)
        start_sending(workshop, by=by, route=route, token=token)
    return mailing


def keep_mailing(template: LetterTemplate, check: Check, *, route: str, nonce: str, asks: Asks | None = None, by: User | None) -> Mailing:
    """Write mailing and letters; call it inside the transaction that checked them.

    With `asks` the letters chase what is owed: each is looked at again before it leaves.
    """
    workshop = template.workshop
    words = {name: getattr(template, name) for name in ("name", "subject", "body", "query", "audience")}
    kind = Mailing.Kind.CHASE if asks else Mailing.Kind.LETTER
    mailing = Mailing.objects.create(workshop=workshop, template=template, kind=kind, route=route, nonce=nonce, by=by, **words)
    kept = asks.as_json() if asks else None
    Letter.objects.bulk_create([make_letter(mailing, row, asks=kept) for row in check.letters], batch_size=BATCH)
    after = {"letters": len(check.letters), "papers": check.paper_count, "route": route}
    record_change(workshop, "queued letters", by=by, field="letter", after=after, note=mailing.name)
    return mailing


def make_letter(mailing: Mailing, written: Written, *, asks: dict[str, object] | None = None) -> Letter:
    """Return a letter of a mailing, not yet kept, under a Message-ID of its own."""
    recipient = written.recipient
    return Letter(
        mailing=mailing,
        paper=recipient.paper,
        author=recipient.author,
        address=recipient.address,
        name=recipient.name,
        subject=written.subject,
        body=written.body,
        message_id=f"<{uuid4().hex}@{find_site_domain()}>",
        asks=asks,
    )


def find_site_domain() -> str:
    """Return the domain in the sender's address, which Message-IDs bear."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def pause_mailing(mailing: Mailing, *, by: User) -> None:
    """Hold back what has not left; refuses when nothing waits."""
    with transaction.atomic():
        mailing = _lock_mailing(mailing)
        if mailing.paused_at:
            return
        if not mailing.letters.in_state(State.WAITING).exists():
            raise Refusal(f"No letter of “{mailing.name}” waits any more; there is nothing to pause.", subject=mailing)
        mailing.paused_at = timezone.now()
        mailing.save(update_fields=["paused_at"])
        record_change(mailing.workshop, "paused letters", by=by, field="letter", note=mailing.name)


def resume_mailing(mailing: Mailing, *, by: User, token: str = "") -> None:
    """Let the letters of a mailing leave again; also starts a sending that had stopped."""
    with transaction.atomic():
        mailing = _lock_mailing(mailing)
        if mailing.canceled_at:
            raise Refusal(f"“{mailing.name}” was canceled; send the letter anew instead.", subject=mailing)
        if mailing.paused_at:
            mailing.paused_at = None
            mailing.save(update_fields=["paused_at"])
            record_change(mailing.workshop, "resumed letters", by=by, field="letter", note=mailing.name)
        start_sending(mailing.workshop, by=by, route=mailing.route, token=token)


def cancel_mailing(mailing: Mailing, *, by: User) -> int:
    """Cancel every letter that has not left; return how many. Refuses when all have."""
    with transaction.atomic():
        mailing = _lock_mailing(mailing)
        count = mailing.letters.in_state(State.WAITING).update(state=State.CANCELED, retry_at=None)
        if not count:
            raise Refusal(f"No letter of “{mailing.name}” waits any more; there is nothing to cancel.", subject=mailing)
        mailing.canceled_at = timezone.now()
        mailing.save(update_fields=["canceled_at"])
        record_change(mailing.workshop, "canceled letters", by=by, field="letter", after=count, note=mailing.name)
    return count


def send_letter_again(letter: Letter, *, by: User) -> None:
    """Let a letter leave once more under its own Message-ID; for those that perhaps left, failed, came back, or were canceled.

    One that goes through OpenReview waits until somebody signs in and lets its mailing go on. Refuses one whose link left with it.
    """
    if lacks_link(letter):
        raise Refusal(f"The link in the letter to {letter.address} is kept nowhere; invite anew on the page of people.", subject=letter)
    with transaction.atomic():
        again = Letter.objects.filter(pk=letter.pk, state__in=[State.UNCLEAR, State.FAILED, State.BOUNCED, State.CANCELED])
        before = letter.get_state_display()
        if not again.update(state=State.WAITING, retry_at=None, attempt_count=0, claim="", bounce="", bounced_at=None):
            raise Refusal(f"The letter to {letter.address} is not one that can be sent again: {before.lower()}.", subject=letter)
        mailing = _lock_mailing(letter.mailing)
        if mailing.canceled_at:
            mailing.canceled_at = None
            mailing.save(update_fields=["canceled_at"])
        note = f"{mailing.name}, {letter.address}"
        record_change(mailing.workshop, "sent letter again", by=by, paper=letter.paper, field="letter", before=before, note=note)
        if mailing.route == Route.MAIL:
            start_sending(mailing.workshop, by=by)


def mark_letter_sent(letter: Letter, *, by: User) -> None:
    """Say of a letter that perhaps left that it did; refuses for any other."""
    with transaction.atomic():
        unclear = Letter.objects.filter(pk=letter.pk, state=State.UNCLEAR)
        if not unclear.update(state=State.SENT, sent_at=letter.claimed_at or timezone.now(), sealed_link=""):
            raise Refusal(f"The letter to {letter.address} is {letter.get_state_display().lower()}, not in doubt.", subject=letter)
        note = f"{letter.mailing.name}, {letter.address}"
        record_change(
            letter.mailing.workshop,
            "marked letter as sent",
            by=by,
            paper=letter.paper,
            field="letter",
            before="Perhaps sent",
            after="Sent",
            note=note,
        )


def _lock(workshop: Workshop) -> None:
    """Let one mailing wait for another: two clicks at once make one."""
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)


def _lock_mailing(mailing: Mailing) -> Mailing:
    return Mailing.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=mailing.pk)
