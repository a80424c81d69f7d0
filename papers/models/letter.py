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
    changed_at = models.DateTimeField(auto_now=True)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["workshop", "name"], name="letter_template_name_once")]

    def __str__(self) -> str:
        return self.name


class Mailing(models.Model):
    """One sending of one template: the words as they were then, and the letters made of them."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="mailings")
    template = models.ForeignKey(LetterTemplate, on_delete=models.SET_NULL, null=True, blank=True, related_name="mailings")
    name = models.CharField(max_length=100)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    query = models.CharField(max_length=500, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ALL)
    route = models.CharField(max_length=20, choices=Route, default=Route.MAIL)
    created_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    canceled_at = models.DateTimeField(null=True, blank=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """One letter to one recipient about one paper; its state says whether it has left.

    `claimed` is set and committed before the letter is handed over, so a process that dies in between
    leaves it there: nobody knows whether it left, and it is never sent again by itself.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CLAIMED = "claimed", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Not sent"
        UNCLEAR = "unclear", "Perhaps sent"
        BOUNCED = "bounced", "Came back"
        CANCELED = "canceled", "Canceled"

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="letters")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="letters")
    author = models.ForeignKey(Author, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters")
    address = models.CharField(max_length=254, help_text="A mail address, or an OpenReview profile or group id.")
    name = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=500)
    body = models.TextField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    message_id = models.CharField(max_length=200, unique=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True, help_text="What the mail server said.")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("mailing", "id")
        constraints = [models.UniqueConstraint(fields=["mailing", "paper", "address"], name="letter_once")]
        indexes = [models.Index(fields=["mailing", "state"], name="letter_by_state")]

    def __str__(self) -> str:
        return f"{self.address}: {self.subject[:60]}"
