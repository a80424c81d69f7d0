"""Sends a letter as a test to the organizer who writes it."""

from uuid import uuid4

from django.core.cache import cache
from django.utils import timezone

from papers.errors import Refusal
from papers.letters.checking import Written
from papers.letters.couriers import Fate, MailCourier
from papers.letters.mailings import find_site_domain
from papers.letters.mails import build_mail
from papers.models import User, Workshop

TESTS_PER_HOUR = 20


def send_test_letter(workshop: Workshop, written: Written, *, by: User) -> None:
    """Mail a letter to `by` instead of its recipient, marked as a test; refuses more than 20 an hour, and when it can't be sent."""
    key = f"test-letters-{by.pk}"
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > TESTS_PER_HOUR:
        raise Refusal(f"You sent yourself {TESTS_PER_HOUR} tests within an hour; wait a while.", subject=workshop)
    mail = build_mail(
        workshop=workshop,
        address=by.email,
        name=str(by),
        subject=f"[Test] {written.subject}",
        body=f"This is a test. It would go to {written.recipient.name} <{written.recipient.address}>.\n\n{written.body}",
        message_id=f"<{uuid4().hex}@{find_site_domain()}>",
        at=timezone.now(),
    )
    courier = MailCourier()
    try:
        handover = courier.hand_over_mail(mail, by.email)
    finally:
        courier.close()
    if handover.fate is not Fate.SENT:
        raise Refusal(f"The test could not be sent to {by.email}. The mail server said: {handover.said or 'nothing'}", subject=workshop)
