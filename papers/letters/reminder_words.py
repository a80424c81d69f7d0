"""The letter that reminds of what is owed, in words that organizers may make their own."""

from papers.history import record_change
from papers.models import LetterTemplate, User, Workshop

NAME = "Camera-ready reminder"
SUBJECT = (
    "[{{ workshop.short_name }}] {% if paper.is_overdue %}Overdue{% else %}Still open{% endif %}: "
    "{% if paper.number %}paper {{ paper.number }}, {% endif %}{{ paper.title }}"
)
BODY = """Dear {{ recipient.name }},

for your paper at {{ workshop.short_name }},

  {{ paper.title }}{% if paper.number %} (paper {{ paper.number }}){% endif %}

{% if paper.is_overdue %}
we still need the following, and part of it is late:

{% else %}
we still need the following:

{% endif %}
{{ paper.owed }}

{% if paper.returned_reasons %}
What came back needs a new version. This is what we wrote to it:

{{ paper.returned_reasons }}

{% endif %}
{% if paper.owed_besides %}
Also open, each with a date of its own:

{{ paper.owed_besides }}

{% endif %}
One of the authors does it for all of you. Where your paper stands, and every button you need, is on its page:
{{ paper.page }}

{% if workshop.contact %}
If something holds you up, tell us before the date: {{ workshop.contact }}

{% endif %}
The organizers of {{ workshop.short_name }}
"""


def find_reminder_template(workshop: Workshop) -> LetterTemplate:
    """Return the workshop's own reminder; while it has none, ours, which is not kept yet."""
    held: LetterTemplate | None = workshop.letter_templates.filter(name__iexact=NAME).first()
    return held or LetterTemplate(workshop=workshop, name=NAME, subject=SUBJECT, body=BODY, query="owes:any")


def keep_reminder_template(workshop: Workshop, *, by: User) -> LetterTemplate:
    """Return the workshop's own reminder, added with our words where it has none; call it inside a transaction."""
    template = find_reminder_template(workshop)
    if template.pk is None:
        template.position = (workshop.letter_templates.order_by("-position").values_list("position", flat=True).first() or 0) + 1
        template.save()
        record_change(workshop, "wrote letter", by=by, field="letter", note=template.name)
    return template
