"""The words of the letters that follow acts, with the fields that only they have."""

from dataclasses import dataclass

from papers.letter_language import Field

FIELDS = {
    "notice.file": Field("Which file it is"),
    "notice.version": Field("Which version of it"),
    "notice.name": Field("What the file was called"),
    "notice.reasons": Field("Why it came back"),
    "notice.findings": Field("What the checks found in it"),
    "notice.due": Field("Its date"),
    "notice.by": Field("Who handed it in"),
    "notice.asked": Field("What was asked for"),
    "notice.answer": Field("The answer"),
    "notice.page": Field("The page where it goes on"),
}


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What a letter after an act is called, and its words."""

    name: str
    subject: str
    body: str


SUBJECT = "[{{ workshop.short_name }}] %s{%% if paper.number %%}: paper {{ paper.number }}{%% endif %%}"
FRAME = """Dear {{ recipient.name }},

about your paper

  {{ paper.title }}{%% if paper.number %%} (paper {{ paper.number }}){%% endif %%}

%s
{%% if workshop.contact %%}
Questions reach us at {{ workshop.contact }}.

{%% endif %%}
The organizers of {{ workshop.short_name }}
"""


def _write(name: str, subject: str, rest: str) -> NoticeWords:
    return NoticeWords(name, SUBJECT % subject, FRAME % rest)


RETURNED = _write(
    "Returned",
    "{{ notice.file }} came back",
    """we looked at version {{ notice.version }} of the {{ notice.file }} and send it back. This is to be mended:

{{ notice.reasons }}

{% if notice.findings %}
The checks found this in it, with how to mend it:

{{ notice.findings }}

{% endif %}
Upload the mended file here. On the same page a rehearsal runs all checks first, as often as you like:
{{ notice.page }}

{% if notice.due %}
The date for it is {{ notice.due }}; a file that came back is taken after it, too, but please do not wait.

{% endif %}""",
)
APPROVED = _write(
    "Approved",
    "{{ notice.file }} approved",
    """version {{ notice.version }} of the {{ notice.file }} is approved. Nothing more is needed for it.

What else is open, if anything, is listed here:
{{ paper.page }}

""",
)
RECEIVED = _write(
    "Received",
    "{{ notice.file }} received",
    """version {{ notice.version }} of the {{ notice.file }} has arrived, handed in by {{ notice.by }}\
{% if notice.name %} as {{ notice.name }}{% endif %}.

Its checks run now; what they find stands beside the file:
{{ notice.page }}

""",
)
GRANTED = _write(
    "Granted",
    "Your request is granted",
    """you asked for this change, and it is made:

{{ notice.asked }}

{% if notice.answer %}
The organizers add:

{{ notice.answer }}

{% endif %}
Please read the metadata once more and confirm it; the proceedings print it as it stands there:
{{ notice.page }}

""",
)
REFUSED = _write(
    "Declined",
    "Your request is declined",
    """you asked for this change:

{{ notice.asked }}

We decided against it, so everything stays as it was. This is why:

{{ notice.answer }}

The metadata as it stands:
{{ notice.page }}

""",
)
