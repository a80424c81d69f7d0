"""A mail to authors, from template to sent."""

from django.conf import settings
from django.db import models

from papers.models.paper import Author, Paper
from papers.models.workshop import Workshop
from papers.querysets import LetterQuerySet, LetterTemplateQuerySet, MailingQuerySet


class Route(models.TextChoices):
    """How letters leave: by mail, or through OpenReview where it hides the mail addresses."""

    MAIL = "mail", "Mail"
    OPENREVIEW = "openreview", "Through OpenReview"


class Audience(models.TextChoices):
    """Who of a paper's authors gets a letter."""

    ALL = "all", "Every author"
    FIRST = "first", "The first author"


class LetterTemplate(models.Model):
    """The words of a letter, with fields and conditions, and the search that says which papers get it."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="letter_templates")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=100)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    query = models.CharField(max_length=500, blank=True, help_text="A search, e.g. dec:accept pres:oral")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ALL)
    quotes_reviews = models.BooleanField(default=False, help_text="Authors get the reviews of their paper in this letter.")
    changed_at = models.DateTimeField(auto_now=True)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["workshop", "name"], name="letter_template_name_once")]

    def __str__(self) -> str:
        return self.name


class Mailing(models.Model):
    """One sending of one template: the words as they were then, and the letters made of them.

    Reminders of a day, and the letters that follow one act, are mailings as well; nobody pressed a button for those.
    `nonce` is the question that it answers, so that a button pressed twice makes one mailing. While `paused_at` is
    set, none of its letters leaves.
    """

    class Kind(models.TextChoices):
        LETTER = "letter", "Letter"
        CHASE = "chase", "Chase"
        REMINDER = "reminder", "Reminder"
        NOTICE = "notice", "After an act"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.LETTER)
    template = models.ForeignKey(LetterTemplate, on_delete=models.SET_NULL, null=True, blank=True, related_name="mailings")
    name = models.CharField(max_length=100)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    query = models.CharField(max_length=500, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ALL)
    route = models.CharField(max_length=20, choices=Route, default=Route.MAIL)
    created_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    nonce = models.CharField(max_length=100, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    canceled_at = models.DateTimeField(null=True, blank=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "nonce"], condition=~models.Q(nonce=""), name="mailing_nonce_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """One letter to one recipient about one paper, or about none; its state says whether it has left.

    `claimed` is set and committed before the letter is handed over, so a process that dies in between
    leaves it there: nobody knows whether it left, and it is never sent again by itself. `claim` names the
    run that has it; only that run may say what became of it. One with `asks` ({"items", "state"}) is about what its
    paper owes: it is looked at again before it leaves, and settled instead where that is no longer so.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CLAIMED = "claimed", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Not sent"
        UNCLEAR = "unclear", "Perhaps sent"
        BOUNCED = "bounced", "Came back"
        CANCELED = "canceled", "Canceled"
        SETTLED = "settled", "No longer owed"

    class Bounce(models.TextChoices):
        HARD = "hard", "For good"
        SOFT = "soft", "For now"

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="letters")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, null=True, blank=True, related_name="letters")
    author = models.ForeignKey(Author, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters")
    address = models.CharField(max_length=254, help_text="A mail address, or an OpenReview profile or group id.")
    name = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=500)
    body = models.TextField()
    sealed_link = models.TextField(blank=True, help_text="The address for the link's place in the body; unreadable here, gone once sent.")
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    message_id = models.CharField(max_length=200, unique=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=40, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True, help_text="Not before, because the mail server asked to wait.")
    sent_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    bounce = models.CharField(max_length=10, choices=Bounce, blank=True)
    trouble = models.TextField(blank=True, help_text="What the mail server said.")
    asks = models.JSONField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("mailing", "id")
        constraints = [
            models.UniqueConstraint(fields=["mailing", "paper", "address"], name="letter_once"),
            models.UniqueConstraint(
                fields=["mailing", "address", "name"], condition=models.Q(paper__isnull=True), name="letter_to_person_once"
            ),
        ]
        indexes = [
            models.Index(fields=["mailing", "state"], name="letter_by_state"),
            models.Index(fields=["claimed_at"], name="letter_by_claim"),
            models.Index(fields=["address"], name="letter_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.subject[:60]}"
