"""People and organizations of one edition."""

from django.db import models

from papers.models import StoredFile, Workshop
from program.querysets import PersonQuerySet


class Person(models.Model):
    """Somebody named on the site of one edition; affiliations belong to the edition, not to the person.

    `program_name` is the name as the schedule prints it, where it differs. What stands here is in force: what a person
    proposes for print waits in `PersonProposal`. `email`, `zone`, `attends` and the times they can are for organizers alone.
    """

    class Attendance(models.TextChoices):
        IN_PERSON = "in-person", "In person"
        REMOTE = "remote", "Remote"
        RECORDED = "pre-recorded", "Pre-recorded"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=200)
    program_name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True, help_text="Position, e.g. Associate Professor")
    affiliation = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    photo = models.CharField(max_length=300, blank=True, help_text="Path inside the site, e.g. assets/img/ada.jpg")
    email = models.EmailField(blank=True)
    zone = models.CharField(max_length=64, blank=True, help_text="An IANA name, e.g. Asia/Tokyo; empty while unknown.")
    attends = models.CharField(max_length=20, choices=Attendance, blank=True, help_text="Empty while unknown.")
    talk_title = models.CharField(max_length=500, blank=True)
    abstract = models.TextField(blank=True)
    bio = models.TextField(blank=True)
    photo_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="person_photos")
    slides_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="person_slides")
    slides_name = models.CharField(max_length=150, blank=True, help_text="Name of the slides' file as it was handed in.")
    slides_url = models.URLField(max_length=500, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When they said that they take part.")
    declined_at = models.DateTimeField(null=True, blank=True, help_text="When they said that they don't.")
    decline_reason = models.TextField(blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "name"], name="person_name_once"),
            models.CheckConstraint(
                condition=models.Q(attends__in=["", "in-person", "remote", "pre-recorded"]), name="person_attends_known"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(declined_at__isnull=True), name="person_not_both_answers"
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at__isnull=False) | models.Q(decline_reason=""), name="person_reason_declines"
            ),
            models.CheckConstraint(condition=models.Q(slides_file__isnull=True) | models.Q(slides_url=""), name="person_slides_one_way"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def printed_name(self) -> str:
        """Return the name as the schedule prints it."""
        return self.program_name or self.name


class PersonRole(models.Model):
    """What a person is in an edition; order as printed."""

    class Kind(models.TextChoices):
        ORGANIZER = "organizer", "Organizer"
        SPEAKER = "speaker", "Speaker"
        PANELIST = "panelist", "Panelist"
        MODERATOR = "moderator", "Moderator"
        VOLUNTEER = "volunteer", "Volunteer"
        COMMITTEE = "committee", "Program committee"
        ADVISOR = "advisor", "Advisor"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("kind", "position", "id")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="person_role_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class Organization(models.Model):
    """A sponsor or an affiliation of the organizers, with its logo."""

    class Kind(models.TextChoices):
        SPONSOR = "sponsor", "Sponsor"
        AFFILIATION = "affiliation", "Affiliation of the organizers"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="organizations")
    kind = models.CharField(max_length=20, choices=Kind)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    logo = models.CharField(max_length=300, blank=True)
    logo_url = models.URLField(max_length=500, blank=True)
    logo_height = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Pixels")
    level = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("kind", "position", "id")

    def __str__(self) -> str:
        return self.name or self.url
